"""« Commissions » of one person: the passages, the contributions, who met those who arrive, the PEP as copied."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.arrival import Meeting
from spip_desktop.domain.board_review import Board, ReviewState
from spip_desktop.domain.board_standing import Standing
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.commission_labels import profession, title_of
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.commission import facts
from spip_desktop.ui.commission.contributions import ContributionsPart
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import Step
from spip_desktop.ui.labels import EmptyState, Section
from spip_desktop.ui.pep_card import PepView
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.commission import EMPTY_PERSON, STATES

KIND = "person.commissions"
_CPU, _CPI = "Préparer un avis pour la CPU", "Préparer une CPI"
_SETTLE, _MEETING, _PEP = "settle.", "meeting.", "pep"
#: A field of the place that names a draft just put in the bin.
BINNED = "binned."
_BOARDS = (Column("Séance", 128), Column("Commission"), Column("État", 208))
_CIRCUIT = (Column("Qui rencontre la personne"), Column("Le", 128), Column("Par", 224))
ICONS = {
    ReviewState.DRAFT: "pencil",
    ReviewState.ISSUED: "document",
    ReviewState.SUBMITTED: "send",
    ReviewState.RETURNED: "undo",
    ReviewState.REPLACED: "minus-circle",
}


class PersonCommissionsPage(DossierPage):
    """Who only contributes sees their own contributions, and nothing of the commissions."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Commissions", KIND)
        self._ground = facts.Ground(services, date_reader(services.clock.today, sentence))
        self._meetings: tuple[Meeting, ...] = ()
        self.desk = FactDesk(services.desk, services.clock, "commissions_fact", guard.report)
        self.table = TableView(_BOARDS, name="boards.table", label="Passages en commission")
        self.empty = EmptyState(EMPTY_PERSON.partition(". ")[0] + ".", EMPTY_PERSON.partition(". ")[2])
        self.boards = Section("Passages en CPU et en CPI", self.table, self.empty, gap=4)
        self.contributions = ContributionsPart(self)
        self.circuit = TableView(_CIRCUIT, name="arrivals.table", label="Circuit des arrivants")
        self.arrivals = Section("Arrivants", self.circuit, right="Entrée note une rencontre", gap=4)
        self.copy_link = LinkButton("Recopier depuis GENESIS", name="pep.copy")
        self.pep_view = PepView()
        self.pep = Section("Parcours d’exécution de peine (PEP)", self.pep_view, right=self.copy_link, gap=8)
        self.second = self.add_action(_CPI, "plus", lambda: self._start(Board.CPI), name="boards.cpi")
        self.primary = self.set_primary(_CPU, "plus", self._start_usual, name="boards.new")
        for part in (self.desk, self.boards, self.contributions, self.arrivals, self.pep):
            self.inside.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        self.table.opened.connect(lambda key: self.go("commission", key))
        self.circuit.opened.connect(self._ask_meeting)
        self.copy_link.clicked.connect(lambda: self._ask(_PEP))
        self.contributions.reading_asked.connect(lambda id_: self._ask(f"{_SETTLE}{id_}"))
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(self.reload)
        self.desk.saved.connect(self.note_saved)
        self.desk.failed.connect(self.save_failed)

    def open(self, place: Place) -> None:
        """The first thing with lines has the focus, unless a field is named."""
        self.desk.close_panel()
        super().open(place)
        if self.content.isHidden() or self.person is None:
            return
        self.desk.come_back(self.person, self._panel)
        if place.field.startswith(BINNED):
            self._offer_back(UUID(place.field.removeprefix(BINNED)))
        if not place.field and self.desk.panel is None:
            self._first().setFocus()

    def _offer_back(self, review: UUID) -> None:
        """« Annuler » takes the draft back from the bin."""
        draft = self.services.commissions.draft
        self.history.push(Step("Passage repris de la corbeille", lambda: draft.restore(review)))
        self.notice.show_sentence("Passage mis à la corbeille", self.undo)
        self._first().setFocus()

    def show_values(self, person_id: UUID) -> None:
        actor = self.services.context.actor
        reads, writes = actor.may(Right.READ_EVALUATION), actor.may(Right.WRITE_EVALUATION)
        for part in (self.boards, self.arrivals, self.pep):
            part.setVisible(reads)
        self.contributions.show_contributions(self.services.contributions.of_person(person_id))
        self._meetings = self.services.arrivals.circuit(person_id) if reads else ()
        if reads:
            self._show_boards(person_id)
            self.arrivals.setVisible(bool(self._meetings))
            self.circuit.set_rows([RecordRow(one, _meeting_cells(one, writes=writes)) for one in self._meetings])
            self.copy_link.setVisible(writes)
            self.pep_view.show_cards(self.services.pep.cards(person_id))
        self.primary.setText(_CPU if self._meetings else _CPI)
        self.primary.setVisible(writes)
        self.second.setVisible(writes and bool(self._meetings))
        self.set_title("Commissions")

    def _show_boards(self, person_id: UUID) -> None:
        lines = self.services.commissions.reading.of_person(person_id)
        self.table.set_rows([RecordRow(one.review.id, line_cells(one)) for one in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def flush(self) -> bool:
        typed = self.desk.flush()
        return self.contributions.flush() and typed

    # -- acts ------------------------------------------------------------------------------------------------

    def _start_usual(self) -> None:
        self._start(Board.CPU if self._meetings else Board.CPI)

    def _start(self, board: Board) -> None:
        person, draft = self.person, self.services.commissions.draft
        new = self.guard.run(lambda: person and draft.start(person, board), refused=self.tell)
        if new:
            self.go("commission", new)

    def _ask(self, name: str) -> None:
        if self.person is not None:
            self.desk.ask(name, self.person, self._panel(name))
            self.body.verticalScrollBar().setValue(0)

    def _ask_meeting(self, one: object) -> None:
        if isinstance(one, Meeting) and self.services.context.actor.may(Right.WRITE_EVALUATION):
            self._ask(f"{_MEETING}{one.profession}")

    def _panel(self, name: str) -> FactPanel:
        assert self.person is not None
        if name.startswith(_SETTLE):
            return facts.settle_panel(self._ground, UUID(name.removeprefix(_SETTLE)))
        if name.startswith(_MEETING):
            meeting = Meeting(profession=name.removeprefix(_MEETING))
            return facts.meeting_panel(self._ground, self.person, meeting)
        return facts.pep_panel(self._ground, self.person)

    def _on_recorded(self) -> None:
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.notice.show_sentence("Noté.")
        self.reload()
        self._first().setFocus()

    def _first(self) -> QWidget:
        if not self.table.isHidden() and self.table.records.rows and not self.boards.isHidden():
            return self.table
        return self.contributions if self.primary.isHidden() else self.primary


def line_cells(one: Standing) -> tuple[Cell, ...]:
    """The sitting, the commission, the state with how many decisions wait."""
    review = one.review
    day = dates.short(review.held_on) if review.held_on else "À dater"
    version = f"version {review.number}" if review.number > 1 else ""
    count = len(one.waiting)
    waiting = f"{count}{NBSP}décision{'s' if count > 1 else ''} à suivre" if count else ""
    detail = ", ".join(part for part in (version, waiting) if part)
    state = Cell(STATES[one.state], detail, icon=ICONS.get(one.state, "check"))
    return Cell(day), Cell(title_of(review), bold=True), state


def _meeting_cells(one: Meeting, *, writes: bool) -> tuple[Cell, ...]:
    if one.met_on is None:
        asked = Cell("Noter la rencontre", link=True) if writes else Cell("Pas encore notée", tone="texte_2")
        return Cell(profession(one.profession)), Cell("Pas encore", tone="texte_2"), asked
    return Cell(profession(one.profession)), Cell(dates.short(one.met_on), icon="check"), Cell(one.by, discreet=True)
