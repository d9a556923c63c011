"""Buttons: one filled on a page, plain ones, links. Painted from the theme, every state of look/ included."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from spip_desktop.ui import theme
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.text import natural_width


@dataclass(slots=True)
class _Lent:
    """The focus of a button that rests: whose it was, and what has it meanwhile."""

    owner: QWidget | None = None
    holder: QWidget | None = None


_lent = _Lent()


class _Painted(QPushButton):
    """What the painted buttons share: size from their words, hover, the reason why one cannot press."""

    reason_changed = Signal(str)
    role = "body"

    def __init__(self, text: str, icon: str = "", *, trailing: str = "", name: str = "") -> None:
        super().__init__(text)
        self.icon_name, self.trailing_name, self.reason = icon, trailing, ""
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def setEnabled(self, enabled: bool) -> None:
        """While its act is under way a button rests, and Qt moves the focus on: it comes back with the button,
        unless someone has moved it since.
        """
        before = QApplication.focusWidget()
        super().setEnabled(enabled)
        now = QApplication.focusWidget()
        if not enabled and before is self:
            owner = _lent.owner if _lent.holder is self else self  # several rest at once: the first is the owner
            _lent.owner, _lent.holder = owner, now
        elif enabled and _lent.owner is self:
            if now is _lent.holder:
                self.setFocus()
            _lent.owner = _lent.holder = None

    def set_available(self, possible: bool, reason: str = "") -> None:
        """Allow pressing or not; the reason is shown beside the button by the head of the page."""
        self.setEnabled(possible)
        self.reason = "" if possible else reason
        self.setAccessibleDescription(self.reason)
        self.setToolTip(self.reason)
        self.reason_changed.emit(self.reason)

    def _font(self) -> QFont:
        return theme.current().font(self.role)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it like the space bar; a key that stays on (« choix ») leaves Enter to its page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isCheckable():
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def _hovered(self) -> bool:
        return self.isEnabled() and (self.underMouse() or self.isDown())


class Button(_Painted):
    """A plain button. `size`: row (32 px) or key (28 px); `checkable` ones show `choix` when on."""

    def __init__(
        self, text: str, icon: str = "", *, trailing: str = "", name: str = "", size: str = "row", icon_colour: str = ""
    ) -> None:
        super().__init__(text, icon, trailing=trailing, name=name)
        self.height_name = {"row": "row", "key": "key_button"}[size]
        self.icon_colour = icon_colour

    def _colours(self) -> tuple[str, str, str]:
        """Ground, outline, words."""
        if not self.isEnabled():
            return "surface", "bord", "inactif"
        if self.isCheckable() and self.isChecked():
            return "choix", "choix", "sur_choix"
        return ("surface_2", "texte", "texte") if self._hovered() else ("surface", "bord", "texte")

    def _pad(self) -> int:
        return theme.current().px(16 if self.height_name == "row" else 10)

    def sizeHint(self) -> QSize:
        worn = theme.current()
        width = natural_width(self.text(), self._font()) if self.text() else 0
        icons = [name for name in (self.icon_name, self.trailing_name) if name]
        width += len(icons) * worn.shape("icon") + (len(icons) if self.text() else 0) * worn.px(8)
        return QSize(width + 2 * (self._pad() if self.text() else worn.px(8)), worn.shape(self.height_name))

    def paintEvent(self, event: QPaintEvent) -> None:
        worn = theme.current()
        ground, outline, words = self._colours()
        painter = QPainter(self)
        paint_frame(painter, self.rect(), ground, outline, dashed=not self.isEnabled())
        side, gap = worn.shape("icon"), worn.px(8)
        inside = self.rect().adjusted(self._pad(), 0, -self._pad(), 0)
        if not self.text():
            paint_icon(painter, self.icon_name, _square(self.rect(), side), worn.colour(words))
            return
        left = inside.left()
        if self.icon_name:
            spot = QRect(left, (self.height() - side) // 2, side, side)
            tint = self.icon_colour if self.icon_colour and self.isEnabled() else words
            paint_icon(painter, self.icon_name, spot, worn.colour(tint))
            left += side + gap
        if self.trailing_name:
            spot = QRect(inside.right() + 1 - side, (self.height() - side) // 2, side, side)
            paint_icon(painter, self.trailing_name, spot, worn.colour(words))
        painter.setFont(self._font())
        painter.setPen(worn.colour(words))
        room = QRect(left, 0, self.width() - left, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())


class PrimaryButton(Button):
    """The one filled button of a page, named by a verb, last on the right of its head."""

    role = "bold"

    def _colours(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return "surface", "bord", "inactif"
        ground = "accent_survol" if self._hovered() else "accent"
        return ground, ground, "sur_accent"


class QuietButton(Button):
    """A button without outline, for bars and heads (« Replier »); `small` writes it in small text."""

    def __init__(self, text: str, icon: str = "", *, trailing: str = "", name: str = "", small: bool = False) -> None:
        super().__init__(text, icon, trailing=trailing, name=name)
        self.role = "small" if small else "body"

    def _pad(self) -> int:
        return theme.current().px(8)

    def _colours(self) -> tuple[str, str, str]:
        if not self.isEnabled():
            return "surface", "bord", "inactif"
        ground = "surface_2" if self._hovered() else ""
        return ground, ground, "texte_2" if self.role == "small" else "texte"


class LinkButton(_Painted):
    """Underlined words in the accent that lead somewhere; unavailable, they become plain text."""

    def __init__(self, text: str, icon: str = "", *, name: str = "", small: bool = False) -> None:
        super().__init__(text, icon, name=name)
        self.role = "small" if small else "body"

    def _offset(self) -> int:
        worn = theme.current()
        return worn.shape("icon") + worn.px(8) if self.icon_name else 0

    def sizeHint(self) -> QSize:
        width = natural_width(self.text(), self._font()) + self._offset()
        return QSize(width, theme.current().line(self.role) + theme.current().px(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        worn = theme.current()
        colour = worn.colour("inactif" if not self.isEnabled() else "accent_survol" if self._hovered() else "accent")
        painter = QPainter(self)
        if self.icon_name:
            side = worn.shape("icon")
            paint_icon(painter, self.icon_name, QRect(0, (self.height() - side) // 2, side, side), colour)
        paint_link(painter, self.rect().adjusted(self._offset(), 0, 0, 0), self.text(), self._font(), colour,
                   underline=(2 if self._hovered() else 1) if self.isEnabled() else 0)  # fmt: skip


def paint_link(painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor, *, underline: int = 1) -> None:
    """Words with a line 2 px below their base, as a link; the rectangle gives left edge and middle."""
    worn = theme.current()
    metrics = QFontMetrics(font)
    baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) // 2
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect.left(), baseline, text)
    if underline:
        thick = worn.px(underline)
        fill(painter, QRect(rect.left(), baseline + worn.px(3), natural_width(text, font), thick), colour)


def fill(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Fill a rectangle. Not by `fillRect`: to see whether a colour is a gradient, PySide makes all of these (2 ms)."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)
    painter.restore()


def paint_frame(
    painter: QPainter, rect: QRect, ground: str, outline: str, *, dashed: bool = False, width: int = 1, radius: int = 0
) -> None:
    """A rounded frame: ground and outline are names of the palette, "" for none."""
    worn = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(worn.colour(ground) if ground else Qt.BrushStyle.NoBrush)
    pen = QPen(worn.colour(outline), width) if outline else QPen(Qt.PenStyle.NoPen)
    if dashed:
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    inset = width / 2 if outline else 0
    corner = radius or worn.shape("radius")
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), corner, corner)
    painter.restore()


def _square(rect: QRect, side: int) -> QRect:
    middle = QPointF(rect.center())
    return QRect(round(middle.x() - side / 2 + 0.5), round(middle.y() - side / 2 + 0.5), side, side)


def icon_button(icon: str, label: str, name: str = "", parent: QWidget | None = None) -> Button:
    """A button that shows an icon only; `label` is what a screen reader and the tooltip say."""
    button = QuietButton("", icon, name=name)
    button.setParent(parent)
    button.setAccessibleName(label)
    button.setToolTip(label)
    return button
