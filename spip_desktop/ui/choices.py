"""Ticks and radio buttons, alone or in a group, painted from the theme."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QSizePolicy

from spip_desktop.ui import theme
from spip_desktop.ui.buttons import paint_frame
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.text import natural_width

Options = tuple[tuple[str, str], ...]


def _box_size(button: QAbstractButton) -> QSize:
    worn = theme.current()
    text = natural_width(button.text(), worn.font("bold"))
    return QSize(worn.px(16) + worn.px(8) + text, worn.px(24))


class _Box:
    """What ticks and radio buttons share; mixed into the two Qt classes."""

    problem = False

    def sizeHint(self) -> QSize:
        assert isinstance(self, QAbstractButton)
        return _box_size(self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, spot: QPoint) -> bool:  # noqa: N802
        assert isinstance(self, QAbstractButton)
        return bool(self.rect().contains(spot))

    def set_problem(self, problem: bool) -> None:
        """Outline in `alerte`; the sentence is below the group."""
        assert isinstance(self, QAbstractButton)
        self.problem = problem
        self.update()

    def _paint_words(self, painter: QPainter, bold: bool) -> None:
        assert isinstance(self, QAbstractButton)
        worn = theme.current()
        painter.setFont(worn.font("bold" if bold else "body"))
        painter.setPen(worn.colour("texte" if self.isEnabled() else "inactif"))
        room = self.rect().adjusted(worn.px(24), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())

    def _outline(self) -> str:
        assert isinstance(self, QAbstractButton)
        if self.problem:
            return "alerte"
        return "texte" if self.isEnabled() and self.underMouse() else "bord"


class Tick(_Box, QCheckBox):
    """A box to tick."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__(text)
        _prepare(self, name)

    def changeEvent(self, event: QEvent) -> None:
        _remeasure(self, event)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        worn = theme.current()
        side = worn.px(16)
        box = QRect(0, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        on = self.isChecked() and self.isEnabled()
        outline = "accent" if on and not self.problem else self._outline()
        width = 2 if self.problem else 1
        dashed = not self.isEnabled()
        paint_frame(painter, box, "accent" if on else "surface", outline, dashed=dashed, width=width, radius=worn.px(3))
        if self.isChecked():
            inset = worn.px(2)
            mark = box.adjusted(inset, inset, -inset, -inset)
            paint_icon(painter, "check", mark, worn.colour("sur_accent" if on else "inactif"))
        self._paint_words(painter, bold=False)


#: How far each arrow goes.
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class Radio(_Box, QRadioButton):
    """One of several answers."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__(text)
        _prepare(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows are the row's: Qt's choose nothing while nothing is chosen."""
        if event.key() in _STEPS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        _remeasure(self, event)
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        worn = theme.current()
        side = worn.px(16)
        box = QRectF(0, (self.height() - side) // 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked() and self.isEnabled()
        pen = QPen(worn.colour("accent" if on and not self.problem else self._outline()), 2 if self.problem else 1)
        if not self.isEnabled():
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(worn.colour("accent" if on else "surface"))
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(worn.colour("sur_accent" if on else "inactif"))
            inset = side * 0.31
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
        self._paint_words(painter, bold=self.isChecked())


def _prepare(button: QAbstractButton, name: str) -> None:
    button.setObjectName(name)
    button.setAttribute(Qt.WidgetAttribute.WA_Hover, True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def _remeasure(button: QAbstractButton, event: QEvent) -> None:
    if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
        button.updateGeometry()


class RadioRow(FlowRow):
    """Radio buttons one after the other, without default; the arrows choose, Del takes the answer back."""

    chosen = Signal(str)

    def __init__(self, options: Iterable[tuple[str, str]] = (), *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Radio] = {}
        self.set_options(options)
        self._group.buttonToggled.connect(lambda *_: self._lead_to_answer())
        self._group.buttonClicked.connect(lambda _: self.chosen.emit(self.value()))

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer other answers: (code, words)."""
        self.empty()
        self._buttons = {}
        for code, label in options:
            button = Radio(label, f"{self.objectName()}.{code}")
            self._buttons[code] = button
            self._group.addButton(button)
            self.add(button)
        self._lead_to_answer()

    def buttons(self) -> tuple[Radio, ...]:
        return tuple(self._buttons.values())

    def value(self) -> str:
        """The code chosen, or nothing."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Choose a code, or none with ""; no signal."""
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.setChecked(each == code)
        self._group.setExclusive(True)

    def _lead_to_answer(self) -> None:
        """The focus comes in by the answer given, as Tab does; without one, by the first."""
        if self._buttons:
            self.setFocusProxy(self._buttons.get(self.value()) or next(iter(self._buttons.values())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.value():
            self.set_value("")
            self.chosen.emit("")
            return
        if not self._choose_beside(event.key()):
            super().keyPressEvent(event)

    def _choose_beside(self, key: int) -> bool:
        """An arrow chooses the next answer or the one before, past the last the first; False for another key."""
        step, offered = _STEPS.get(Qt.Key(key)), [one for one in self.buttons() if one.isEnabled()]
        at = next((number for number, one in enumerate(offered) if one.hasFocus()), None)
        if step is None or at is None:
            return False
        beside = offered[(at + step) % len(offered)]
        beside.setFocus()
        beside.click()
        return True


class TickGroup(FlowRow):
    """Boxes to tick; the value is the tuple of codes ticked, in the order offered."""

    changed = Signal()

    def __init__(self, options: Iterable[tuple[str, str]] = (), *, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._ticks: dict[str, Tick] = {}
        self.set_options(options)

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer other boxes: (code, words)."""
        self.empty()
        self._ticks = {}
        for code, label in options:
            tick = Tick(label, f"{self.objectName()}.{code}")
            tick.toggled.connect(lambda _: self.changed.emit())
            self._ticks[code] = tick
            self.add(tick)
        if self._ticks:
            self.setFocusProxy(next(iter(self._ticks.values())))

    def buttons(self) -> tuple[Tick, ...]:
        return tuple(self._ticks.values())

    def value(self) -> tuple[str, ...]:
        """The codes ticked."""
        return tuple(code for code, tick in self._ticks.items() if tick.isChecked())

    def set_value(self, codes: Iterable[str]) -> None:
        """Tick those codes and no other; no signal."""
        wanted = set(codes)
        for code, tick in self._ticks.items():
            tick.blockSignals(True)
            tick.setChecked(code in wanted)
            tick.blockSignals(False)
