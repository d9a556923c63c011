"""A hand on the keyboard and the mouse, an eye on the screen: what a scenario may do and see, and nothing else."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QScrollArea, QWidget

#: What the windows of the program are called; the second one while the person is alone with it.
TITLES = ("SPIP Desktop", "Où j’en suis")
PATIENCE = 30_000  # milliseconds, for the longest derivation of a key on a slow machine


class NotSeen(AssertionError):  # noqa: N818  said as a sentence of the scenario
    """What the scenario expected is not on the screen."""


class Hand:
    """Acts on the windows of one application, by the names of their widgets."""

    def __init__(self, application: QApplication, pictures: Path | None = None) -> None:
        self._application, self._pictures = application, pictures
        self._taken = 0

    # -- seeing ----------------------------------------------------------------------------------------------

    def window(self) -> QWidget:
        """The window in front."""
        shown = [one for one in self._application.topLevelWidgets() if one.isVisible() and one.isWindow()]
        modal = self._application.activeModalWidget()
        if modal is not None:
            return modal
        named = [one for one in shown if one.windowTitle() in TITLES]
        if not named:
            raise NotSeen("aucune fenêtre ouverte")
        return named[-1]

    def sees(self, name: str) -> bool:
        return self._find(name) is not None

    def see(self, name: str) -> QWidget:
        """The visible widget of that name; waits for it."""
        self.until(lambda: self._find(name) is not None, f"« {name} » n’est pas à l’écran")
        found = self._find(name)
        assert found is not None
        return found

    def reads(self, text: str) -> bool:
        """Whether a label on the screen holds these words."""
        return any(text in one.text() for one in self.window().findChildren(QLabel) if one.isVisible())

    def read(self, text: str) -> None:
        """Wait until these words are on the screen."""
        self.until(lambda: self.reads(text), f"« {text} » n’est pas écrit à l’écran")

    def until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Let the program work until something holds; NotSeen with the sentence after half a minute."""
        watch = QElapsedTimer()
        watch.start()
        while not holds():
            if watch.elapsed() > PATIENCE:
                raise NotSeen(otherwise)
            pause(10)

    def picture(self, name: str) -> None:
        """Keep what the window shows now."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            pause(30)
            self._taken += 1
            self.window().grab().save(str(self._pictures / f"{name}.png"))

    def _find(self, name: str) -> QWidget | None:
        """The widget of that name; « * » stands for anything, and the last one on the screen is meant."""
        every = self.window().findChildren(QWidget) if "*" in name else self.window().findChildren(QWidget, name)
        shown = [one for one in every if one.isVisible() and fnmatchcase(one.objectName(), name)]
        return shown[-1] if shown else None

    # -- acting ----------------------------------------------------------------------------------------------

    def click(self, name: str, spot: QPoint | None = None) -> None:
        """Press a widget with the left button, in its middle or at a spot."""
        self.click_on(self.see(name), spot)

    def click_on(self, widget: QWidget, spot: QPoint | None = None) -> None:
        _bring_in_sight(widget)
        self._bring_forward()
        if not widget.isEnabled():
            raise NotSeen(f"« {widget.objectName()} » ne peut pas être pressé")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot or QPoint())
        pause(5)

    def type(self, text: str) -> None:
        """Type where the cursor is, sign by sign; Enter for a line break."""
        self._bring_forward()
        for sign in text:
            widget = self._application.focusWidget()
            if widget is None:
                raise NotSeen("aucun champ n’a le curseur")
            key = Qt.Key.Key_Return if sign == "\n" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "\r" if sign == "\n" else sign)
                self._application.sendEvent(widget, event)
        pause(5)

    def fill(self, name: str, text: str) -> None:
        """Click in a field, take out what it holds, type, and leave it."""
        editor = self.see(f"{name}.editor")
        self.click_on(editor if not isinstance(editor, QPlainTextEdit) else editor.viewport())
        editor.setFocus()
        self.press(Qt.Key.Key_A, control=True)
        self.press(Qt.Key.Key_Delete)
        self.type(text)

    def choose(self, name: str, words: str) -> None:
        """Open a list with Alt and Down, go down to these words (« * » for any), and take them with Enter."""
        self.until(lambda: self.sees(f"{name}.editor") or self.sees(name), f"« {name} » n’est pas à l’écran")
        choice = self._find(f"{name}.editor") or self._find(name)
        assert isinstance(choice, QComboBox)
        _bring_in_sight(choice)
        self._bring_forward()
        choice.setFocus(Qt.FocusReason.TabFocusReason)
        self.press(Qt.Key.Key_Down, alt=True)
        rows = choice.view()
        QTest.keyClick(rows, Qt.Key.Key_Home)
        for _ in range(choice.count()):
            if fnmatchcase(str(rows.currentIndex().data()), words):
                QTest.keyClick(rows, Qt.Key.Key_Return)
                pause(20)
                return
            QTest.keyClick(rows, Qt.Key.Key_Down)
        QTest.keyClick(rows, Qt.Key.Key_Escape)
        raise NotSeen(f"« {words} » n’est pas dans la liste « {name} »")

    def press(self, key: Qt.Key, *, control: bool = False, alt: bool = False, shift: bool = False) -> None:
        """Press a key, with Ctrl, Alt or Shift held."""
        held = Qt.KeyboardModifier.NoModifier
        for wanted, modifier in (
            (control, Qt.KeyboardModifier.ControlModifier),
            (alt, Qt.KeyboardModifier.AltModifier),
            (shift, Qt.KeyboardModifier.ShiftModifier),
        ):
            held = held | modifier if wanted else held
        self._bring_forward()
        QTest.keyClick(self._application.focusWidget() or self.window(), key, held)
        pause(5)

    def _bring_forward(self) -> None:
        """What the desktop does for the window in front; Qt offscreen has no desktop."""
        if self._application.activeWindow() is None:
            self.window().activateWindow()
            pause(1)


def pause(milliseconds: int) -> None:
    """Let the program work that long, its worker too (QTest.qWait would hold Python's lock and starve it)."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _bring_in_sight(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    pause(1)
