"""What an officer does on the page of a sheet: each act is one call of a service, then the page is read again."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import PrescriptionService, PrescriptionView, ReadForm
from spip_desktop.services.printing import Printable
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import Parse
from spip_desktop.ui.prescription import course, facts
from spip_desktop.ui.prescription.new_page import for_draft
from spip_desktop.ui.prescription.return_panel import read_panel, return_panel
from spip_desktop.wording import sentence

if TYPE_CHECKING:
    from spip_desktop.ui.prescription.page import PrescriptionPage

MakePanel = Callable[[PrescriptionService, PrescriptionView, Parse, date], FactPanel]
#: The panels by name, as their drafts keep them.
AGREE, HAND_OVER, RETURN, CANCEL, WITHDRAW, AMEND = "agree", "hand_over", "return", "cancel", "withdraw", "amend"
_PANELS: dict[str, MakePanel] = {
    AGREE: facts.agreement_panel,
    HAND_OVER: facts.handing_over_panel,
    RETURN: return_panel,
    CANCEL: facts.cancel_panel,
    WITHDRAW: facts.withdrawal_panel,
}
_NOT_AWAITED = f"Cette fiche n’attend plus de réponse{NBSP}: rien n’est noté."
_NOT_FILLED = f"Ce PDF n’est pas rempli{NBSP}: aucune réponse n’y est écrite. Rien n’est noté."
_HAND_OVER_FIRST = f"La remise n’est pas encore notée{NBSP}: notez-la d’abord, puis la réponse du partenaire."


class SheetActs:
    """The acts of one page; what they need of it is what it shows."""

    def __init__(self, page: "PrescriptionPage") -> None:
        self.page = page
        self.services, self.guard = page.services.prescriptions, page.guard
        self._amended: list[UUID] = []  # the version that an amendment has just made

    # -- the one thing to do next ----------------------------------------------------------------------------

    def next(self) -> None:
        view = self.page.view
        if view is None or not self.page.flush():
            return
        if view.state is SheetState.DRAFT:
            self.make_ready()
        elif view.why_replaced:
            self.prepare_edition()
        elif self.page.primary.text() == course.PRINT:
            self.print_document()
        elif view.state is SheetState.READY:
            self.agree()
        elif view.state is SheetState.AGREED:
            self.open_panel(HAND_OVER)
        else:
            self.open_panel(RETURN)

    def make_ready(self) -> None:
        page, refusals = self.page, list[Refusal]()
        page.tried = True
        self.guard.run(lambda: page.sheet and self.services.course.make_ready(page.sheet), refused=refusals.append)
        if refusals:
            page.show_blocking(refusals[0].problems)
            page.go_to_field(refusals[0].problems[0].field)
            return
        self._done(f"La fiche est prête{NBSP}: imprimez-la, puis notez l’accord signé.")

    def agree(self) -> None:
        self.open_panel(AGREE)

    def note_return(self) -> None:
        """From the code of a paper or a call: straight to what the partner answered."""
        view = self.page.view
        if view and view.state is SheetState.AGREED and not view.why_replaced:
            self.page.notice.show_sentence(_HAND_OVER_FIRST)
            self.open_panel(HAND_OVER)
        elif view and course.may_follow(view) and self.page.primary.isEnabled():
            self.open_panel(RETURN)

    def show_read(self, read: ReadForm) -> None:
        """The bilan with what the partner typed, for the officer to read and to note; what cannot be kept says why."""
        page = self.page
        if page.view is None or page.sheet is None:
            return
        page.band.clear()
        if page.view.state is SheetState.AGREED:
            self.note_return()
            return
        if SheetState.REPORTED not in page.view.next_states:
            page.refuse_file(_NOT_AWAITED)
            return
        if not any(read.typed.values()):
            page.refuse_file(_NOT_FILLED)
            return
        panel = read_panel(self.services, page.view, page.parse, page.services.clock.today(), read)
        page.panels.ask(RETURN, page.sheet, panel, anew=True)
        page.panels.keep()
        page.body.verticalScrollBar().setValue(0)
        problems = {one.field: sentence(one) for one in read.problems}
        panel.form.show_problems(problems)
        asked = f"{len(problems)} à revoir" if problems else "relisez-les, puis notez-les"
        page.notice.show_sentence(f"Réponses lues dans le PDF{NBSP}: {asked}.")

    # -- versions, ends --------------------------------------------------------------------------------------

    def prepare_edition(self) -> None:
        """Leave this edition for the draft that replaces it."""
        page = self.page
        prepare = self.services.course.prepare_edition
        new = self.guard.run(lambda: page.sheet and prepare(page.sheet), refused=page.tell)
        if new:
            page.history.clear()
            page.go("prescription", new)
            page.notice.show_sentence(f"Nouvelle version préparée{NBSP}: relisez-la, puis rendez-la prête.")

    def amend(self) -> None:
        self.open_panel(AMEND)

    def cancel(self) -> None:
        self.open_panel(CANCEL)

    def withdraw(self) -> None:
        self.open_panel(WITHDRAW)

    def bin(self) -> None:
        page, service = self.page, self.services.draft
        sheet = page.sheet
        if sheet is None or page.person is None:
            return
        if page.act(lambda: service.bin(sheet), "Fiche mise à la corbeille", lambda: service.restore(sheet)):
            page.go("person.prescriptions", page.person)

    # -- the draft -------------------------------------------------------------------------------------------

    def change_partner(self) -> None:
        page = self.page
        if page.sheet and page.person and page.flush():
            page.went.emit(for_draft(page.person, page.sheet))

    def pass_over(self, rule: str, reason: str) -> None:
        page, service = self.page, self.services.draft
        sheet = page.sheet
        if sheet and page.flush():
            page.act(
                lambda: service.pass_over(sheet, rule, reason), "Motif noté", lambda: service.take_back(sheet, rule)
            )

    def take_back(self, rule: str) -> None:
        page, service = self.page, self.services.draft
        sheet = page.sheet
        before = page.view.prescription.override(rule) if page.view else None
        if sheet and before and page.flush():
            reason = before.reason
            page.act(
                lambda: service.take_back(sheet, rule), "Motif retiré", lambda: service.pass_over(sheet, rule, reason)
            )

    def read_words(self) -> None:
        page = self.page
        sheet = page.sheet
        if sheet and page.flush():
            page.act(lambda: self.services.draft.mark_read(sheet))

    # -- papers ----------------------------------------------------------------------------------------------

    def print_document(self) -> None:
        """Print the issued sheet, or the draft marked « PROJET »."""
        page, papers = self.page, self.services.papers
        if page.sheet is None or page.view is None or not page.flush():
            return
        make = papers.project if page.view.state is SheetState.DRAFT else papers.issued
        page.band.clear()
        paper = self.guard.run(make, page.sheet, refused=page.tell)
        if isinstance(paper, Printable):
            page.printing.ask(paper)

    # -- what a bilan may change -----------------------------------------------------------------------------

    def propose_review(self) -> None:
        """Advance the review of the plan for a bilan: the plan itself stays as it is."""
        page, returns, sheet = self.page, self.services.returns, self.page.sheet
        plan = returns.plan_to_review(sheet) if sheet else None
        if sheet is None or plan is None:
            return
        cause, reason = returns.review_reason(sheet)
        review, today = page.services.pacep.review, page.services.clock.today()
        page.act(
            lambda: review.advance(plan, cause, today, reason), "Révision du PACEP proposée pour le mois qui vient"
        )

    # -- panels ----------------------------------------------------------------------------------------------

    def open_panel(self, name: str) -> None:
        page, panel = self.page, self.panel(name)
        if panel is None or page.sheet is None:
            page.panels.close_panel()
            return
        page.panels.ask(name, page.sheet, panel)
        page.body.verticalScrollBar().setValue(0)

    def panel(self, name: str) -> FactPanel | None:
        """The panel of that name for the sheet as it is; None where it has no place any more."""
        view, today = self.page.view, self.page.services.clock.today()
        if view is None or not _has_place(name, view):
            return None
        if name == AMEND:
            return facts.amendment_panel(self.services, view, today, self._amended.append)
        return _PANELS[name](self.services, view, self.page.parse, today)

    def recorded(self) -> None:
        """After a fact: the page as it is now, or the new version that it made."""
        self._done("Noté.")
        if self._amended:
            self.page.go("prescription", self._amended.pop())

    def _done(self, said: str) -> None:
        page = self.page
        page.tried = False
        page.history.clear()
        page.band.clear()
        page.saved.emit(page.services.clock.now())
        page.notice.show_sentence(said)
        page.reload()
        page.primary.setFocus()


def _has_place(name: str, view: PrescriptionView) -> bool:
    """Whether what a panel notes can still be noted."""
    return {
        AGREE: view.may_answer,
        HAND_OVER: view.state is SheetState.AGREED,
        RETURN: course.may_follow(view),
        CANCEL: SheetState.CANCELLED in view.next_states,
        WITHDRAW: SheetState.WITHDRAWN in view.next_states,
        AMEND: view.may_amend,
    }.get(name, False)
