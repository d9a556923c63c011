import shutil
from pathlib import Path

import pytest

from tests.security.kit import Ready, make, vault_in


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    return make(tmp_path_factory.mktemp("vault"))


@pytest.fixture
def ready(template: Ready, tmp_path: Path) -> Ready:
    """A copy of one created store: creating each time would only repeat Argon2id."""
    folder = tmp_path / "store"
    shutil.copytree(template.folder, folder)
    return Ready(folder, vault_in(folder), template.key, template.paper, template.qr)
