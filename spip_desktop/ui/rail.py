"""The left rail: where one can go, the sections of the open person, settings and lock at the foot."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from spip_desktop.domain.place import Place
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import paint_frame
from spip_desktop.ui.focus_ring import ring_inside
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.labels import StateLabel
from spip_desktop.ui.layout import ScrollColumn, column, paint_ground, row, set_size

_LOCK, _INTERVIEW = "lock", "interview"
PEOPLE = "persons"  # the kind of the entry under which the open person's sections stand


@dataclass(frozen=True, slots=True)
class RailEntry:
    """An entry. `where`: main, bottom, or section (of the open person: no icon). `kind` is that of its Place.

    `also` are the kinds of the pages that stand below this one (one sheet below the list of sheets).
    """

    kind: str
    label: str
    icon: str = ""
    where: str = "main"
    shortcut: str = ""
    also: tuple[str, ...] = ()


class RailButton(QPushButton):
    """One line of the rail, painted; the current one is `choix` and bold."""

    def __init__(self, entry: RailEntry) -> None:
        super().__init__(entry.label)
        self.entry, self.count, self.current, self.open_above = entry, 0, False, False
        self.setObjectName(f"rail.{entry.kind}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ring_inside(self)

    def sizeHint(self) -> QSize:
        worn = theme.current()
        return QSize(worn.px(160), worn.shape("row_rail_sub" if self.entry.where == "section" else "row"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there like the space bar, as on every button of the program."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def set_count(self, count: int) -> None:
        """How many lines wait there; said at the right."""
        self.count = count
        self.setAccessibleName(f"{self.entry.label}, {count}" if count else self.entry.label)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, painter = theme.current(), QPainter(self)
        ground = "choix" if self.current else "surface" if self.underMouse() else ""
        paint_frame(painter, self.rect(), ground, "")
        ink = worn.colour("sur_choix" if self.current else "texte")
        side, left = worn.shape("icon"), worn.px(8)
        if self.entry.icon:
            paint_icon(painter, self.entry.icon, QRect(left, (self.height() - side) // 2, side, side), ink)
            left += side + worn.px(8)
        painter.setFont(worn.font("bold" if self.current or self.open_above else "body"))
        painter.setPen(ink)
        middle = Qt.AlignmentFlag.AlignVCenter
        room = QRect(left, 0, self.width() - left - worn.px(8), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, self.text())
        self._paint_right(painter, room)
        if self.hasFocus():
            paint_frame(painter, self.rect(), "", "focus_choix" if self.current else "focus", width=worn.px(2))

    def _paint_right(self, painter: QPainter, room: QRect) -> None:
        worn = theme.current()
        aside = str(self.count) if self.count else self.entry.shortcut
        if aside:
            painter.setFont(worn.font("body" if self.count else "small"))
            if not self.count and not self.current:
                painter.setPen(worn.colour("texte_2"))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, aside)


class _Sections(QWidget):
    """The open person's sections, with a line at their left."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = column(self, gap=0, margins=(25, 0, 0, 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, painter = theme.current(), QPainter(self)
        painter.setPen(QPen(worn.colour("filet"), 1))
        painter.drawLine(worn.px(16), 0, worn.px(16), self.height() - worn.px(4))


