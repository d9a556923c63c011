"""One step on the page: shown, saved as one types, its findings made, changed and put in the bin."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_findings import Words
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.elsewhere import CODE
from spip_desktop.ui.evaluation.finding_saving import finding_code
from spip_desktop.ui.evaluation.saving import StepSaver
from spip_desktop.ui.evaluation.step_view import StepView

if TYPE_CHECKING:
    from spip_desktop.ui.evaluation.page import EvaluationPage


class StepDesk:
    """`shown` is the step in the middle of the page, None while something else stands there."""

    def __init__(self, page: "EvaluationPage") -> None:
        self._page, self._evaluations = page, page.services.evaluations
        self.shown: StepView | None = None
        self._saver: StepSaver | None = None
        self.autosave = Autosave(self._save, page, report=page.guard.report, drafts=self._drafts_of)
        self.autosave.saved.connect(self._on_saved)
        self.autosave.failed.connect(page.save_failed)
        self.autosave.refused.connect(self._on_refused)

    def show(self, view: EvaluationView, code: str) -> StepView:
        """Put a step in the middle of the page, with what was typed and not accepted the last time."""
        page = self._page
        shown = StepView(view, view.session.form.step(code), page.read_date, page.services.clock.today())
        page.put(shown)
        self.shown, self._saver = shown, StepSaver(page.services, view, shown)
        shown.edited.connect(self.autosave.touch)
        shown.left.connect(page.flush)
        shown.finding_asked.connect(self._add_finding)
        shown.finding_edited.connect(lambda id_, field: self.autosave.touch(finding_code(id_, field)))
        shown.finding_binned.connect(self._bin_finding)
        shown.finding_closed.connect(page.flush)
        shown.reviewed.connect(self._review)
        shown.went.connect(page.show_field)
        if shown.analysis:
            findings = self._evaluations.findings
            shown.analysis.prioritised.connect(lambda id_, on: page.do(partial(findings.prioritise, id_, on)))
            shown.analysis.moved.connect(lambda id_, steps: page.do(partial(findings.move, id_, steps)))
        if not view.evaluation.is_frozen:
            self.autosave.touch_all(self._saver.show_drafts())
            if self._saver.contested:
                self._tell_other()
        return shown

    def refresh(self, view: EvaluationView) -> None:
        """After a save or an act: states, findings; never the words being typed."""
        if self.shown and self._saver:
            self._saver.take_locks(view)
            self.shown.refresh(view)

    def forget(self) -> None:
        """The step leaves the page."""
        if self._saver and self._saver.contested:
            self._page.band.clear()  # it speaks of the step that goes
        if self.shown:
            self.shown.state.hide()
            self.shown.state.deleteLater()  # at large text it stands beside the list of steps
        self.shown = self._saver = None
        self.autosave.forget()

    # -- acts --------------------------------------------------------------------------------------------------

    def _add_finding(self, kind: FindingKind, from_words: bool) -> None:
        page, view = self._page, self._page.version()
        if self.shown is None or view is None or not page.flush():
            return
        words = Words(*self.shown.note.editor.selection()) if from_words else None
        step, findings, made = self.shown.step.code, self._evaluations.findings, list[UUID]()
        add = partial(findings.add, view.evaluation.id, step, kind, words)
        page.act(lambda: made.append(add()), undo=lambda: findings.bin(made[0]))
        self.shown.other_bar.hide()
        row = self.shown.row_of(made[0]) if made else None
        if row is not None:
            row.open_fields()
            page.body.ensureWidgetVisible(row)

    def _bin_finding(self, id_: UUID) -> None:
        if self._page.flush():
            findings = self._evaluations.findings
            self._page.act(partial(findings.bin, id_), "Constat mis à la corbeille", partial(findings.restore, id_))

    def _review(self) -> None:
        view = self._page.version()
        if view is not None and self.shown is not None:
            field = view.fields[self.shown.step.code].value.id
            self._page.do(partial(self._evaluations.draft.review, field))

    # -- saving ------------------------------------------------------------------------------------------------

    def _save(self, codes: frozenset[str]) -> datetime | None:
        return self._saver.save(codes) if self._saver else None

    def _drafts_of(self, codes: frozenset[str]) -> list[Draft]:
        return self._saver.drafts_of(codes) if self._saver else []

    def _on_saved(self, at: datetime) -> None:
        self._page.saved.emit(at)
        self._page.refresh()

    def _on_refused(self, refusal: Refusal) -> None:
        if self._saver and self._saver.contested:
            self._tell_other()
            return
        self._page.tell(refusal)
        view = self._page.version()
        if self._saver and view is not None and refusal.code == CODE:
            self._saver.take_locks(self._evaluations.reading.view(view.evaluation.id))

    def _tell_other(self) -> None:
        """What was written elsewhere over what is typed here: kept beside until one says which holds."""
        if self._saver:
            told = f"Changé entre-temps, maintenant{NBSP}: {self._saver.other_words()}. Votre texte est gardé ici."
            self._page.band.show_sentence(told, "Garder le mien", self._keep_mine)

    def _keep_mine(self) -> None:
        if self._saver is None:
            return
        at = self._page.guard.run(partial(self._saver.settle, mine=True), refused=self._page.tell)
        if at is not None:
            self._page.band.clear()
            self._on_saved(at)
