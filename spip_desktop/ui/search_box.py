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
    QWidget,
)

from spip_desktop.domain.place import Place
from spip_desktop.ui import theme
from spip_desktop.ui.editors import LineEdit
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.text import HIDDEN_WORD, Discreet, discretion_of, natural_width, paint_veil


@dataclass(frozen=True, slots=True)
class _Words:
    """What the field says of itself, for what is looked for."""

    placeholder: str
    spoken: str
    results: str
    nothing: str
    keys: str


_PERSONS = _Words(
    "Nom, n° d’écrou ou APPI",
    "Chercher une personne : nom, numéro d’écrou ou APPI",
    "Personnes trouvées",
    "Aucune personne trouvée",
    "Ctrl+K",
)
_INSIDE = _Words(
    "Chercher dans ce dossier", "Chercher dans ce dossier", "Passages trouvés", "Aucun passage trouvé", "Ctrl+F"
)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A result: who, what tells them apart, where it leads."""

    title: str
    subtitle: str
    place: Place


Search = Callable[[str], Sequence[SearchHit]]
#: How wide the list is, in pixels at 100 %: a name and who follows, a few words of a text.
_WIDE, _WIDER = 480, 760


_SAID = Qt.ItemDataRole.UserRole
_CHOSEN = Qt.ItemDataRole.UserRole + 1
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class _Results(QListWidget, Discreet):
    """The list below the field; in discretion each person is a bar, and the place in the list tells which."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search.results")
        self.setAccessibleName("Personnes trouvées")
        self.setProperty("popup", True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_HitDelegate(self))
        self.hide()
        self.hidden = discretion_of(self)

    def set_hidden(self, hidden: bool) -> None:
        self.hidden = hidden
        for number in range(self.count()):
            self._speak(self.item(number))
        self.viewport().update()

    def put(self, title: str, subtitle: str, *, person: bool) -> None:
        """One more line: a person, or a sentence that names nobody."""
        item = QListWidgetItem(title)
        item.setData(_SAID, (title, subtitle, person))
        self.addItem(item)
        self._speak(item)

    def _speak(self, item: QListWidgetItem) -> None:
        title, subtitle, person = item.data(_SAID)
        words = HIDDEN_WORD if self.hidden and person else ", ".join(one for one in (title, subtitle) if one)
        item.setData(_SPOKEN, words)


class _HitDelegate(QStyledItemDelegate):
    """Two lines a result, the chosen one on `choix`."""

    def __init__(self, results: _Results) -> None:
        super().__init__(results)
        self._results = results

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.current().shape("row_two_lines"))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        worn, rect = theme.current(), option.rect
        title, subtitle, person = index.data(_SAID)
        chosen = index.data(_CHOSEN)
        if chosen:
            painter.fillRect(rect, worn.colour("choix"))
        room = rect.adjusted(worn.px(12), worn.px(3), -worn.px(12), -worn.px(3))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(worn.font("bold" if subtitle else "body"))
        painter.setPen(worn.colour("sur_choix" if chosen else "texte"))
        first = QRect(room.left(), room.top(), room.width(), worn.line("body") if subtitle else room.height())
        if person and self._results.hidden:
            first.setWidth(min(room.width(), max(worn.px(48), natural_width(title, worn.font("bold")))))
            paint_veil(painter, first.adjusted(0, worn.px(2), 0, -worn.px(2)))
            return
        painter.drawText(first, left, title)
        painter.setFont(worn.font("small"))
        painter.setPen(worn.colour("sur_choix" if chosen else "texte_2"))
        painter.drawText(
            QRect(room.left(), first.bottom(), room.width(), worn.line("small") + worn.px(2)), left, subtitle
        )


class SearchBox(LineEdit, Discreet):
    """The search field of the top bar, with its list of results below."""

    went = Signal(object)  # Place

    def __init__(self, search: Search, *, most: int = 8) -> None:
        super().__init__(max_length=80, placeholder=_PERSONS.placeholder)
        self._search, self._most = search, most
        self._inside: Search | None = None
        self._hits: list[SearchHit] = []
        self._chosen = 0
        self.setObjectName("search")
        self.setAccessibleName(_PERSONS.spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._list: _Results | None = None
        self.typed.connect(self._look)
        self._pad()

    def hits(self) -> tuple[SearchHit, ...]:
        """What is offered now."""
        return tuple(self._hits)

    def look_inside(self, search: Search | None) -> None:
        """Look in one open dossier from now on (Ctrl+F), or for a person again (None)."""
        if search is not None or self._inside is not None:
            self._start(search)

    def _start(self, search: Search | None) -> None:
        """Empty, ready for what is looked for; nothing of a dossier is held once it is left."""
        self.clear()
        self._hits, self._inside = [], search
        self.setPlaceholderText(self._words.placeholder)
        self.setAccessibleName(self._words.spoken)
        self.setAccessibleDescription("")
        self.results().setAccessibleName(self._words.results)
        self.results().hide()
        self.update()

    @property
    def _words(self) -> _Words:
        return _INSIDE if self._inside else _PERSONS

    def results(self) -> _Results:
        """The list of results; it belongs to the window, so that it may hang over the page."""
        if self._list is None:
            self._list = _Results(self.window())
            self._list.itemClicked.connect(lambda item: self._open(self.results().row(item)))
        return self._list

    def set_hidden(self, hidden: bool) -> None:
        """The persons found are hidden, not what the officer types."""
        if self._list is not None:
            self._list.set_hidden(hidden)
            self._choose(self._chosen)

    def _look(self) -> None:
        text = self.text().strip()
        self._hits = list((self._inside or self._search)(text))[: self._most] if text else []
        self._chosen = 0
        self._fill(bool(text))

    def _fill(self, asked: bool) -> None:
        results = self.results()
        results.clear()
        for hit in self._hits:
            results.put(hit.title, hit.subtitle, person=True)
        if asked and not self._hits:
            results.put(self._words.nothing, "", person=False)
        self._choose(0)
        results.setVisible(asked)
        if asked:
            rows = min(self._most, results.count()) * theme.current().shape("row_two_lines") + 2
            spot = self.mapTo(self.window(), QPoint(0, self.height() + theme.current().px(4)))
            wanted = theme.current().px(_WIDER if self._inside else _WIDE)
            wide = min(wanted, self.window().width() - spot.x() - theme.current().px(8))
            results.setGeometry(QRect(spot, QSize(max(self.width(), wide), rows)))
            results.raise_()

    def _choose(self, number: int) -> None:
        self._chosen = number % len(self._hits) if self._hits else 0
        for each in range(self.results().count()):
            chosen = bool(self._hits) and each == self._chosen
            self.results().item(each).setData(_CHOSEN, chosen)
        if self._hits:
            self.results().scrollToItem(self.results().item(self._chosen))
            self.setAccessibleDescription(str(self.results().item(self._chosen).data(_SPOKEN)))

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._hits):
            place = self._hits[number].place
            self.dismiss()
            self.went.emit(place)

    def dismiss(self) -> None:
        """Empty the field and take the list away; it looks for persons again."""
        self._start(None)

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
        if self._inside and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.dismiss()
        elif self._list is not None and not self._list.underMouse():
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
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._words.keys)
