"""The page « À traiter »: a name once, its lines beside it, why each is there, one first action."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QTimer

from spip_desktop.domain import dates
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place, Seat
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.todo import TodoGroup, TodoLine, TodoPerson, When
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, SmallText
from spip_desktop.ui.layout import column
from spip_desktop.ui.list_export import export_table
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.ui.todo.outcome import OutcomeDesk
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording import todo as words

_COLUMNS = (
    Column("Personne", 208),
    Column("Quand", 180),
    Column("Quoi, et pourquoi"),
    Column("Première action", 160),
)
ALL = "tout"
_TABS = ((ALL, "Tout", ""), (When.LATE, "", "alert-circle"), (When.TODAY, "", "clock"), (When.SOON, "", "calendar"))
_ICONS = {When.LATE: "alert-circle", When.TODAY: "clock", When.SOON: "calendar", When.LATER: "calendar"}
_EMPTY = "Rien n’attend."
_EMPTY_ADVICE = (
    "Les échéances des dossiers que vous suivez viennent ici quatorze jours avant leur date. Pour en suivre un, "
    "ouvrez la page Personnes."
)


class TodoPage(Page):
    """Read anew each time it is shown; a line leaves with what is written of it."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(words.TITLE, name="todo")
        self._services, self._guard = services, guard
        self._groups: tuple[TodoGroup, ...] = ()
        self._counts: list[int] = []
        self._last: UUID | None = None
        self.tabs = Tabs(name="todo.tabs")
        self.table = TableView(_COLUMNS, name="todo.table", label=words.TITLE)
        self.empty = EmptyState(_EMPTY, _EMPTY_ADVICE)
        self.outcome = OutcomeDesk(services, date_reader(services.clock.today, sentence), guard.report)
        self.printing = PrintLine(services.printing, name="todo.printing")
        self._build()

    def _build(self) -> None:
        actor = self._services.context.actor
        if actor.may(Right.PRINT):
            self.add_action("Imprimer la liste", "printer", self.print_document, name="todo.print")
        self.export = export_table(self, self._services, "todo", self.table, lambda: words.TITLE)
        self.note = self.set_primary("Noter la suite", "check", self._ask, name="todo.note")
        self._may_note = actor.may(Right.DECIDE)
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        tools = column(gap=8)
        tools.addWidget(self.tabs)
        tools.addWidget(SmallText(words.legend()))
        self.add(self.outcome, tools, self.table, self.empty)
        self.tabs.chosen.connect(lambda _: self._show_rows())
        self.table.opened.connect(self._follow)
        self.table.current_changed.connect(lambda _: self._show_note())
        self.outcome.recorded.connect(self._recorded)
        self.outcome.left.connect(self.table.setFocus)
        self.outcome.saved.connect(self.saved)
        self.outcome.failed.connect(self.save_failed)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """The list as it is now, its rows in focus; `place.id` names the person whose outcome was being written."""
        self.notice.hide()
        about = place.id or self.outcome.about()  # looking elsewhere for a moment gives nothing up
        self.outcome.close_panel()
        self.reload()
        if about is not None and self.outcome.come_back_to(about, self._line):
            return
        if not self.show_field(place.field):
            self.table.setFocus()

    def reload(self) -> None:
        self._groups = self._services.todo.groups()
        today = self._services.clock.today()
        when = [line.when(today) for group in self._groups for line in group.lines]
        self._show_counts([len(when), *(when.count(one) for one in (When.LATE, When.TODAY, When.SOON))])
        self.counted.emit(len(when))
        self._show_rows()

    def flush(self) -> bool:
        return self.outcome.flush()

    def seat(self, place: Place) -> Seat:
        """With the person whose outcome is being written, so that it opens again after a lock."""
        seat = super().seat(place)
        about = self.outcome.about()
        return Seat(Place(place.kind, about, seat.place.field), seat.cursor, seat.scroll) if about else seat

    def leave(self) -> None:
        self.printing.stop()

    def undo(self) -> None:
        """Take back the outcome just written."""
        last, self._last = self._last, None
        if last is not None:
            self._guard.run(self._services.todo.take_back, last, refused=self.outcome.tell)
            self.saved.emit(self._services.clock.now())
            self.notice.show_sentence("Suite annulée : la ligne attend de nouveau.".replace(" :", f"{NBSP}:"))
            self.reload()

    def print_document(self) -> None:
        """The tab shown, as it is now."""
        self.band.clear()
        paper = self._guard.run(self._services.todo.paper, self._when(), refused=self.outcome.tell)
        if paper is not None:
            self.printing.ask(paper)

    # -- the list --------------------------------------------------------------------------------------------

    def _show_counts(self, counts: list[int]) -> None:
        """Write the counts on the tabs; made anew only when one changed, so that focus stays."""
        if counts != self._counts:
            self._counts = counts
            named = zip(_TABS, counts, strict=True)
            self.tabs.set_tabs(
                [Tab(code, word or words.WHEN[When(code)], icon, number) for (code, word, icon), number in named]
            )

    def _when(self) -> When | None:
        return None if self.tabs.value() in ("", ALL) else When(self.tabs.value())

    def _show_rows(self) -> None:
        today, wanted = self._services.clock.today(), self._when()
        rows = [
            RecordRow(line.key, (_person(group.person, today), *_cells(line, today)), str(group.person.id))
            for group in self._groups
            for line in group.lines
            if wanted in (None, line.when(today))
        ]
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._show_note()

    def _show_note(self) -> None:
        line = self._line(str(self.table.current_key() or ""))
        self.note.set_available(self._may_note and line is not None and line.answerable, self._why_not(line))

    def _why_not(self, line: TodoLine | None) -> str:
        if not self._may_note:
            return "Votre rôle ne note pas de suite."
        if line is None:
            return "Choisissez une ligne." if self.table.records.rows else ""
        return "" if line.answerable else "Cette ligne part avec l’acte lui-même : ouvrez la page qu’elle indique."

    def _line(self, key: str) -> TodoLine | None:
        return next((line for group in self._groups for line in group.lines if line.key == key), None)

    def _follow(self, key: object) -> None:
        line = self._line(str(key))
        if line:
            self.went.emit(line.place)

    # -- outcomes --------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        line = self._line(str(self.table.current_key() or ""))
        if line and not self.outcome.writes(line.key, line.person_id):
            self.notice.hide()
            name = next(group.person.name for group in self._groups if group.person.id == line.person_id)
            self.outcome.ask_about(line, name)
            # Laid out first: the panel is above what is in sight.
            QTimer.singleShot(0, self, lambda: self.body.ensureWidgetVisible(self.outcome))

    def _recorded(self) -> None:
        self._last = self.outcome.last
        self.saved.emit(self._services.clock.now())
        row = self.table.currentIndex().row()
        self.table.setFocus()  # before the button rests, which would take the focus back at the next line
        self.reload()
        self.table.take_place(row)
        self.notice.show_sentence("Suite notée.", self.undo)


def _person(person: TodoPerson, today: date) -> Cell:
    return Cell(person.name, "\n".join(words.about(person, today)), bold=True, discreet=True)


def _cells(line: TodoLine, today: date) -> Sequence[Cell]:
    when = line.when(today)
    late, now = when is When.LATE, when is When.TODAY
    tone = "alerte" if late else "texte" if now else "texte_2"
    return (
        Cell(words.when(line.due, today), dates.short(line.due), icon=_ICONS[when], tone=tone, bold=late or now),
        Cell(line.what, line.why, bold=True, discreet=True),
        Cell(line.action, link=True),
    )
