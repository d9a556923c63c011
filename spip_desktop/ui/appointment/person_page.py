"""« Rendez-vous » of one person: what is planned, what happened, and the acts of the line one is on."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from spip_desktop.domain.appointment import INSIDE
from spip_desktop.domain.appointment_facts import NEW
from spip_desktop.domain.appointment_states import Answer, EventCode, Standing, last_reminder
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.appointment_reading import AppointmentView
from spip_desktop.services.printing import Printable
from spip_desktop.ui.appointment import panels
from spip_desktop.ui.appointment.cells import facts_of, row_of
from spip_desktop.ui.appointment.then import Then, ThenBar
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import Step
from spip_desktop.ui.labels import EmptyState, Section
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.appointment import EMPTY_PERSON

KIND = "person.appointments"
_COLUMNS = (Column("Quand", 136), Column("Rendez-vous"), Column("Lieu", 216), Column("Où en est-on", 232))
_FACTS = (Column("Le", 136), Column("Quoi"))
_HANDED, _MOVED, _CANCELLED, _OUTCOME, _ANSWER = "remise", "deplacer", "annuler", "issue", "suite"


class PersonAppointmentsPage(DossierPage):
    """Enter on a line does what it waits for: its outcome, the answer to the absence, else its handing over."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Rendez-vous", KIND)
        self._ground = panels.Ground(services, date_reader(services.clock.today, sentence))
        self._views: dict[UUID, AppointmentView] = {}
        #: The appointment that the open panel is about.
        self._asked_of: UUID | None = None
        #: The appointment that the answer just noted calls for.
        self._next_kind = ""
        self.desk = FactDesk(services.desk, services.clock, "appointment_fact", guard.report)
        self.table = TableView(_COLUMNS, name="appointments.table", label="Rendez-vous")
        said, _, advice = EMPTY_PERSON.partition(". ")
        self.empty = EmptyState(f"{said}.", advice)
        self.acts = FlowRow(gap=8, line_gap=8)
        self.happened = TableView(_FACTS, name="appointments.facts", label="Ce qui s’est passé")
        self.facts = Section("Ce qui s’est passé", self.happened, gap=4)
        self.buttons = {
            _OUTCOME: Button("Noter l’issue", "check", name="appointments.outcome"),
            _ANSWER: Button("Noter la suite", "flag", name="appointments.answer"),
            _HANDED: Button("Noter la remise", "send", name="appointments.handed"),
            _MOVED: Button("Déplacer", "arrows", name="appointments.move"),
            _CANCELLED: Button("Annuler", "close", name="appointments.cancel"),
        }
        self.again = Button("De nouveau prévu", "undo", name="appointments.reopen")
        self.print_button = Button("Imprimer la convocation", "printer", name="appointments.print")
        self.reminder = Button("Imprimer le courrier de rappel", "printer", name="appointments.reminder")
        self.then = ThenBar(services, guard)
        self.acts.add(self.print_button, self.reminder, *self.buttons.values(), self.again, *self.then.buttons)
        self.primary = self.set_primary("Fixer un rendez-vous", "plus", self.begin, name="appointments.new")
        self.primary.setToolTip("Ctrl+R")
        for part in (self.desk, self.table, self.empty, self.acts, self.facts):
            self.inside.addWidget(part)
        self._put_printing()
        self._connect()

    def _put_printing(self) -> None:
        self.printing = PrintLine(self.services.printing)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(outer.count() - 1, self.printing)

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _: self._show_line())
        self.table.opened.connect(lambda _: self._do_usual())
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, one=name: self._ask(one))
        self.print_button.clicked.connect(self.print_document)
        self.reminder.clicked.connect(self._print_reminder)
        self.again.clicked.connect(self._reopen)
        self.then.went.connect(self.go)
        self.then.refused.connect(self.tell)
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(self._give_focus_back)
        self.desk.saved.connect(self.note_saved)
        self.desk.failed.connect(self.save_failed)
        self.printing.printed.connect(self._on_printed)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self._give_focus_back)

    # -- reading ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self.desk.close_panel()
        super().open(place)
        if self.content.isHidden() or self.person is None:
            return
        field, _, kind = place.field.partition(".")
        if field == NEW:
            self.begin(kind)
            return
        self.desk.come_back(self.person, self._panel)
        if self.desk.panel is None:
            self._put_cursor(place.field)
            self._give_focus_back()

    def show_values(self, person_id: UUID) -> None:
        every = self.services.appointments.of_person(person_id)
        self._views = {one.id: one for one in every}
        self.table.set_rows([RecordRow(one.id, row_of(one)) for one in every])
        if self.desk.panel and self._asked_of and self._asked_of not in self._views:
            self.desk.panel.left.emit()  # taken back: there is nothing left to note of it
        self.table.setVisible(bool(every))
        self.empty.setVisible(not every)
        self.primary.setVisible(self._may(Right.WRITE_APPOINTMENT))
        if every and not self.table.currentIndex().isValid():
            first = next((one for one in every if one.awaits_answer or one.awaits_outcome), every[0])
            self._put_cursor(str(first.id))
        waiting = sum(one.awaits_outcome or one.awaits_answer for one in every)
        self.set_title("Rendez-vous", f"{waiting} à traiter" if waiting else "")
        self._show_line()

    def flush(self) -> bool:
        return self.desk.flush()

    def leave(self) -> None:
        self.printing.stop()

    def _may(self, right: Right) -> bool:
        return self.services.context.actor.may(right)

    def _current(self) -> AppointmentView | None:
        key = self.table.current_key()
        return self._views.get(key) if isinstance(key, UUID) else None

    def _show_line(self) -> None:
        """The acts that the line allows, and its history."""
        view = self._current()
        self.acts.setVisible(view is not None)
        self.facts.setVisible(view is not None and bool(view.events))
        self.then.show_line(_then(view) if view else None)
        if view is None:
            return
        planned, writes = view.standing is Standing.PLANNED, self._may(Right.WRITE_APPOINTMENT)
        moved = any(event.code == EventCode.MOVED for event in view.events)
        shown = {
            _OUTCOME: not view.ahead and not moved,
            _ANSWER: view.takes_answer and self._may(Right.DECIDE),
            _HANDED: planned and (view.ahead or not view.handed),
            _MOVED: planned,
            _CANCELLED: planned,
        }
        for name, button in self.buttons.items():
            button.setVisible(writes and shown[name])
        self.buttons[_OUTCOME].setText(_outcome_verb(view))
        self.buttons[_ANSWER].setText("Noter une autre suite" if view.answered else "Noter la suite")
        inside = view.appointment.where in INSIDE
        self.print_button.setText("Imprimer le bon de circulation" if inside else "Imprimer la convocation")
        self.again.setVisible(writes and view.standing is Standing.CLOSED and not view.outcome and not moved)
        self.print_button.setVisible(self._may(Right.PRINT) and ((planned and view.ahead) or view.printed))
        self.reminder.setVisible(self._may(Right.PRINT) and view.takes_reminder)
        self.happened.set_rows([RecordRow(number, cells) for number, cells in enumerate(facts_of(view))])

    # -- acts ------------------------------------------------------------------------------------------------

    def begin(self, kind: str = "") -> None:
        """Ctrl+R: a day and an hour are enough; `kind`: the type of appointment that a line asked for."""
        if self.person is not None and self._may(Right.WRITE_APPOINTMENT):
            self._asked_of = None
            self.desk.ask(NEW, self.person, self._fixing(self.person, kind))
            self.body.verticalScrollBar().setValue(0)

    def print_document(self) -> None:
        """The convocation of the line one is on."""
        if not self.print_button.isHidden():
            self._print(self.services.appointments.papers.issue)

    def _print_reminder(self) -> None:
        """The letter that was decided after the absence of the line."""
        self._print(self.services.appointments.reminders.issue)

    def _print(self, issue: Callable[[UUID], Printable]) -> None:
        view = self._current()
        paper = self.guard.run(lambda: issue(view.id), refused=self.tell) if view else None
        if paper is not None:
            self.saved.emit(self.services.clock.now())
            self.printing.ask(paper)

    def _do_usual(self) -> None:
        view = self._current()
        if view is None or not self._may(Right.WRITE_APPOINTMENT):
            return
        if view.awaits_answer and self._may(Right.DECIDE):
            self._ask(_ANSWER)
        elif view.awaits_outcome:
            self._ask(_OUTCOME)
        elif view.standing is Standing.PLANNED:
            self._ask(_HANDED)

    def _ask(self, act: str) -> None:
        view = self._current()
        panel = self._panel(f"{act}.{view.id}") if view else None
        if panel is not None and self.person is not None and view is not None:
            self.desk.ask(f"{act}.{view.id}", self.person, panel)
            self.body.verticalScrollBar().setValue(0)

    def _panel(self, name: str) -> FactPanel | None:
        """The panel of an act and a line (« issue.<number> »), or of a new appointment."""
        act, _, id_ = name.partition(".")
        self._asked_of = UUID(id_) if id_ else None
        if act == NEW:
            return self._fixing(self.person) if self.person else None
        view = self._views.get(UUID(id_))
        makers: dict[str, Callable[[AppointmentView], FactPanel]] = {
            _OUTCOME: lambda one: panels.outcome_panel(self._ground, one),
            _ANSWER: lambda one: panels.answer_panel(
                self._ground, one, reframed=self._was_reframed(), answered=self._on_answered
            ),
            _HANDED: lambda one: panels.handing_panel(self._ground, one),
            _MOVED: lambda one: panels.moving_panel(self._ground, one),
            _CANCELLED: lambda one: panels.cancelling_panel(self._ground, one),
        }
        return makers[act](view) if view else None

    def _fixing(self, person: UUID, kind: str = "") -> FactPanel:
        return panels.fixing_panel(self._ground, person, kind)

    def _was_reframed(self) -> bool:
        answers = (event.detail.get("answer") for one in self._views.values() for event in one.events)
        return Answer.REFRAMED in answers

    def _on_answered(self, kind: str) -> None:
        self._next_kind = kind

    def _reopen(self) -> None:
        view, draft = self._current(), self.services.appointments.draft
        if view is not None:
            self.act(lambda: draft.reopen(view.id), "Le rendez-vous est de nouveau prévu.")

    def _on_recorded(self) -> None:
        self.band.clear()
        before = set(self._views)
        self.saved.emit(self.services.clock.now())
        self.reload()
        made = [one for one in self._views.values() if one.id not in before]
        if made:
            self._tell_made(made[0])
        else:
            self.notice.show_sentence("Noté.")
        kind, self._next_kind = self._next_kind, ""
        if kind and self.person is not None:
            self._asked_of = None
            self.desk.ask(NEW, self.person, self._fixing(self.person, kind), anew=True)
            self.notice.show_sentence("Noté. Il reste à fixer ce rendez-vous.")
        elif self._reminder_decided():
            self.notice.show_sentence("Noté. Le courrier de rappel peut s’imprimer.")
            self.reminder.setFocus()
        else:
            self._give_focus_back()

    def _reminder_decided(self) -> bool:
        """What was just noted about the line is the letter, which is then offered."""
        view = self._current()
        return view is not None and not self.reminder.isHidden() and view.events[-1] == last_reminder(view.events)

    def _tell_made(self, view: AppointmentView) -> None:
        """A new one may be taken back; one that was moved is moved again."""
        self._put_cursor(str(view.id))
        undo = None
        if view.appointment.replaces_id is None:
            bin_ = self.services.appointments.draft.bin
            self.history.push(Step("Rendez-vous mis à la corbeille", lambda: bin_(view.id)))
            undo = self.undo
        self.notice.show_sentence(f"Fixé{NBSP}: {panels.title_of(view)}.", undo)

    def _on_printed(self, said: str) -> None:
        self.notice.show_sentence(said)
        self.reload()
        self._give_focus_back()

    def _put_cursor(self, id_: str) -> None:
        for number, row in enumerate(self.table.records.rows):
            if str(row.key) == id_:
                self.table.setCurrentIndex(self.table.records.index(number, 0))

    def _give_focus_back(self) -> None:
        (self.table if self._views else self.primary).setFocus()


def _then(view: AppointmentView) -> Then:
    noted = view.breach.id if view.breach else None
    return Then(view.appointment, met=view.was_met, missed=view.was_missed, breach=noted)


def _outcome_verb(view: AppointmentView) -> str:
    """What noting an outcome is called, where one is known already."""
    if view.standing is Standing.PROOF_AWAITED:
        return "Justificatif reçu ou non"
    return "Corriger l’issue" if view.outcome else "Noter l’issue"
