"""Screens are imported by name: what is said of them is what they are."""

import subprocess
import sys

from spip_desktop.ui import screens


def test_every_kind_is_made_by_its_screen() -> None:
    for screen in screens.SCREENS:
        assert set(screen.kinds) == set(screen.pages()), screen.folder


_AHEAD = """
import sys
from spip_desktop import ui
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from spip_desktop.ui.ahead import MODULES, PAUSE, Ahead
application = QCoreApplication([])
ahead = Ahead()
application.installEventFilter(ahead)
typing = QTimer(interval=PAUSE // 4)
typing.timeout.connect(lambda: QCoreApplication.sendEvent(application, QEvent(QEvent.Type.KeyPress)))
typing.start()
QTimer.singleShot(3 * PAUSE, application.quit)
application.exec()
print(*set(MODULES) & set(sys.modules))
typing.stop()
ahead._timer.timeout.connect(lambda: ahead._left or application.quit())
application.exec()
print(*set(MODULES) - set(sys.modules))
"""


def test_what_a_dossier_needs_is_imported_once_nobody_types() -> None:
    done = subprocess.run([sys.executable, "-c", _AHEAD], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["", ""]  # nothing while keys come; everything afterwards
