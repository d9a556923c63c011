"""Type as a keyboard does, accents included: qtbot.keyClicks ends the interpreter on « é »."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_KEYS = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}


def type_text(widget: QWidget, text: str) -> None:
    """Send each sign as a key pressed and released in the widget."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = _KEYS.get(sign, Qt.Key.Key_unknown)
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign))


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and release one key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifier))
