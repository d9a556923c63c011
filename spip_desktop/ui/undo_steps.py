"""What one Ctrl+Z takes back in a note: a sentence, or what was typed without a pause."""

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QKeyEvent, QTextDocument

_PAUSE = 1000  # ms
_ENDS = frozenset(".!?;:\r\n")


class UndoSteps:
    """Qt makes one step of all that is typed until the cursor moves: ten minutes of a note would go at one key."""

    def __init__(self) -> None:
        self._since = QElapsedTimer()
        self._ended = False

    def before(self, event: QKeyEvent, document: QTextDocument) -> None:
        """Call it before the editor hears a key."""
        if not event.text():
            return
        if self._ended or not self._since.isValid() or self._since.elapsed() > _PAUSE:
            document.setModified(False)  # the one thing that keeps Qt from adding to its last step
        self._ended = event.text() in _ENDS
        self._since.start()
