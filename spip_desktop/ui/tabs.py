"""A row of views of the same page (« Tout 12 | En retard 4 »): Tab enters it, the arrows move in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy

from spip_desktop.ui import theme
from spip_desktop.ui.buttons import paint_frame
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.text import natural_width


@dataclass(frozen=True, slots=True)
class Tab:
    """One view: its code, its word, an icon, how many lines it has."""

    code: str
    label: str
    icon: str = ""
    count: int | None = None


class _TabButton(QPushButton):
    def __init__(self, tab: Tab, name: str) -> None:
        super().__init__(tab.label if tab.count is None else f"{tab.label}  {tab.count}")
        self.tab = tab
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        worn = theme.current()
        width = natural_width(self.text(), worn.font("bold")) + worn.px(24)
        return QSize(width + (worn.px(24) if self.tab.icon else 0), worn.shape("row"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, painter, on = theme.current(), QPainter(self), self.isChecked()
        ground = "choix" if on else "surface_2" if self.underMouse() else ""
        paint_frame(painter, self.rect(), ground, "")
        left, side, ink = worn.px(12), worn.shape("icon"), worn.colour("sur_choix" if on else "texte")
        if self.tab.icon:
            paint_icon(painter, self.tab.icon, QRect(left, (self.height() - side) // 2, side, side), ink)
            left += side + worn.px(8)
        painter.setFont(worn.font("bold" if on else "body"))
        painter.setPen(ink)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), middle, self.text())


class Tabs(FlowRow):
    """Views of a page, one of them shown; emits its code when another is chosen."""

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab] = (), *, name: str = "tabs") -> None:
        super().__init__(gap=4)
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self._buttons: list[_TabButton] = []
        self.set_tabs(tabs)

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Offer these views; the one shown stays if it is among them, else the first."""
        kept = self.value()
        self.empty()
        self._buttons = [_TabButton(tab, f"{self.objectName()}.{tab.code}") for tab in tabs]
        for button in self._buttons:
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, code=button.tab.code: self.chosen.emit(code))
        self.add(*self._buttons)
        codes = [tab.code for tab in tabs]
        self.set_value(kept if kept in codes else codes[0] if codes else "")

    def offered(self) -> list[Tab]:
        """The views offered."""
        return [button.tab for button in self._buttons]

    def value(self) -> str:
        """The code of the view shown."""
        return next((button.tab.code for button in self._buttons if button.isChecked()), "")

    def set_value(self, code: str) -> None:
        """Show a view; no signal."""
        for button in self._buttons:
            button.setChecked(button.tab.code == code)
            on = button.tab.code == code
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
            if on:
                self.setFocusProxy(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        codes = [button.tab.code for button in self._buttons]
        if step is None or not codes:
            super().keyPressEvent(event)
            return
        code = codes[(codes.index(self.value()) + step) % len(codes)]
        self.set_value(code)
        self.setFocus()
        self.chosen.emit(code)
