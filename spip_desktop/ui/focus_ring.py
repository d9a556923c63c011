"""The ring round what has the focus: 2 px wide, 2 px away, drawn over the window and cut by what scrolls."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from spip_desktop.ui import theme

_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.EnabledChange,
    QEvent.Type.LayoutRequest,
}


def ring_inside(widget: QWidget) -> None:
    """Say that a widget draws its own ring, inside itself (rail entry, row of a table)."""
    widget.setProperty("ring", "inside")


class FocusRing(QWidget):
    """One per window; follows the focus wherever it goes in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def target(self) -> QWidget | None:
        """What the ring surrounds now."""
        return self._target if self.isVisible() else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._follow()
        return False

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched, self._target = [], None
        window = self.parentWidget()
        if now is not None and window is not None and now is not window and window.isAncestorOf(now):
            self._target = now
            self._watch(now, window)
        self._follow()

    def _watch(self, widget: QWidget, window: QWidget) -> None:
        one: QWidget | None = widget
        while one is not None:
            one.installEventFilter(self)
            self._watched.append(one)
            one = one.parentWidget() if one is not window else None

    def _follow(self) -> None:
        target, window = self._target, self.parentWidget()
        if (
            target is None
            or window is None
            or not isValid(target)
            or target.property("ring") == "inside"
            or not target.isVisible()
        ):
            self.hide()
            return
        reach = theme.current().px(2) + theme.current().px(2)
        place = QRect(target.mapTo(window, QPoint(0, 0)), target.size()).adjusted(-reach, -reach, reach, reach)
        self._cut = self._visible_part(target, window).translated(-place.topLeft())
        self.setGeometry(place)
        self.setVisible(not self._cut.isEmpty())
        self.raise_()
        self.update()

    def _visible_part(self, target: QWidget, window: QWidget) -> QRect:
        seen = window.rect()
        parent = target.parentWidget()
        while parent is not None and parent is not window:
            above = parent.parentWidget()
            if isinstance(above, QScrollArea) and above.viewport() is parent:
                seen = seen.intersected(QRect(parent.mapTo(window, QPoint(0, 0)), parent.size()))
            parent = above
        return seen

    def paintEvent(self, event: QPaintEvent) -> None:
        worn = theme.current()
        width = worn.px(2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._cut)
        painter.setPen(QPen(worn.colour("focus"), width))
        inset = width / 2
        corner = worn.shape("radius") + worn.px(2)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), corner, corner)
