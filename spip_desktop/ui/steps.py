"""Where a plan or a sheet is in its course: numbered steps, the current one filled; and a list of steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from spip_desktop.ui import theme
from spip_desktop.ui.buttons import paint_frame
from spip_desktop.ui.focus_ring import ring_inside
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.text import natural_width


class _Step(QWidget):
    def __init__(self, number: int, word: str, *, current: bool) -> None:
        super().__init__()
        self.number, self.word, self.current = number, word, current
        self.setAccessibleName(f"Étape {number}, {word}" + (", en cours" if current else ""))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        worn = theme.current()
        width = natural_width(self.word, worn.font("small_bold"))
        return QSize(worn.px(18 + 6) + width, worn.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = worn.px(18)
        ring = QRectF(0, (self.height() - side) / 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(worn.colour("accent" if self.current else "bord"), 1))
        painter.setBrush(worn.colour("accent") if self.current else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        painter.setFont(worn.font("small_bold" if self.current else "small"))
        painter.setPen(worn.colour("sur_accent" if self.current else "texte_2"))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self.number))
        painter.setPen(worn.colour("texte" if self.current else "texte_2"))
        room = QRect(worn.px(24), 0, self.width() - worn.px(24), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.word)


class StepRow(FlowRow):
    """The steps of a course, side by side; nothing to press."""

    def __init__(self, words: Sequence[str] = (), current: int = 0) -> None:
        super().__init__(gap=24)
        self.set_steps(words, current)

    def set_steps(self, words: Sequence[str], current: int) -> None:
        """Show these steps; `current` counts from 0."""
        self.empty()
        self.add(*(_Step(number + 1, word, current=number == current) for number, word in enumerate(words)))


@dataclass(frozen=True, slots=True)
class ListedStep:
    """A line of a list of steps: its code, its title, its state in an icon and a word."""

    code: str
    title: str
    state: str
    icon: str


#: Pixels at 100 % above and below the two lines of a step: twelve of them hold in a window of 800.
_ABOVE = 1


class _StepButton(QPushButton):
    def __init__(self, step: ListedStep, name: str) -> None:
        super().__init__(step.title)
        self.step = step
        self.setObjectName(name)
        self.setAccessibleName(f"{step.title}, {step.state}")
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ring_inside(self)

    def sizeHint(self) -> QSize:
        worn = theme.current()
        words = max(
            natural_width(self.step.title, worn.font("bold")), natural_width(self.step.state, worn.font("small"))
        )
        height = worn.line("body") + worn.line("small") + 2 * worn.px(_ABOVE)
        return QSize(worn.px(8 + 16 + 8 + 8) + words, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, painter, on = theme.current(), QPainter(self), self.isChecked()
        paint_frame(painter, self.rect(), "choix" if on else "surface_2" if self.underMouse() else "", "")
        side, top = worn.shape("icon"), worn.px(_ABOVE)
        ink = worn.colour("sur_choix" if on else "texte")
        line = worn.line("body")
        paint_icon(painter, self.step.icon, QRect(worn.px(8), top + (line - side) // 2, side, side), ink)
        left = worn.px(8) + side + worn.px(8)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(ink)
        painter.setFont(worn.font("bold" if on else "body"))
        painter.drawText(QRect(left, top, self.width() - left, line), middle, self.step.title)
        painter.setFont(worn.font("small"))
        painter.setPen(worn.colour("sur_choix" if on else "texte_2"))
        painter.drawText(QRect(left, top + line, self.width() - left, worn.line("small")), middle, self.step.state)
        if self.hasFocus():
            paint_frame(painter, self.rect(), "", "focus_choix" if on else "focus", width=worn.px(2))


class StepList(QWidget):
    """Steps one below the other with their state; up and down move, Enter or a click goes there."""

    chosen = Signal(str)

    def __init__(self, *, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._lines = column(self, gap=0)
        self._buttons: list[_StepButton] = []

    def set_steps(self, steps: Sequence[ListedStep], current: str) -> None:
        """Show these steps; the one of code `current` is where one is."""
        had_focus = any(button.hasFocus() for button in self._buttons)
        clear(self._lines)
        self._buttons = [_StepButton(step, f"{self.objectName()}.{step.code}") for step in steps]
        for button in self._buttons:
            button.setChecked(button.step.code == current)
            button.clicked.connect(lambda _=False, one=button: self._go(one))
            self._lines.addWidget(button)
            if had_focus and button.isChecked():
                button.setFocus()

    def current(self) -> QWidget | None:
        """Where one is, None in an empty list."""
        return next((one for one in self._buttons if one.isChecked()), None)

    def _go(self, button: _StepButton) -> None:
        for one in self._buttons:
            one.setChecked(one is button)
        self.chosen.emit(button.step.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((n for n, one in enumerate(self._buttons) if one.hasFocus()), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at is not None:
            self._go(self._buttons[at])
        elif step is not None and at is not None:
            self._buttons[(at + step) % len(self._buttons)].setFocus()
        else:
            super().keyPressEvent(event)
