"""The page of one sheet: conditions, what is asked, what is passed on; beside it, what the partner will read."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.disclosure import lowered
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import PrescriptionView
from spip_desktop.services.printing import Printable
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Section
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.prescription import course, facts
from spip_desktop.ui.prescription.conditions import Conditions
from spip_desktop.ui.prescription.draft_form import DraftForm
from spip_desktop.ui.prescription.new_page import for_draft
from spip_desktop.ui.prescription.preview import WIDTH, PreviewSide
from spip_desktop.ui.prescription.specs import LEADS, TYPED, SheetRecord, where
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.record_form import Target
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.prescription import STATES

KIND = "prescription"
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
        self._tried, self._folded = False, False
        self._parse = date_reader(services.clock.today, sentence)
        self.printing = PrintLine(services.printing)
        self.conditions = Conditions()
        self.blocking = Section("Pour la rendre prête", name="blocking", gap=4)
        self.facts = Section("Ce qui s’est passé", name="facts", gap=4)
        self._panel_holder = QWidget()
        self._panel_place, self._form_place = column(self._panel_holder, gap=0), column(gap=0)
        self._panel: facts.FactPanel | None = None
        self.side = PreviewSide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_SAVING)
        self._soon.timeout.connect(self._refresh)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit_side)
        self._build()

    def _build(self) -> None:
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        self.bin_button = self.add_action("Mettre à la corbeille", "trash", self._bin, name="sheet.bin")
        self.cancel_button = self.add_action(
            "Annuler la fiche", do=lambda: self._open_panel(facts.cancel_panel), name="sheet.cancel"
        )
        self.amend_button = self.add_action("Nouvelle version", do=self._amend, name="sheet.amend")
        self.withdraw_button = self.add_action(
            "Noter le retrait", do=lambda: self._open_panel(facts.withdrawal_panel), name="sheet.withdraw"
        )
        self.agree_button = self.add_action("Noter l’accord", do=self._agree, name="sheet.agree")
        self.print_button = self.add_action("Imprimer le projet", "printer", self.print_document, name="sheet.print")
        self.primary = self.set_primary("Rendre la fiche prête", do=self._next, name="sheet.next")
        # After the head: Tab follows the order in which parts are put in the page.
        self._panel_holder.hide()
        for part in (self._panel_holder, self.blocking, self.facts, self.conditions):
            self.inside.addWidget(part)
        self.inside.addLayout(self._form_place)
        self.set_side(self.side)
        self.printing.printed.connect(self._on_printed)
        self.printing.failed.connect(self.band.show_sentence)
        self.conditions.asked.connect(self._go_to_rule)
        self.conditions.passed_over.connect(self._pass_over)
        self.conditions.taken_back.connect(self._take_back)

    # -- opening ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """Open the sheet of the place, once its dossier is open to this officer."""
        if place.id is None:
            return
        if place.id != self.sheet:
            self._tried, self._shape = False, None
            self.printing.hide()
            self.notice.hide()
            self._close_panel()
        self.sheet = place.id
        person = self.services.prescriptions.reading.person_of(place.id)
        super().open(Place(place.kind, person, place.field))
        self._place = place

    def show_values(self, person_id: UUID) -> None:
        if self.sheet is None:
            return
        view = self.services.prescriptions.view(self.sheet)
        self._fit_form(view)
        if self.form:
            self.form.show_view(view)
        self._show(view)

    def flush(self) -> bool:
        return self.form.flush() if self.form else True

    def leave(self) -> None:
        self.printing.stop()

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
        self.form = DraftForm(view, target, self._parse)
        self.form.saved.connect(self._on_saved)
        self.form.failed.connect(self.save_failed)
        self.form.done.connect(self.history.push)
        self.form.words_read.connect(self._read_words)
        self.form.partner_wanted.connect(self._change_partner)
        self._form_place.addWidget(self.form)

    # -- showing ---------------------------------------------------------------------------------------------

    def _show(self, view: PrescriptionView) -> None:
        self.view = view
        self.conditions.show_results(view.results, view.prescription, tuple(LEADS))
        self._show_head(view)
        self._show_facts(view)
        self._show_blocking(view.blocking if self._tried else ())
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

    def _show_facts(self, view: PrescriptionView) -> None:
        course.fill(self.facts, view, facts.told(view), lambda id_: self.go("prescription", id_))

    def _show_blocking(self, found: Sequence[Problem]) -> None:
        """What keeps the sheet from being ready, each one a link to its field."""
        self.blocking.empty()
        self.blocking.setVisible(bool(found))
        for number, one in enumerate(found, 1):
            link = LinkButton("Y aller", name=f"blocking.{number}")
            link.setAccessibleName(f"Y aller{NBSP}: {sentence(one)}")
            link.clicked.connect(lambda _=False, field=one.field: self._go_to_field(field))
            self.blocking.add(course.told(sentence(one), link))
        if self.form:
            self.form.show_problems({one.field: sentence(one) for one in found})

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

    # -- acts ------------------------------------------------------------------------------------------------

    def _next(self) -> None:
        view = self.view
        if view is None or not self.flush():
            return
        if view.state is SheetState.DRAFT:
            self._make_ready()
        elif view.why_replaced:
            self._prepare_edition()
        elif self.primary.text() == course.PRINT:
            self.print_document()
        elif view.state is SheetState.READY:
            self._agree()
        elif view.state is SheetState.AGREED:
            self._open_panel(facts.handing_over_panel)
        else:
            self._open_panel(facts.following_panel)

    def _make_ready(self) -> None:
        sheet = self.sheet
        refusals: list[Refusal] = []
        self._tried = True
        self.guard.run(lambda: sheet and self.services.prescriptions.course.make_ready(sheet), refused=refusals.append)
        if refusals:
            self._show_blocking(refusals[0].problems)
            self._go_to_field(refusals[0].problems[0].field)
            return
        self._done("La fiche est prête : imprimez-la, puis notez l’accord signé.")

    def _done(self, said: str) -> None:
        self._tried = False
        self.history.clear()
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.notice.show_sentence(said)
        self.reload()
        self.primary.setFocus()

    def _agree(self) -> None:
        self._open_panel(facts.agreement_panel)

    def _prepare_edition(self) -> None:
        """Leave this edition for the draft that replaces it."""
        sheet = self.sheet
        prepare = self.services.prescriptions.course.prepare_edition
        new = self.guard.run(lambda: sheet and prepare(sheet), refused=self.tell)
        if new:
            self.history.clear()
            self.go("prescription", new)
            self.notice.show_sentence(f"Nouvelle version préparée{NBSP}: relisez-la, puis rendez-la prête.")

    def _amend(self) -> None:
        made: list[UUID] = []
        prescriptions, today = self.services.prescriptions, self.services.clock.today()
        self._open_panel(lambda *_: facts.amendment_panel(prescriptions, self.view, today, made.append))  # type: ignore[arg-type]
        if self._panel:
            self._panel.recorded.connect(lambda: self.go("prescription", made[0]))

    def _open_panel(self, make: Callable[..., facts.FactPanel]) -> None:
        self._close_panel()
        if self.view is None:
            return
        self._panel = make(self.services.prescriptions, self.view, self._parse, self.services.clock.today())
        self._panel.recorded.connect(self._on_recorded)
        self._panel.left.connect(self._close_panel)
        self._panel_place.addWidget(self._panel)
        self._panel_holder.show()
        self.body.verticalScrollBar().setValue(0)
        self._panel.start()

    def _close_panel(self) -> None:
        self._panel = None
        clear(self._panel_place)
        self._panel_holder.hide()

    def _on_recorded(self) -> None:
        self._close_panel()
        self._done("Noté.")

    def _change_partner(self) -> None:
        if self.sheet and self.person and self.flush():
            self.went.emit(for_draft(self.person, self.sheet))

    def _pass_over(self, rule: str, reason: str) -> None:
        sheet, service = self.sheet, self.services.prescriptions.draft
        if sheet and self.flush():
            self.act(
                lambda: service.pass_over(sheet, rule, reason), "Motif noté", lambda: service.take_back(sheet, rule)
            )

    def _take_back(self, rule: str) -> None:
        sheet, view, service = self.sheet, self.view, self.services.prescriptions.draft
        before = view.prescription.override(rule) if view else None
        if sheet and before and self.flush():
            reason = before.reason
            self.act(
                lambda: service.take_back(sheet, rule), "Motif retiré", lambda: service.pass_over(sheet, rule, reason)
            )

    def _read_words(self) -> None:
        sheet = self.sheet
        if sheet and self.flush():
            self.act(lambda: self.services.prescriptions.draft.mark_read(sheet))

    def _bin(self) -> None:
        sheet, service = self.sheet, self.services.prescriptions.draft
        if sheet is None or self.person is None:
            return
        if self.act(lambda: service.bin(sheet), "Fiche mise à la corbeille", lambda: service.restore(sheet)):
            self.go("person.prescriptions", self.person)

    # -- printing --------------------------------------------------------------------------------------------

    def print_document(self) -> None:
        """Print the issued sheet, or the draft marked « PROJET »."""
        if self.sheet is None or self.view is None or not self.flush():
            return
        sheet, papers = self.sheet, self.services.prescriptions.papers
        make = papers.project if self.view.state is SheetState.DRAFT else papers.issued
        self.band.clear()
        paper = self.guard.run(make, sheet, refused=self.tell)
        if isinstance(paper, Printable):
            self.printing.ask(paper)

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

    def _go_to_field(self, field: str) -> None:
        if field == "rules":
            self.conditions.show_panel()
            return
        wanted = {"partner_id": "service_id", "read_words": "words.read"}.get(field, field)
        if not self.show_field(wanted):
            self.show_field(f"{TYPED}{wanted}")
