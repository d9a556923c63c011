"""What is not imported when the unlock page is painted: the start must not wait for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "sqlalchemy", "sqlcipher3", "alembic", "reportlab", "pikepdf", "keyring", "argon2", "cryptography", "zxcvbn",
    "PySide6.QtPdf", "PySide6.QtPrintSupport", "concurrent.futures", "spip_desktop.ui.window", "zoneinfo", "json",
)  # fmt: skip
_PROGRAM = """
import os, sys
from spip_desktop import app, cli

def say(_):
    print(*sorted(sys.modules), flush=True)
    os._exit(0)

app.Program._import_ahead = say
app.run(cli.parse(sys.argv[1:]))
"""


@pytest.mark.parametrize("used", [False, True], ids=["a new folder", "a store"])
def test_nothing_heavy_is_imported_before_the_first_page_is_painted(tmp_path: Path, used: bool) -> None:
    folder = tmp_path / "store"
    if used:
        folder.mkdir()
        (folder / "store.db").write_bytes(b"not looked at before the passphrase")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, "--folder", str(folder)],
        env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert f"spip_desktop.ui.entrance.{'unlock' if used else 'notice'}" in loaded
    assert not loaded & set(HEAVY)


_IMPORTS = """
import builtins, linecache
from spip_desktop import ui
from spip_desktop.domain.text import fold
print(any("domain" in path for path in linecache.cache))
builtins.__import__ = builtins.__feature_import__  # PySide6's own again
from spip_desktop.domain.dates import parse_date
print(any("domain" in path for path in linecache.cache))
"""


def test_what_is_imported_is_not_read_a_second_time_by_pyside() -> None:
    done = subprocess.run([sys.executable, "-c", _IMPORTS], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["False", "True"]  # the second is the control: with PySide6's import it is read
