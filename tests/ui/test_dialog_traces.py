"""Qt's file dialog remembers in clear the folders it was shown; started as the program starts, it writes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
_CHOOSE = """
import sys
import spip_desktop.ui
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
if sys.argv[2] == "ours":
    from spip_desktop import app
    application = app.make_application()
else:
    application = QApplication([])
def choose():
    dialog = application.activeModalWidget()
    dialog.setDirectory(sys.argv[1])
    dialog.accept()
QTimer.singleShot(200, choose)
print(QFileDialog.getExistingDirectory(None, "", sys.argv[1]))
"""


@pytest.mark.parametrize(("whose", "kept"), [("bare", True), ("ours", False)])
def test_the_folder_chosen_is_written_nowhere(tmp_path: Path, whose: str, kept: bool) -> None:
    folder = tmp_path / "Kwyztelune"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _CHOOSE, str(folder), whose],
        cwd=ROOT,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config"), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == str(folder)
    written = b"".join(path.read_bytes() for path in (tmp_path / "config").rglob("*") if path.is_file())
    assert (b"Kwyztelune" in written) == kept
