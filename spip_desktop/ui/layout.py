"""Layouts whose gaps follow the text size: written in pixels at 100 %, rescaled when the theme changes."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

Scale = Callable[[float], int]
Margins = tuple[int, int, int, int]
L = TypeVar("L", bound=QLayout)
W = TypeVar("W", bound=QWidget)
NO_MARGIN: Margins = (0, 0, 0, 0)
#: How far a table reaches out of its column, in pixels at 100 %.
_REACH = 8
_SIZES = ("min_width", "max_width", "width", "min_height", "max_height", "height")


def column(parent: QWidget | None = None, *, gap: int = 8, margins: Margins = NO_MARGIN) -> QVBoxLayout:
    """A vertical layout; gap and margins (left, top, right, bottom) in pixels at 100 %."""
    return _prepared(Column(parent) if parent else Column(), gap, margins)


class Column(QVBoxLayout):
    """A vertical layout where a table reaches 8 px out on both sides, so that its words keep the margin."""

    def addWidget(self, widget: QWidget, *more: Any) -> None:  # noqa: N802
        self.insertWidget(self.count(), widget, *more)

    def insertWidget(self, index: int, widget: QWidget, *more: Any) -> None:  # noqa: N802
        if not widget.property("overhang"):
            super().insertWidget(index, widget, *more)
            return
        self.addChildWidget(widget)
        self.insertItem(index, _ReachingOut(widget))
        if more:
            self.setStretch(index, more[0])


class _ReachingOut(QWidgetItem):
    """The place of a widget wider than its column.

    Widening it after the layout would size it twice each time, and a widget whose height follows its width would
    never rest.
    """

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        reach, widget = _scale_now()(_REACH), self.widget()
        if widget is not None and not self.isEmpty():
            # Not the item's own: Qt cuts what begins left of its parent, which moves the words of a nested part.
            wide = rect.adjusted(-reach, 0, reach, 0)
            widget.setGeometry(wide.x(), wide.y(), wide.width(), min(wide.height(), widget.maximumHeight()))

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width + 2 * _scale_now()(_REACH))


def row(parent: QWidget | None = None, *, gap: int = 8, margins: Margins = NO_MARGIN) -> QHBoxLayout:
    """A horizontal layout; gap and margins in pixels at 100 %."""
    return _prepared(QHBoxLayout(parent) if parent else QHBoxLayout(), gap, margins)


def grid(parent: QWidget | None = None, *, gap: int = 16, margins: Margins = NO_MARGIN) -> QGridLayout:
    """A grid; gap and margins in pixels at 100 %."""
    return _prepared(QGridLayout(parent) if parent else QGridLayout(), gap, margins)


def _prepared(layout: L, gap: int, margins: Margins) -> L:
    layout.setProperty("nominal", [gap, *margins])
    _scale_layout(layout, _scale_now())
    return layout


def set_gap(layout: QLayout, gap: int) -> None:
    """Another gap, in pixels at 100 %, kept when the text is made larger."""
    layout.setProperty("nominal", [gap, *layout.property("nominal")[1:]])
    _scale_layout(layout, _scale_now())


def set_size(widget: W, **sizes: int) -> W:
    """Fix sizes in pixels at 100 %, that follow the text: width, height, min_width, max_width…"""
    unknown = set(sizes) - set(_SIZES)
    if unknown:
        raise ValueError(f"unknown size: {unknown}")
    widget.setProperty("nominal_sizes", {**(widget.property("nominal_sizes") or {}), **sizes})
    _scale_sizes(widget, _scale_now())
    return widget


def rescale(root: QWidget, scale: Scale) -> None:
    """Give every layout and every fixed size below `root` its pixels at the new text size."""
    for layout in root.findChildren(QLayout):
        _scale_layout(layout, scale)
    for widget in (root, *root.findChildren(QWidget)):
        _scale_sizes(widget, scale)


def _scale_now() -> Scale:
    from spip_desktop.ui.theme import current

    return current().px


def _scale_layout(layout: QLayout, scale: Scale) -> None:
    nominal = layout.property("nominal")
    if nominal is None:
        return
    gap, left, top, right, bottom = (scale(pixels) for pixels in nominal)
    layout.setSpacing(gap)
    layout.setContentsMargins(left, top, right, bottom)


def _scale_sizes(widget: QWidget, scale: Scale) -> None:
    setters: dict[str, Callable[[int], None]] = {
        "width": widget.setFixedWidth,
        "height": widget.setFixedHeight,
        "min_width": widget.setMinimumWidth,
        "max_width": widget.setMaximumWidth,
        "min_height": widget.setMinimumHeight,
        "max_height": widget.setMaximumHeight,
    }
    for name, pixels in (widget.property("nominal_sizes") or {}).items():
        setters[name](scale(pixels))


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and delete it; until it is gone, nothing finds it by its name."""
    while item := layout.takeAt(0):
        if inner := item.layout():
            clear(inner)
        if widget := item.widget():
            widget.hide()
            for one in (widget, *widget.findChildren(QWidget)):
                one.setObjectName("")
            widget.deleteLater()


