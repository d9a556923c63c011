"""A program with one line of text and a clipboard, moved by its standard input; `watched` puts the watch on it.

copy TEXT: select and press Ctrl+C; put TEXT: as « Copier le bloc » does; select TEXT: with the mouse's clipboard only;
forget: as the lock does; wait MS; read: what is there and its marks, as another program sees them.
"""

import json
import os
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

import spip_desktop.ui  # noqa: F401  before any call of Qt
from spip_desktop.showing.hand import pause
from spip_desktop.ui.clipboard import ClipboardWatch, put


class Listener(QObject):
    """Does one act a line, and lives meanwhile: another program asks it for what it copied."""

    def __init__(self, application: QApplication, watch: ClipboardWatch | None) -> None:
        super().__init__(application)
        self._application, self._watch = application, watch
        self._line = QLineEdit()
        self._line.show()
        self._ears = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._ears.activated.connect(self._listen)

    def _listen(self) -> None:
        order = os.read(0, 65_536)
        if not order:
            self._application.quit()
            return
        QTimer.singleShot(0, self, lambda: self._obey(*json.loads(order)))

    def _obey(self, act: str, *words: str) -> None:
        clipboard = self._application.clipboard()
        if act == "copy":
            self._line.setText(words[0])
            self._line.selectAll()
            QTest.keyClick(self._line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        elif act == "put":
            put(words[0])
        elif act == "select":
            clipboard.setText(words[0], QClipboard.Mode.Selection)
        elif act == "forget" and self._watch is not None:
            self._watch.forget()
        pause(int(words[0]) if act == "wait" else 60)
        held = clipboard.mimeData()
        told = [clipboard.text(), clipboard.text(QClipboard.Mode.Selection), held.formats() if held else []]
        os.write(1, json.dumps(told).encode() + b"\n")


def main() -> int:
    application = QApplication([])
    clipboard = application.clipboard()
    watch = ClipboardWatch(clipboard, after=int(sys.argv[1])) if len(sys.argv) > 1 else None
    listener = Listener(application, watch)
    listener.setObjectName("listener")
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
