"""A process killed while it takes in the file of a package, at each of its steps: whole or not at all, then taken."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from spip_desktop.db import officer as officers
from spip_desktop.db.store import open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_sending import Preparing
from tests.services.receiving_kill_program import POINTS
from tests.services.transfer_fixtures import CHANGES, PASSPHRASE, Station, other_station, silently, station
from tests.store_fixtures import KEY

_DOSSIERS = 40


@pytest.fixture
def there(template_store: Path, tmp_path: Path, clock: Clock, ids: Ids) -> Iterator[Station]:
    yield from other_station(template_store, tmp_path / "there", clock, ids)


@pytest.mark.parametrize("point", POINTS)
def test_a_package_is_in_whole_or_not_at_all_wherever_the_program_dies(
    context: Context, there: Station, tmp_path: Path, clock: Clock, ids: Ids, point: str
) -> None:
    here = station(context)
    here.start(_DOSSIERS)
    contact = here.trust(there)
    there.trust(here)
    package = here.service.sending.prepare(Preparing(scope=CHANGES, purpose="Suivi", contacts=(contact.id,)))
    (tmp_path / "stick").mkdir()
    here.service.sending.write(package.id, tmp_path / "stick", PASSPHRASE, silently)
    (file,) = (tmp_path / "stick").iterdir()
    path = there.context.store.path
    there.context.store.close()
    words = [sys.executable, "-m", "tests.services.receiving_kill_program", str(path), str(file), point]
    killed = subprocess.run(words, check=False).returncode
    assert killed == (0 if point == "never" else -signal.SIGKILL), "the control: it dies where it is said to"
    store = open_store(path, KEY, clock, ids)
    with store.reading() as tx:
        again = station(Context(store, officers.actor(tx, officers.by_identifier(tx, "valbrune-07"))))
    is_in = point in ("committed", "never")
    assert again.names() == (here.names() if is_in else set())
    receiving = again.service.receiving
    if is_in:
        with pytest.raises(Refusal, match="package_already_imported"):
            receiving.look(file, "", silently)
    else:
        receiving.merge(receiving.look(file, "", silently))
    assert again.names() == here.names()
    assert again.aside() == 0, "what was set aside is gone"
    store.close()