def add_all(layout: QBoxLayout, *widgets: QWidget | None) -> None:
    """Add widgets in order; None is a stretch."""
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)


class FlowRow(QWidget):
    """Widgets one after the other, to the next line when one is full; gaps in pixels at 100 %.

    A widget, not a layout: a QLayout written in Python that answers None ends the interpreter.
    """

    def __init__(self, *, gap: int = 16, line_gap: int = 4, align_right: bool = False) -> None:
        super().__init__()
        self.in_columns = False  # every part as wide as the widest
        self.gap, self.line_gap, self.align_right = gap, line_gap, align_right
        self._parts: list[QWidget] = []
        self._told = 0  # the height that the layout above was last told, which it keeps
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, *parts: QWidget) -> None:
        """Put widgets after those already there."""
        for part in parts:
            self.insert(len(self._parts), part)

    def insert(self, index: int, part: QWidget) -> None:
        """Put a widget at that place among those already there."""
        hidden = part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and part.isHidden()
        part.setParent(self)
        part.setVisible(not hidden)
        self._parts.insert(index, part)
        self._changed()

    def empty(self) -> None:
        """Take every widget out and delete it."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        self._changed()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        hints = [part.sizeHint() for part in self._parts if not part.isHidden()]
        width = sum(hint.width() for hint in hints) + _scale_now()(self.gap) * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Never less than the lines its words take at this width: a page that grows must not cut the last one."""
        hints = [part.sizeHint() for part in self._parts if not part.isHidden()]
        widest = max((hint.width() for hint in hints), default=0)
        self._told = self.heightForWidth(max(self.width(), widest))
        return QSize(widest, self._told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)
        if self._is_ill_measured():
            # Looked at again where it rests: what is sized twice, as in a part that reaches out, would never rest.
            QTimer.singleShot(0, self, self._ask_again)

    def _is_ill_measured(self) -> bool:
        """Whether its last line is cut, or the room of a line that this width spares is still kept for it."""
        needed = self._place(self.width(), move=False)
        return needed > self.height() or needed < self._told

    def _ask_again(self) -> None:
        if self._is_ill_measured():
            self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """While it is hidden Qt tells nothing of a part that grew: the lines are counted again."""
        super().showEvent(event)
        self._changed()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def _changed(self) -> None:
        self.updateGeometry()
        self._place(self.width(), move=True)

    def _place(self, width: int, *, move: bool) -> int:
        """Lay the widgets out in that width; returns the height, in pixels."""
        gap, line_gap, top = _scale_now()(self.gap), _scale_now()(self.line_gap), 0
        for number, line in enumerate(self._lines(width, gap)):
            top += line_gap if number else 0
            tall = max(size.height() for _, size in line)
            taken = sum(size.width() for _, size in line) + gap * (len(line) - 1)
            x = max(0, width - taken) if self.align_right else 0
            for part, size in line:
                if move:
                    part.setGeometry(QRect(QPoint(x, top), size))
                x += size.width() + gap
            top += tall
        return top

    def _lines(self, width: int, gap: int) -> list[list[tuple[QWidget, QSize]]]:
        lines: list[list[tuple[QWidget, QSize]]] = []
        used = 0
        shown = [(part, part.sizeHint()) for part in self._parts if not part.isHidden()]
        widest = max((hint.width() for _, hint in shown), default=0) if self.in_columns else 0
        for part, hint in shown:
            size = QSize(max(widest, hint.width()), hint.height())
            if not lines or used + gap + size.width() > width:
                lines.append([])
                used = -gap
            lines[-1].append((part, size))
            used += gap + size.width()
        return lines


class ScrollColumn(QScrollArea):
    """A column that scrolls up and down, never sideways; fill it with `add`."""

    def __init__(self, *, gap: int = 16, margins: Margins = (24, 16, 24, 24), ground: str = "surface") -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        paint_ground(self.inside, ground)
        self.column = column(self.inside, gap=gap, margins=margins)
        self.column.addStretch(1)
        self.setWidget(self.inside)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put parts below those already there; what is left of the height stays empty below."""
        for part in parts:
            if isinstance(part, QLayout):
                self.column.insertLayout(self.column.count() - 1, part)
            else:
                self.column.insertWidget(self.column.count() - 1, part)

    def empty(self) -> None:
        """Take every part out."""
        clear(self.column)
        self.column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.inside.setMaximumWidth(self.viewport().width())
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return self.inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def bring_in_sight(widget: QWidget) -> None:
    """Scroll what is around a widget until it is in sight, now and once the layouts are at rest.

    A part just built or opened knows the height of its texts only then.
    """
    _scroll_around(widget)
    QTimer.singleShot(0, widget, lambda: QTimer.singleShot(0, widget, lambda: _scroll_around(widget)))


def _scroll_around(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def paint_ground(widget: W, name: str) -> W:
    """Fill a widget with `fond`, `surface`, `surface_2`, `alerte_fond` or `choix`."""
    widget.setProperty("ground", name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    return widget
