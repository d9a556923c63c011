"""What an officer copies is forgotten after thirty seconds and at the lock, unless another program copied since.

It is marked so that the histories of clipboards leave it alone; what the mouse merely selects is never offered (X11).
"""

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

FORGOTTEN_AFTER = 30_000  # milliseconds
_SECRET = "x-kde-passwordManagerHint"
#: The marks that histories heed; those of Windows are as KeePassXC writes them (not verified: no Windows here).
_MARKS = {
    _SECRET: b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
}
_SHARED, _SELECTED = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection


class ClipboardWatch(QObject):
    """Watches over what this program put in the clipboard; what others put there is not touched."""

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None, after: int = FORGOTTEN_AFTER) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after)
        self._timer.timeout.connect(self.forget)
        # Whose it is is known only once the change is done.
        clipboard.changed.connect(lambda mode: QTimer.singleShot(0, self, lambda: self._look(mode)))

    def forget(self) -> None:
        """Empty the clipboard if what it holds is ours."""
        self._timer.stop()
        if self._clipboard.ownsClipboard():
            self._clipboard.clear(_SHARED)

    def _look(self, mode: QClipboard.Mode) -> None:
        if mode == _SELECTED and self._clipboard.ownsSelection():
            self._clipboard.clear(_SELECTED)
        if mode != _SHARED:
            return
        held = self._clipboard.mimeData(_SHARED) if self._clipboard.ownsClipboard() else None
        if held is None or not held.hasText():
            self._timer.stop()
        elif held.hasFormat(_SECRET):
            self._timer.start()
        else:
            self._clipboard.setMimeData(_marked(held.text()), _SHARED)  # comes back here, marked


def put(text: str) -> None:
    """Offer a text to be pasted elsewhere, marked before anybody can ask for it; the watch forgets it as any other.

    The marks are put on what Qt made of the text: it would outlive an object of Python's where nobody owns clipboards.
    """
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(text, _SHARED)
    _mark(clipboard.mimeData(_SHARED))


def _marked(text: str) -> QMimeData:
    """The plain text alone, with the marks."""
    made = QMimeData()
    made.setText(text)
    _mark(made)
    return made


def _mark(data: QMimeData) -> None:
    for name, value in _MARKS.items():
        data.setData(name, QByteArray(value))
