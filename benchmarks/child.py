"""One start of the program, measured from outside: `python -m benchmarks.child MOMENT [FOLDER]`.

Prints the moment it reached (CLOCK_MONOTONIC, seconds: the parent noted the same clock before starting it) or,
for the memory, its resident size. `bare` and `bare-memory` are the window that everything is compared with.
"""

import gc
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spip_desktop.app import Program
    from spip_desktop.ui.desk import Desk

SETTLED = 5_000  # milliseconds after which memory is read


def main() -> None:
    moment, folder = sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None
    del sys.argv[1:]
    if moment.startswith("bare"):
        _bare(_say_memory_later if moment == "bare-memory" else _say_time)
    elif moment == "entrance":
        _entrance()
    else:
        assert folder is not None
        _inside(folder, moment)


def _say_time() -> None:
    _end(str(time.monotonic()))


def _say_memory_later() -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(SETTLED, lambda: _end(str(_resident())))


def _end(said: str) -> None:
    sys.stdout.write(said + "\n")
    sys.stdout.flush()
    os._exit(0)


def _resident() -> float:
    """Resident memory of this process, in MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("no VmRSS")


def _bare(say: Callable[[], None]) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Bare(QWidget):
        def paintEvent(self, event: object) -> None:
            QTimer.singleShot(0, say)

    application = QApplication(sys.argv[:1])
    window = Bare()
    window.resize(1280, 800)
    window.show()
    application.exec()


def _entrance() -> None:
    """The program as a person starts it, until all of its first page is painted."""
    gc.disable()  # as main() does before this import
    from spip_desktop import __main__, app

    def painted(_program: "Program") -> None:
        _say_time()

    app.Program._import_ahead = painted  # type: ignore[method-assign, assignment]
    __main__.main()


def _inside(folder: Path, moment: str) -> None:
    """The program on a store opened with its raw key as soon as the first page is painted: no typing, no Argon2."""
    gc.disable()
    from benchmarks.raw_entrance import RawEntrance
    from spip_desktop import app, cli
    from spip_desktop.security.hardening import harden

    vars(app)["Entrance"] = RawEntrance
    harden()
    application = app.make_application()
    program = app.Program(application, cli.Options(folder=folder))
    program.start()
    assert program.entrance_window is not None
    program.entrance_window.painted.connect(lambda: _press_open(program))
    program._flow.entered.connect(lambda _: _at_the_desk(program, moment))
    application.exec()


def _press_open(program: "Program") -> None:
    from benchmarks.identity import OFFICER
    from spip_desktop.ui.entrance.unlock import UnlockCard

    card = program._flow._window.card
    assert isinstance(card, UnlockCard)
    card.asked.emit(OFFICER, "")


def _at_the_desk(program: "Program", moment: str) -> None:
    from PySide6.QtCore import QTimer

    assert program.desk is not None
    act = _press_down if moment == "todo" else _open_dossier
    desk = program.desk
    QTimer.singleShot(0, lambda: act(desk))


def _press_down(desk: "Desk") -> None:
    """A key in « À traiter »; done when the list is painted with its next row chosen."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QTableView

    table = desk.window.findChild(QTableView, "todo.table")
    assert table is not None

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _say_time)
            return False

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(table, QKeyEvent(kind, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier))
    watch = Watch(table)
    table.viewport().installEventFilter(watch)


def _open_dossier(desk: "Desk") -> None:
    from benchmarks.identity import mine
    from spip_desktop.domain.place import Place

    desk.workplace.go(Place("person.synthese", mine(desk.services.context)[0]))
    _say_memory_later()


if __name__ == "__main__":
    main()
