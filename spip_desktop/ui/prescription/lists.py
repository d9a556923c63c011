"""Lists of sheets: those of one person, and those of every person whom the officer follows."""

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import PrescriptionLine, SheetState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.pacep import OpenAction
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Section
from spip_desktop.ui.list_export import export_table
from spip_desktop.ui.page import Page
from spip_desktop.ui.prescription import batch_page, new_page, silent_page
from spip_desktop.ui.prescription.answer_files import READ, ask_filled
from spip_desktop.ui.prescription.page import FILLED, KIND
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.person import interim_of
from spip_desktop.wording.prescription import EMPTY_MINE, EMPTY_PERSON, STATES

ENDED = frozenset({SheetState.CLOSED, SheetState.CANCELLED, SheetState.REFUSED})
_ICONS = {
    SheetState.DRAFT: "pencil",
    SheetState.READY: "document",
    SheetState.AGREED: "check",
    SheetState.HANDED_OVER: "send",
    SheetState.NO_ANSWER: "question-circle",
    SheetState.REFUSED: "x-circle",
    SheetState.CANCELLED: "minus-circle",
    SheetState.CLOSED: "check-circle",
    SheetState.WITHDRAWN: "alert-circle",
    SheetState.PARTNER_TOLD: "check",
}
_OF_PERSON = (Column("État", 184), Column("Partenaire", 200), Column("Objectif"), Column("Bilan le", 156))
_MINE = (
    Column("Personne", 176),
    Column("État", 184),
    Column("Partenaire", 168),
    Column("Objectif"),
    Column("Bilan le", 156),
)


