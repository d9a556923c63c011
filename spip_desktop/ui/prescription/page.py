"""The page of one sheet: conditions, what is asked, what is passed on; beside it, what the partner will read."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.disclosure import lowered
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import PrescriptionView
from spip_desktop.ui import theme
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fact_desk import FactDesk
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Section
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.plan_links import PlanLinks
from spip_desktop.ui.prescription import course
from spip_desktop.ui.prescription.acts import SheetActs
from spip_desktop.ui.prescription.answer_files import AnswerFiles
from spip_desktop.ui.prescription.blocking import Blocking
from spip_desktop.ui.prescription.conditions import Conditions
from spip_desktop.ui.prescription.draft_form import DraftForm
from spip_desktop.ui.prescription.preview import WIDTH, PreviewSide
from spip_desktop.ui.prescription.specs import LEADS, TYPED, SheetRecord, where
from spip_desktop.ui.prescription.told import told
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.record_form import Target
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.prescription import STATES

KIND = "prescription"
#: The field of a place that leads to what the partner answered: the code of a paper, a call.
RETURN = "return"
#: What begins the field of a place that leads to a PDF filled in by the partner; its path follows.
FILLED = "pdf:"
_AFTER_SAVING = 120  # ms: several fields saved together make one new preview
_LEAST_CHARS = 61


class PrescriptionPage(DossierPage):
    """One sheet, draft or ready; the place's id is the sheet's."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Fiche de prescription", KIND)
        self.sheet: UUID | None = None
        self.view: PrescriptionView | None = None
        self.form: DraftForm | None = None
        self._shape: object = None
        self.tried, self._folded = False, False
        self.parse = date_reader(services.clock.today, sentence)
        self.printing = PrintLine(services.printing)
        self.conditions = Conditions()
        self.blocking = Blocking()
        self.tasks = Tasks(self)
        self.answer = AnswerFiles(services.prescriptions.forms, self.tasks)
        self.serves = PlanLinks("sheet.serves")
        self.facts = Section("Ce qui s’est passé", name="facts", gap=4)
        self.panels = FactDesk(services.desk, services.clock, "prescription_fact", guard.report)
        self._form_place = column(gap=0)
        self.side = PreviewSide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_SAVING)
        self._soon.timeout.connect(self._refresh)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit_side)
        self.acts = SheetActs(self)
        self._build()

    def _build(self) -> None:
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        acts = self.acts
        self.bin_button = self.add_action("Mettre à la corbeille", "trash", acts.bin, name="sheet.bin")
        self.cancel_button = self.add_action("Annuler la fiche", do=acts.cancel, name="sheet.cancel")
        self.amend_button = self.add_action("Nouvelle version", do=acts.amend, name="sheet.amend")
        self.withdraw_button = self.add_action("Noter le retrait", do=acts.withdraw, name="sheet.withdraw")
        self.agree_button = self.add_action("Noter l’accord", do=acts.agree, name="sheet.agree")
        self.print_button = self.add_action("Imprimer le projet", "printer", self.print_document, name="sheet.print")
        self.primary = self.set_primary("Rendre la fiche prête", do=acts.next, name="sheet.next")
        # After the head: Tab follows the order in which parts are put in the page.
        for part in (self.panels, self.serves, self.blocking, self.facts, self.answer, self.conditions):
            self.inside.addWidget(part)
        self.inside.addLayout(self._form_place)
        self.set_side(self.side)
        self.panels.recorded.connect(acts.recorded)
        self.panels.left.connect(self.primary.setFocus)
        self.panels.saved.connect(self.note_saved)
        self.panels.failed.connect(self.save_failed)
        self.printing.printed.connect(self._on_printed)
        self.printing.failed.connect(self.band.show_sentence)
        self.conditions.asked.connect(self._go_to_rule)
        self.conditions.passed_over.connect(acts.pass_over)
        self.conditions.taken_back.connect(acts.take_back)
        self.blocking.wanted.connect(self.go_to_field)
        self.answer.saved.connect(self.notice.show_sentence)
        self.answer.read.connect(acts.show_read)
        self.answer.refused.connect(lambda refusal: self.refuse_file(sentence(refusal)))

    # -- opening ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Open the sheet of the place, once its dossier is open to this officer."""
        if place.id is None:
            return
        if place.id != self.sheet:
            self.tried, self._shape = False, None
            self.printing.hide()
            self.notice.hide()
            self.panels.close_panel()
        self.sheet = place.id
        person = self.services.prescriptions.reading.person_of(place.id)
        super().open(Place(place.kind, person, place.field))
        self._place = place
        if not self.content.isHidden():
            self._begin(place.field)

    def _begin(self, field: str) -> None:
        """The first thing to do has the focus: what was begun, the answer, the first field of a draft, the next act."""
        if self.sheet and self.panels.panel is None:
            self.panels.come_back(self.sheet, self.acts.panel)
        if field == RETURN:
            if self.panels.panel is None:
                self.acts.note_return()
        elif field.startswith(FILLED):
            self.answer.read_file(Path(field.removeprefix(FILLED)))
        elif self.panels.panel is not None and not field:
            self.panels.panel.start()
        elif field:
            return
        elif self.form:
            self.form.start()
        elif not self.primary.isHidden():
            self.primary.setFocus()

    def show_values(self, person_id: UUID) -> None:
        if self.sheet is None:
            return
        view = self.services.prescriptions.view(self.sheet)
        self._fit_form(view)
        if self.form:
            self.form.show_view(view)
        self._show(view)

    def flush(self) -> bool:
        typed = self.panels.flush()
        return (self.form.flush() if self.form else True) and typed

    def leave(self) -> None:
        self.printing.stop()
        self.tasks.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._fold(self._is_narrow())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if hasattr(self, "_fitting") and event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fitting.start()

    def _fit_side(self) -> None:
        """At another text size: what was opened by hand stays, unless there is no room for it any more."""
        if self._is_narrow() != self._folded:
            self._fold(self._is_narrow())

    def _fold(self, folded: bool) -> None:
        self._folded = folded
        if not self.content.isHidden():
            self.fold_side(folded)

    def _is_narrow(self) -> bool:
        """The paper is wide: it folds as soon as the form would have less than sixty characters."""
        worn = theme.current()
        return self.width() < worn.px(WIDTH + 48) + worn.chars(_LEAST_CHARS)

    def _fit_form(self, view: PrescriptionView) -> None:
        """Make the form of a draft anew where its lists changed; a ready sheet has none."""
        shape = (
            view.prescription.id,
            view.prescription.is_frozen,
            [one.code for one in view.ticks],
            view.letterheads,
            [one.code for one in view.typed],
            [one.code for one in view.judged],
            [(one.service_id, one.label, one.why) for one in view.partners],
        )
        if shape == self._shape:
            return
        self._shape = shape
        clear(self._form_place)
        self.form = None
        if view.prescription.is_frozen:
            return
        service = self.services.prescriptions.draft
        target = Target(KIND, service.save_fields, self.services.desk, self.guard.report, shape=SheetRecord)
        self.form = DraftForm(view, target, self.parse)
        self.form.saved.connect(self._on_saved)
        self.form.failed.connect(self.save_failed)
        self.form.done.connect(self.history.push)
        self.form.words_read.connect(self.acts.read_words)
        self.form.partner_wanted.connect(self.acts.change_partner)
        self._form_place.addWidget(self.form)

    # -- showing ---------------------------------------------------------------------------------------------

    def _show(self, view: PrescriptionView) -> None:
        self.view = view
        self.conditions.show_results(view.results, view.prescription, tuple(LEADS))
        self._show_head(view)
        self._show_plan(view)
        self._show_facts(view)
        self.show_blocking(view.blocking if self.tried else ())
        if self.sheet:
            self.side.show_bytes(self.services.prescriptions.papers.preview(self.sheet), has_back=view.has_back)

    def _show_head(self, view: PrescriptionView) -> None:
        may = self.services.context.actor.may(Right.WRITE_PRESCRIPTION)
        words = course.next_act(view)
        self.primary.setText(words or course.MAKE_READY)
        self.primary.setVisible(bool(words))
        self.primary.set_available(may, "" if may else "Votre rôle ne permet pas de modifier une fiche.")
        draft = view.state is SheetState.DRAFT
        self.print_button.setText("Imprimer le projet" if draft else "Imprimer")
        self.print_button.setVisible(words != course.PRINT)
        self.agree_button.setVisible(view.may_answer and words != course.AGREE)
        self.withdraw_button.setVisible(SheetState.WITHDRAWN in view.next_states)
        self.amend_button.setVisible(view.may_amend and view.begun is None and may)
        self.bin_button.setVisible(draft)
        self.cancel_button.setVisible(SheetState.CANCELLED in view.next_states)
        state = STATES[view.state].lower()
        if view.prescription.number > 1:
            state = f"version {view.prescription.number}, {state}"
        serves = f", pour l’objectif {view.objective_number} du PACEP" if view.objective_number else ""
        # Last: the head measures the buttons that are in sight.
        self.set_title(f"Fiche{NBSP}: {lowered(view.recipient_label)}", f"{state}{serves}")

    def _show_plan(self, view: PrescriptionView) -> None:
        """The objective and the action that the sheet serves, one click away for who may read the plan."""
        given = view.prescription
        served = [one for one in (given.objective_lineage, given.action_lineage) if one]
        may = self.services.context.actor.may(Right.READ_PACEP)
        lines = self.services.pacep.reading.lines(given.person_id, served) if served and may else ()
        self.serves.show_lines(given.person_id, lines, self.went.emit)

    def _show_facts(self, view: PrescriptionView) -> None:
        self.answer.show_view(view, may=self.services.context.actor.may(Right.WRITE_PRESCRIPTION))
        course.fill(self.facts, view, told(view), lambda id_: self.go("prescription", id_))
        plan = self.sheet and self.services.prescriptions.returns.plan_to_review(self.sheet)
        if plan and self.services.context.actor.may(Right.WRITE_PACEP):
            course.offer_review(self.facts, self.acts.propose_review)

    def show_blocking(self, found: Sequence[Problem]) -> None:
        """What keeps the sheet from being ready, here and beside the fields."""
        self.blocking.show_problems(found)
        if self.form:
            self.form.show_problems({one.field: sentence(one) for one in found if one.field})

    def _on_saved(self, at: datetime) -> None:
        self.saved.emit(at)
        self._soon.start()

    def _refresh(self) -> None:
        """Show what follows from a saved change; the fields themselves are not touched."""
        if self.sheet is None or self.form is None:
            return
        view = self.guard.run(lambda sheet=self.sheet: self.services.prescriptions.view(sheet), refused=self.tell)
        if view is None:
            return
        before = self.view
        if before and course.boxes(before) != course.boxes(view):
            self._make_anew(view)
            return
        self.form.show_derived(view)
        self._show(view)
        if before and before.prescription.service_id != view.prescription.service_id:
            self.form.show_view(view)

    def _make_anew(self, view: PrescriptionView) -> None:
        """The letterhead changed what is on the sheet: other boxes to tick, the focus where it was."""
        focused, bar = QApplication.focusWidget(), self.body.verticalScrollBar()
        name, place = focused.objectName() if focused else "", bar.value()
        self.flush()
        self.show_values(view.prescription.person_id)
        self.show_field(name)
        QTimer.singleShot(0, self, lambda: bar.setValue(place))  # once the new form has its height

    # -- printing --------------------------------------------------------------------------------------------

    def print_document(self) -> None:
        self.acts.print_document()

    def _on_printed(self, said: str) -> None:
        self.notice.show_sentence(said)
        self.reload()
        self.primary.setFocus()

    # -- going there -----------------------------------------------------------------------------------------

    def _go_to_rule(self, rule: str) -> None:
        if self.view is None:
            return
        kind, field = where(self.view, rule)
        if kind:
            self.go(kind, self.person, field)
        else:
            self.show_field(field)

    def refuse_file(self, why: str) -> None:
        """Say why a file is not read; what was told of the one before no longer holds."""
        self.notice.hide()
        self.band.show_sentence(why)

    def go_to_field(self, field: str) -> None:
        if field == "rules":
            self.conditions.show_panel()
            return
        wanted = {"partner_id": "service_id", "read_words": "words.read"}.get(field, field)
        if not self.show_field(wanted):
            self.show_field(f"{TYPED}{wanted}")
