"""Type as a keyboard does, accents included: qtbot.keyClicks ends the interpreter on « é »."""

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier
_KEYS = {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return}


def type_text(widget: QWidget, text: str) -> None:
    """Send each sign as a key pressed and released in the widget."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = _KEYS.get(sign, Qt.Key.Key_unknown)
            QApplication.sendEvent(widget, QKeyEvent(kind, key, _NONE, sign))


def click(widget: QWidget | None, spot: QPoint | None = None) -> None:
    """Click with the left button, in the middle unless a point is given."""
    assert widget is not None
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=spot or widget.rect().center())


def shortcut(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
    """Press a key of the whole window."""
    QTest.keyClick(window, key, modifier)


def press(widget: QWidget | None, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
    """Press and release one key in the widget."""
    assert widget is not None
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifier))