class PersonPrescriptionsPage(DossierPage):
    """The sheets of one person, and the actions of the plan that wait for one."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Prescriptions", "person.prescriptions")
        self.table = TableView(_OF_PERSON, name="sheets.table", label="Fiches de la personne")
        self.empty = EmptyState("Aucune fiche.", EMPTY_PERSON.removeprefix("Aucune fiche. "))
        columns = (Column("Action"), Column("Objectif"), Column("Échéance", 112))
        self.waiting = TableView(columns, name="sheets.actions", label="Actions confiées à un partenaire")
        self.to_start = Section("Actions du PACEP sans fiche", self.waiting, right="Entrée commence la fiche", gap=4)
        self._open_actions: list[OpenAction] = []
        for part in (self.table, self.empty, self.to_start):
            self.inside.addWidget(part)
        self.new = self.set_primary("Nouvelle fiche", "plus", self._start, name="sheets.new")
        self.table.opened.connect(lambda key: self.go("prescription", key))
        self.waiting.opened.connect(self._start_from)

    def open(self, place: Place) -> None:
        """The first list with lines has the focus, unless a field is named."""
        super().open(place)
        if not place.field and not self.content.isHidden():
            shown = [table for table in (self.table, self.waiting) if table.records.rows]
            if shown:
                _enter(shown[0])
            else:
                self.new.setFocus()

    def show_values(self, person_id: UUID) -> None:
        lines = self.services.prescriptions.reading.of_person(person_id)
        self.table.set_rows([RecordRow(one.id, (_state(one), *_what(one))) for one in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self._show_actions(person_id)
        self._show_new(person_id)

    def _show_new(self, person_id: UUID) -> None:
        may = self.services.context.actor.may(Right.WRITE_PRESCRIPTION)
        problem = self.services.prescriptions.reading.may_start(person_id)
        reason = "Votre rôle ne permet pas d’écrire une fiche." if not may else sentence(problem) if problem else ""
        self.new.set_available(not reason, reason)

    def _show_actions(self, person_id: UUID) -> None:
        """The external actions still to be done from which no sheet started yet."""
        reading = self.services.prescriptions.reading
        may_read = self.services.context.actor.may(Right.READ_PACEP)
        every = self.services.pacep.open_actions(person_id) if may_read else ()
        self._open_actions = [one for one in every if one.external and not reading.of_action(one.action.lineage)]
        self.to_start.setVisible(bool(self._open_actions))
        self.waiting.set_rows(
            [
                RecordRow(
                    one,
                    (
                        Cell(one.action.label or "Action à nommer", one.action.who, bold=True, discreet=True),
                        Cell(one.objective_wording, discreet=True),
                        Cell(dates.short(one.action.due)),
                    ),
                )
                for one in self._open_actions
            ]
        )

    def _start(self) -> None:
        if self.person is not None:
            self.went.emit(Place(new_page.KIND, self.person))

    def _start_from(self, action: object) -> None:
        if isinstance(action, OpenAction) and self.person is not None and self.new.isEnabled():
            self.went.emit(new_page.for_action(self.person, action.pacep_id, action.action.lineage))


class PrescriptionsPage(Page):
    """Every sheet of the persons whom this officer follows."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Prescriptions", name="prescriptions")
        self._services, self._guard = services, guard
        self.tabs = Tabs(name="prescriptions.tabs")
        self.tabs.chosen.connect(lambda _: self.reload())
        self.tasks = Tasks(self)
        self.ask_file: Callable[[], Path | None] = lambda: ask_filled(self.window())
        read = self.add_action(READ, "download", self._read, name="prescriptions.read")
        read.setVisible(services.context.actor.may(Right.WRITE_PRESCRIPTION))
        self.add_action("Relances", "clock", lambda: self.go(silent_page.KIND), name="prescriptions.silent")
        self.add_action("Permanences", "printer", lambda: self.go(batch_page.KIND), name="prescriptions.batches")
        self.table = TableView(_MINE, name="prescriptions.table", label="Fiches des personnes que vous suivez")
        self.export = export_table(self, services, "prescriptions", self.table, lambda: "Prescriptions")
        self.empty = EmptyState("Aucune fiche ici.", EMPTY_MINE.partition(". ")[2])
        self.add(self.tabs, self.table, self.empty)
        self.table.opened.connect(lambda key: self.go("prescription", key))

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            _enter(self.table)

    def reload(self) -> None:
        """Read the sheets again."""
        every = self._services.prescriptions.reading.mine()
        groups = _groups(every)
        words = {"running": "En cours", "drafts": "Brouillons", "ended": "Terminées"}
        wanted = [Tab(code, words[code], count=len(lines)) for code, lines in groups.items()]
        if wanted != self.tabs.offered():
            self.tabs.set_tabs(wanted)
        lines = groups[self.tabs.value() or "running"]
        self.table.set_rows([RecordRow(one.id, (_person(one), _state(one), *_what(one))) for one in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def leave(self) -> None:
        self.tasks.stop()

    def _read(self) -> None:
        """A file that a partner sent back, whichever sheet it is of: its page opens with the answers."""
        chosen = self.ask_file()
        if chosen is None:
            return
        self.band.clear()
        self.tasks.run(
            lambda: self._services.prescriptions.forms.sheet_of(chosen),
            lambda sheet: self.go(KIND, sheet, f"{FILLED}{chosen}"),
            refused=lambda refusal: self.band.show_sentence(sentence(refusal)),
        )


def _enter(table: TableView) -> None:
    """Give the focus to a table, on a row, even where it had the focus while it was empty."""
    table.setFocus()
    if table.records.rows and not table.currentIndex().isValid():
        table.setCurrentIndex(table.records.index(0, 0))


def _groups(every: Sequence[PrescriptionLine]) -> dict[str, list[PrescriptionLine]]:
    found: dict[str, list[PrescriptionLine]] = {"running": [], "drafts": [], "ended": []}
    for one in every:
        code = "drafts" if one.state is SheetState.DRAFT else "ended" if one.state in ENDED else "running"
        found[code].append(one)
    return found


def _person(one: PrescriptionLine) -> Cell:
    return Cell(one.person, interim_of(one.interim_of), bold=True, discreet=True)


def _state(one: PrescriptionLine) -> Cell:
    number = f"n°{NBSP}{grouped(one.number, 4)}, " if one.number else ""
    since = f"{number}depuis le {dates.short(one.since)}"
    if one.window:
        since = f"{since}, {one.window}"
    return Cell(STATES[one.state], since, icon=_ICONS.get(one.state, "clock"))


def _what(one: PrescriptionLine) -> tuple[Cell, ...]:
    return (
        Cell(one.partner or "À choisir", tone="texte" if one.partner else "texte_2"),
        Cell(one.objective or "À écrire", tone="texte" if one.objective else "texte_2", discreet=True),
        Cell(dates.short(one.report_wanted_by)),
    )