class Rail(QWidget):
    """The entries in the order registered; up and down move among them."""

    went = Signal(object)  # Place
    lock_asked = Signal()
    interview_asked = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName("Rubriques")
        paint_ground(self, "fond")
        set_size(self, width=227)
        self._person: UUID | None = None
        self._buttons: dict[str, RailButton] = {}
        outer = column(self, gap=0, margins=(8, 12, 8, 8))
        # More entries than a low window holds scroll; the lock below is always in sight.
        self._main = ScrollColumn(gap=0, margins=(0, 0, 0, 0), ground="fond")
        self._bottom = column(gap=0)
        self._sections = _Sections()
        self._sections.setParent(self)  # before its place is known: the order of Tab is told within one window
        self._sections.hide()
        outer.addWidget(self._main, 1)
        self.status = StateLabel("", "", "texte_2", role="small", wrap=True)
        self.status.setObjectName("backup_status")
        self.status.hide()
        aside = row(margins=(8, 4, 8, 8))
        aside.addWidget(self.status)
        outer.addLayout(aside)
        outer.addLayout(self._bottom)
        lock = self._make(RailEntry(_LOCK, "Verrouiller", "lock", "bottom", "Ctrl+L"))
        lock.clicked.disconnect()
        lock.clicked.connect(lambda: self.lock_asked.emit())
        self._bottom.addWidget(lock)
        interview = self._make(RailEntry(_INTERVIEW, "Mode entretien", where="section", shortcut="Ctrl+M"))
        interview.clicked.disconnect()
        interview.clicked.connect(lambda: self.interview_asked.emit())
        self._sections.lines.addWidget(interview)

    def set_status(self, words: str, late: bool, icon: str = "check") -> None:
        """How old the last verified backup is; in red when something has to be done."""
        self.status.set_state("alert-circle" if late else icon, words, "alerte" if late else "texte_2")
        self.status.show()

    def register(self, entry: RailEntry) -> None:
        """Add an entry, once its page works."""
        button = self._make(entry)
        if entry.where == "section":
            self._sections.lines.insertWidget(self._sections.lines.count() - 1, button)
        elif entry.where == "bottom":
            self._bottom.insertWidget(self._bottom.count() - 1, button)
        else:
            self._main.add(button)
        if entry.kind == PEOPLE:
            self._main.add(self._sections)
        self._chain()

    def clear(self) -> None:
        """Take every entry away, to register others; the lock and « Mode entretien » stay."""
        for kind in [one for one in self._buttons if one not in (_LOCK, _INTERVIEW)]:
            button = self._buttons.pop(kind)
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._main.column.removeWidget(self._sections)
        self._sections.hide()

    def _make(self, entry: RailEntry) -> RailButton:
        button = RailButton(entry)
        button.clicked.connect(lambda: self._go(entry))
        self._buttons[entry.kind] = button
        return button

    def _go(self, entry: RailEntry) -> None:
        self.went.emit(Place(entry.kind, self._person if entry.where == "section" else None))

    def _chain(self) -> None:
        order = self._in_order()
        for one, other in itertools.pairwise(order):
            QWidget.setTabOrder(one, other)

    def set_person(self, person: UUID | None) -> None:
        """Show the sections of that person, or none."""
        self._person = person
        sections = [one for one in self._buttons.values() if one.entry.where == "section"]
        self._sections.setVisible(person is not None and bool(sections))

    def offer_only(self, kinds: Collection[str] | None) -> None:
        """Offer these sections and the lock, and nothing else; None offers everything again."""
        for kind, button in self._buttons.items():
            button.setVisible(kinds is None or kind in kinds or kind == _LOCK)

    def set_current(self, kind: str) -> None:
        """Mark the page shown, or the entry under which it stands."""
        kind = self.entry_of(kind)
        section = kind in self._buttons and self._buttons[kind].entry.where == "section"
        for code, button in self._buttons.items():
            button.current = code == kind
            button.open_above = section and code == PEOPLE
            button.update()

    def entry_of(self, kind: str) -> str:
        """The entry under which a page stands; itself when it is one."""
        return next((code for code, one in self._buttons.items() if kind in one.entry.also), kind)

    def set_count(self, kind: str, count: int) -> None:
        """How many lines wait behind an entry."""
        if kind in self._buttons:
            self._buttons[kind].set_count(count)

    def kinds(self) -> tuple[str, ...]:
        """The kinds registered, in order."""
        return tuple(button.entry.kind for button in self._in_order())

    def _in_order(self) -> list[RailButton]:
        order = [one for one in self._buttons.values() if one.entry.where == "main"]
        at = next((n + 1 for n, one in enumerate(order) if one.entry.kind == PEOPLE), len(order))
        sections = [one for one in self._buttons.values() if one.entry.where == "section"]
        order[at:at] = sorted(sections, key=lambda one: one.entry.kind == _INTERVIEW)
        bottom = [one for one in self._buttons.values() if one.entry.where == "bottom"]
        return order + bottom[1:] + bottom[:1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        stops = [one for one in self._in_order() if one.isVisible()]
        focused = next((n for n, one in enumerate(stops) if one.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        chosen = stops[(focused + step) % len(stops)]
        chosen.setFocus()
        if self._main.isAncestorOf(chosen):
            self._main.ensureWidgetVisible(chosen)
