"""« Commissions » of the rail: the sittings, coming and past, of the persons whom the officer follows."""

from collections.abc import Sequence
from datetime import date

from spip_desktop.domain.board_review import ReviewState
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.services.commission_reading import Sitting
from spip_desktop.ui.commission.person_page import line_cells
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState
from spip_desktop.ui.list_export import export_table
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services
from spip_desktop.wording.commission import EMPTY_MINE
from spip_desktop.wording.person import interim_of

_COLUMNS = (
    Column("Personne", 184),
    Column("Séance", 128),
    Column("Commission"),
    Column("État", 208),
)
_WORDS = {"answer": "À viser", "coming": "À venir", "waiting": "À finir", "past": "Passées"}


class CommissionsPage(Page):
    """What waits for a DPIP, what is to come, what was held and still waits for something, the rest."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Commissions", name="commissions")
        self._services = services
        self.tabs = Tabs(name="commissions.tabs")
        self.tabs.chosen.connect(lambda _: self.reload())
        self.table = TableView(_COLUMNS, name="commissions.table", label="Passages des personnes que vous suivez")
        self.empty = EmptyState("Aucun passage ici.", EMPTY_MINE.partition(". ")[2])
        self.add(self.tabs, self.table, self.empty)
        self.export = export_table(self, services, "commissions", self.table, lambda: "Commissions")
        self.table.opened.connect(lambda key: self.go("commission", key))

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            (self.table if self.table.records.rows else self.tabs).setFocus()

    def reload(self) -> None:
        """Read the sittings again; the first view with lines is shown the first time."""
        every, today = self._services.commissions.reading.mine(), self._services.clock.today()
        groups = _groups(every, today, answers=self._services.context.actor.may(Right.VISA))
        wanted = [Tab(code, _WORDS[code], count=len(lines)) for code, lines in groups.items()]
        first = not self.tabs.offered()
        if wanted != self.tabs.offered():
            self.tabs.set_tabs(wanted)
        if first:
            self.tabs.set_value(next((code for code, lines in groups.items() if lines), "coming"))
        lines = groups[self.tabs.value()]
        self.table.set_rows([RecordRow(one.line.review.id, (_person(one), *line_cells(one.line))) for one in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)


def _groups(every: Sequence[Sitting], today: date, *, answers: bool) -> dict[str, list[Sitting]]:
    """By what is left to do; those to come are in the order in which they come. `answers`: for a DPIP."""
    found: dict[str, list[Sitting]] = {"answer": []} if answers else {}
    found |= {"coming": [], "waiting": [], "past": []}
    for one in every:
        submitted = answers and one.line.state is ReviewState.SUBMITTED
        found["answer" if submitted else _group(one, today)].append(one)
    found["coming"].reverse()
    return found


def _group(one: Sitting, today: date) -> str:
    review = one.line.review
    if review.held_on is None or review.held_on >= today:
        return "coming"
    ended = one.line.state in (ReviewState.DECIDED, ReviewState.SEEN) and not one.line.waiting
    return "past" if ended else "waiting"


def _person(one: Sitting) -> Cell:
    return Cell(one.person, interim_of(one.interim_of), bold=True, discreet=True)
