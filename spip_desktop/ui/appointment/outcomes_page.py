"""« Issues à noter »: one key a line, the next line comes by itself; ten take less than a minute."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from spip_desktop.domain.appointment_states import Meaning, OutcomeKind
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.agenda_reading import AgendaLine
from spip_desktop.services.appointment_lists import outcomes_in
from spip_desktop.ui.appointment.agenda_cells import list_cells
from spip_desktop.ui.appointment.panels import Ground, proof_panel
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fact_desk import FactDesk
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.labels import EmptyState, Paragraph
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "agenda.outcomes"
_COLUMNS = (Column("Jour", 136), Column("Heure", 80), Column("Personne", 232), Column("Rendez-vous"))
_HOW = "Sur chaque ligne, tapez le chiffre ou la lettre de l’issue ; la ligne suivante vient d’elle-même."
#: The keys of the outcomes in their order; on a French keyboard the digits come without Shift.
_KEYS = "123456789abcdefgh"
_AZERTY = dict(zip("&é\"'(-è_ç", "123456789", strict=True))


class OutcomesTable(TableView):
    """A key chooses the outcome of the line one is on; what is no outcome is the table's."""

    def __init__(self, page: "OutcomesPage") -> None:
        super().__init__(_COLUMNS, name="outcomes.table", label="Rendez-vous sans issue")
        self._page = page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().lower()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if typed and plain and self._page.choose(_AZERTY.get(typed, typed)):
            return
        super().keyPressEvent(event)


class OutcomesPage(Page):
    """Today's and past appointments without an outcome, the oldest first."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Issues à noter", name=KIND)
        self._services, self._guard = services, guard
        self.history = History(self)
        self._ground = Ground(services, date_reader(services.clock.today, sentence))
        self._lines: dict[UUID, AgendaLine] = {}
        self._offered: tuple[OutcomeKind, ...] = ()
        self.said = Paragraph(_HOW, colour="texte_2")
        self.table = OutcomesTable(self)
        self.choices = FlowRow(gap=8, line_gap=8)
        self.empty = EmptyState("Aucune issue à noter.", "Un rendez-vous vient ici dès que son heure est passée.")
        self.desk = FactDesk(services.desk, services.clock, "outcome_fact", guard.report)
        self._asked: tuple[AgendaLine, OutcomeKind] | None = None
        self.add(self.desk, self.said, self.choices, self.table, self.empty)
        self.add_action("Retour à l’agenda", "arrow-left", lambda: self.go("agenda"), name="outcomes.back")
        self.table.current_changed.connect(lambda _: self._offer())
        self.table.opened.connect(lambda _: self._open_dossier())
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(self._give_focus_back)
        self.desk.saved.connect(self.saved)
        self.desk.failed.connect(self.save_failed)

    def open(self, place: Place) -> None:
        self.desk.close_panel()
        self.reload()
        self._give_focus_back()

    def flush(self) -> bool:
        return self.desk.flush()

    def reload(self) -> None:
        lines = self._services.agenda.reading.to_note()
        self._lines = {one.appointment.id: one for one in lines}
        self.table.set_rows([RecordRow(one.appointment.id, list_cells(one)[:4]) for one in lines])
        for part, shown in ((self.table, lines), (self.said, lines), (self.choices, lines), (self.empty, not lines)):
            part.setVisible(bool(shown))
        if lines and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        self.set_title("Issues à noter", str(len(lines)) if lines else "")
        self._offer()

    def choose(self, key: str) -> bool:
        """Note the outcome of that key for the line one is on; False for a key of no outcome."""
        number = _KEYS.find(key)
        if not 0 <= number < len(self._offered):
            return False
        self._note(self._offered[number])
        return True

    def undo(self) -> None:
        def take_back() -> None:
            if said := self.history.undo():
                self.reload()
                self.notice.show_sentence(said)

        self._guard.run(take_back, refused=self._tell)

    def _current(self) -> AgendaLine | None:
        key = self.table.current_key()
        return self._lines.get(key) if isinstance(key, UUID) else None

    def _offer(self) -> None:
        """The outcomes of the milieu of the line, each with its key."""
        line = self._current()
        offered = outcomes_in(line.appointment.milieu) if line else ()
        if offered == self._offered:
            return
        self._offered = offered
        self.choices.empty()
        for key, one in zip(_KEYS, offered, strict=False):
            button = Button(f"{key.upper()}  {one.label}", name=f"outcome.{one.code}", size="key")
            button.clicked.connect(lambda _=False, kind=one: self._note(kind))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.choices.add(button)

    def _note(self, kind: OutcomeKind) -> None:
        """One key is enough, except where a proof is awaited: its day is asked, and Enter takes the one shown."""
        line = self._current()
        if line is None:
            return
        appointment = line.appointment
        if kind.meaning is Meaning.PROOF_AWAITED:
            self._asked = (line, kind)
            self.desk.ask(kind.code, appointment.id, proof_panel(self._ground, line, kind))
            self.body.verticalScrollBar().setValue(0)
            return
        refusals = list[Refusal]()
        course = self._services.appointments.course
        self._guard.run(lambda: course.note_outcome(appointment.id, kind.code), refused=refusals.append)
        if refusals:
            self._tell(refusals[0])
            return
        self._go_on(line, kind)

    def _on_recorded(self) -> None:
        if self._asked:
            self._go_on(*self._asked)

    def _go_on(self, line: AgendaLine, kind: OutcomeKind) -> None:
        """Say what was noted, and put the cursor on the next line."""
        row, appointment = self.table.currentIndex().row(), line.appointment
        self.band.clear()
        self.saved.emit(self._services.clock.now())
        reopen = self._services.appointments.draft.reopen
        self.history.push(Step("Issue retirée, les deux lignes restent", lambda: reopen(appointment.id)))
        self.reload()
        if self._lines:
            self.table.setCurrentIndex(self.table.records.index(min(row, len(self._lines) - 1), 0))
        self.notice.show_sentence(f"{line.person}{NBSP}: {kind.label}.", self.undo)
        self._give_focus_back()

    def _give_focus_back(self) -> None:
        (self.table if self._lines else self.head.buttons()[0]).setFocus()

    def _open_dossier(self) -> None:
        line = self._current()
        if line:
            self.go("person.appointments", line.appointment.person_id, str(line.appointment.id))

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))
