"""Find a person while typing: up and down choose, Enter opens, Escape clears."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from spip_desktop.domain.place import Place
from spip_desktop.ui import theme
from spip_desktop.ui.editors import LineEdit
from spip_desktop.ui.icons import paint_icon

_NOTHING = "Aucune personne trouvée"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A result: who, what tells them apart, where it leads."""

    title: str
    subtitle: str
    place: Place


Search = Callable[[str], Sequence[SearchHit]]


class _HitDelegate(QStyledItemDelegate):
    """Two lines a result, the chosen one on `choix`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.current().shape("row_two_lines"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        worn, rect = theme.current(), option.rect
        title, subtitle = index.data(Qt.ItemDataRole.UserRole)
        chosen = index.data(Qt.ItemDataRole.UserRole + 1)
        if chosen:
            painter.fillRect(rect, worn.colour("choix"))
        room = rect.adjusted(worn.px(12), worn.px(3), -worn.px(12), -worn.px(3))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(worn.font("bold" if subtitle else "body"))
        painter.setPen(worn.colour("sur_choix" if chosen else "texte"))
        first = QRect(room.left(), room.top(), room.width(), worn.line("body") if subtitle else room.height())
        painter.drawText(first, left, title)
        painter.setFont(worn.font("small"))
        painter.setPen(worn.colour("sur_choix" if chosen else "texte_2"))
        painter.drawText(
            QRect(room.left(), first.bottom(), room.width(), worn.line("small") + worn.px(2)), left, subtitle
        )


class SearchBox(LineEdit):
    """The search field of the top bar, with its list of results below."""

    went = Signal(object)  # Place

    def __init__(self, search: Search, *, most: int = 8) -> None:
        super().__init__(max_length=80, placeholder="Nom, n° d’écrou ou APPI")
        self._search, self._most = search, most
        self._hits: list[SearchHit] = []
        self._chosen = 0
        self.setObjectName("search")
        self.setAccessibleName("Chercher une personne : nom, numéro d’écrou ou APPI")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._list: QListWidget | None = None
        self.typed.connect(self._look)
        self._pad()

    def hits(self) -> tuple[SearchHit, ...]:
        """What is offered now."""
        return tuple(self._hits)

    def results(self) -> QListWidget:
        """The list of results; it belongs to the window, so that it may hang over the page."""
        if self._list is None:
            self._list = QListWidget(self.window())
            self._list.setObjectName("search.results")
            self._list.setAccessibleName("Personnes trouvées")
            self._list.setProperty("popup", True)
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.setItemDelegate(_HitDelegate(self._list))
            self._list.itemClicked.connect(lambda item: self._open(self.results().row(item)))
            self._list.hide()
        return self._list

    def _look(self) -> None:
        text = self.text().strip()
        self._hits = list(self._search(text))[: self._most] if text else []
        self._chosen = 0
        self._fill(bool(text))

    def _fill(self, asked: bool) -> None:
        results = self.results()
        results.clear()
        for hit in self._hits:
            self._item(hit.title, hit.subtitle)
        if asked and not self._hits:
            self._item(_NOTHING, "")
        self._choose(0)
        results.setVisible(asked)
        if asked:
            rows = min(self._most, results.count()) * theme.current().shape("row_two_lines") + 2
            spot = self.mapTo(self.window(), QPoint(0, self.height() + theme.current().px(4)))
            results.setGeometry(QRect(spot, QSize(max(self.width(), theme.current().px(340)), rows)))
            results.raise_()

    def _item(self, title: str, subtitle: str) -> None:
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, (title, subtitle))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {subtitle}" if subtitle else title)
        self.results().addItem(item)

    def _choose(self, number: int) -> None:
        self._chosen = number % len(self._hits) if self._hits else 0
        for each in range(self.results().count()):
            chosen = bool(self._hits) and each == self._chosen
            self.results().item(each).setData(Qt.ItemDataRole.UserRole + 1, chosen)
        if self._hits:
            self.results().scrollToItem(self.results().item(self._chosen))
            self.setAccessibleDescription(self._hits[self._chosen].title)

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._hits):
            place = self._hits[number].place
            self.dismiss()
            self.went.emit(place)

    def dismiss(self) -> None:
        """Empty the field and take the list away."""
        self.clear()
        self._hits = []
        self.results().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._choose(self._chosen + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._chosen)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is not None and not self._list.underMouse():
            self._list.hide()

    def _pad(self) -> None:
        worn = theme.current()
        self.setTextMargins(worn.px(22), 0, worn.px(44), 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._pad()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        worn, painter = theme.current(), QPainter(self)
        side = worn.shape("icon")
        spot = QRect(worn.px(8), (self.height() - side) // 2, side, side)
        paint_icon(painter, "search", spot, worn.colour("texte_2"))
        if not self.text():
            painter.setFont(worn.font("small"))
            painter.setPen(worn.colour("texte_2"))
            room = self.rect().adjusted(0, 0, -worn.px(8), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "Ctrl+K")
