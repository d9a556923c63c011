"""« Dessaisissement » of one person: proposed, where it stands step by step, what is left before closing."""

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain.handover import ANSWER, BEFORE_RECEIPT, COURSE, OPEN, Step, mistaken
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.handover import Followed
from spip_desktop.services.printing import Printable
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.handover import panels
from spip_desktop.ui.handover.panels import Panels
from spip_desktop.ui.handover.parts import before_closing, past_rows, said, step_rows
from spip_desktop.ui.labels import EmptyState, Paragraph, Section, SmallText
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.steps import StepRow
from spip_desktop.ui.table import Column, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import handover as words
from spip_desktop.wording import sentence

KIND = "person.handover"
_STEPS = (Column("Étape", 184), Column("Le", 120), Column("Noté par", 152), Column("Remarque"))
_PAST = (Column("Proposé le", 112), Column("Service"), Column("Suite", 216))
#: The panel of the primary button at each step.
_NEXT = {Step.PROPOSED: ANSWER, Step.ACCEPTED: panels.RECEIVE, Step.RECEIVED: panels.MEET}


class HandoverPage(DossierPage):
    """One handover at a time; those that are over stay below."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, words.TITLE, KIND)
        self.followed: Followed | None = None
        self._mistaken: UUID | None = None
        self.desk = FactDesk(services.desk, services.clock, "handover_fact", guard.report)
        self.course = StepRow()
        self.mistake = LinkButton("", name="handover.mistake")
        self.proposal = Section("La proposition", name="handover.proposal", gap=8)
        self.steps = TableView(_STEPS, name="handover.steps", label="Étapes du dessaisissement")
        self.steps_section = Section("Étapes", self.steps, gap=4)
        self.closing = Section("Avant de clore", name="handover.closing", gap=8)
        self.past = TableView(_PAST, name="handover.past", label="Dessaisissements terminés")
        self.past_section = Section("Auparavant", self.past, gap=4)
        self.empty = EmptyState(words.EMPTY, words.EMPTY_ADVICE)
        self.assignment = LinkButton("Affecter à un collègue de ce service", name="handover.assign")
        self.other_way = SmallText(words.NOT_AN_ASSIGNMENT)
        self._build_head()
        link, self.mistake_row = FlowRow(gap=16), FlowRow(gap=16)
        link.add(self.assignment)
        self.mistake_row.add(self.mistake)
        parts = (self.desk, self.course, self.empty, self.closing, self.steps_section, self.mistake_row, self.proposal)
        for part in (*parts, self.past_section, self.other_way, link):
            self.inside.addWidget(part)
        self._connect()

    def _build_head(self) -> None:
        self.withdraw = self.add_action(
            "Retirer", "trash", lambda: self._ask(panels.WITHDRAW), name="handover.withdraw"
        )
        self.change = self.add_action("Modifier", "pencil", lambda: self._ask(panels.CHANGE), name="handover.change")
        self.transfer = self.add_action(
            "Préparer le transfert",
            "upload",
            lambda: self.go("transfers.prepare", self.person, "handover"),
            name="handover.transfer",
        )
        self.print_button = self.add_action("Fiche de liaison", "printer", self.print_document, name="handover.liaison")
        self.primary = self.set_primary(words.PROPOSE, do=self._next, name="handover.next")
        self.printing = PrintLine(self.services.printing)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(outer.count() - 1, self.printing)

    def _connect(self) -> None:
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.print_button.setFocus)
        self.assignment.clicked.connect(lambda: self.go("person.situation", self.person, "assignments"))
        self.mistake.clicked.connect(self._take_back)
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(self._on_left)
        self.desk.saved.connect(self.note_saved)
        self.desk.failed.connect(self.save_failed)

    # -- showing ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """The next act has the focus; a panel that was being filled comes back."""
        if place.id != self.person:
            self.printing.hide()
        self.desk.close_panel()
        super().open(place)
        if self.content.isHidden() or self.person is None:
            return
        self.desk.come_back(self.person, self._panel)
        if self.desk.panel is None and place.field == ANSWER and self._awaits_answer():
            self._ask(ANSWER)
        elif self.desk.panel is None and place.field in ("", ANSWER):
            self._first().setFocus()

    def show_values(self, person_id: UUID) -> None:
        every = self.services.handovers.of_person(person_id)
        newest = next(iter(every), None)
        self._show_mistake(newest)
        kept_in_sight = newest is not None and (newest.step in OPEN or newest.step is Step.MET)
        self.followed = newest if kept_in_sight else None
        past = [one for one in every if one is not self.followed]
        self.empty.setVisible(self.followed is None)
        for part in (self.course, self.proposal, self.steps_section, self.closing):
            part.setVisible(self.followed is not None)
        if self.followed:
            self._show(self.followed, person_id)
        self.past_section.setVisible(bool(past))
        self.past.set_rows(past_rows(past))
        self._show_head()

    def _show(self, one: Followed, person_id: UUID) -> None:
        self.course.set_steps([words.STEPS[step] for step in COURSE], COURSE.index(one.step))
        self.proposal.empty()
        self.proposal.add(said(one))
        self.steps.set_rows(step_rows(one))
        self.closing.empty()
        left = before_closing(one, still_followed=self.services.handovers.still_followed(person_id))
        if one.taking and one.step in words.TAKE_NEXT:
            self.closing.add(Paragraph(french_spaces(words.TAKE_NEXT[one.step])))
        self.closing.add(Paragraph(left))

    def _show_mistake(self, newest: Followed | None) -> None:
        """The way back from a step noted by mistake, for who noted it today; of a handover that is over too."""
        context, today = self.services.context, self.services.clock.today()
        found = mistaken(newest.steps, context.officer_id, today) if newest else None
        self._mistaken = newest.handover.id if newest and found else None
        self.mistake_row.setVisible(found is not None and context.actor.may(Right.TRANSFER))
        if found:
            self.mistake.setText(words.take_back(Step(found.code)))

    def _show_head(self) -> None:
        one, actor = self.followed, self.services.context.actor
        acts = actor.may(Right.TRANSFER)
        before = one is not None and one.step in BEFORE_RECEIPT and not one.taking
        self.primary.setVisible(acts)
        self.primary.setText(words.ACTS[one.step][one.taking] if one and one.step in _NEXT else words.PROPOSE)
        for button in (self.withdraw, self.change):
            button.setVisible(acts and before)
        self.transfer.setVisible(acts and one is not None)
        self.print_button.setVisible(actor.may(Right.PRINT) and one is not None)

    def _awaits_answer(self) -> bool:
        return self.followed is not None and self.followed.step is Step.PROPOSED and not self.primary.isHidden()

    def _first(self) -> QWidget:
        return self.primary if not self.primary.isHidden() else self.body

    def flush(self) -> bool:
        return self.desk.flush()

    def leave(self) -> None:
        self.printing.stop()

    # -- acts ------------------------------------------------------------------------------------------------

    def _next(self) -> None:
        one = self.followed
        self._ask(_NEXT.get(one.step, panels.PROPOSE) if one else panels.PROPOSE)

    def _take_back(self) -> None:
        handover_id = self._mistaken
        if handover_id and self.act(lambda: self.services.handovers.take_back(handover_id), "Étape annulée."):
            self._first().setFocus()

    def _ask(self, name: str) -> None:
        panel = self._panel(name)
        if self.person is not None and panel is not None:
            self.notice.hide()
            self.desk.ask(name, self.person, panel)
            self.body.verticalScrollBar().setValue(0)

    def _panel(self, name: str) -> FactPanel | None:
        assert self.person is not None
        open_ = self.followed if self.followed and self.followed.step in OPEN else None
        reader = date_reader(self.services.clock.today, sentence)
        return Panels(self.services, reader, self.person, open_).make(name)

    def _on_recorded(self) -> None:
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.reload()
        self.notice.show_sentence("Noté.")
        self._first().setFocus()

    def _on_left(self) -> None:
        self.reload()
        self._first().setFocus()

    # -- paper -----------------------------------------------------------------------------------------------

    def print_document(self) -> None:
        """« Fiche de liaison » (Ctrl+P)."""
        one = self.followed
        if one is None or self.print_button.isHidden():
            return
        make = self.services.handovers.papers.liaison
        paper = self.guard.run(lambda: make(one.handover.id), refused=self.tell)
        if isinstance(paper, Printable):
            self.printing.ask(paper)
