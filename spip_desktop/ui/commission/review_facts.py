"""The panel at the top of one passage: its decision, its actions, the DPIP's answer, how a decision ended."""

from collections.abc import Callable

from spip_desktop.domain.board_review import FollowedDecision
from spip_desktop.domain.officer import Right
from spip_desktop.services.commission_reading import ReviewView
from spip_desktop.ui.commission import course, facts
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import Parse
from spip_desktop.wiring import Services

#: The panels by the words of the button that asks for them.
PANELS = {
    course.COPY: "decision",
    course.COPY_AGAIN: "decision",
    course.ADD_ACTION: "action",
    course.ANSWER: "answer",
}
_OUTCOME = "outcome."


class ReviewFacts(FactDesk):
    """One panel at a time, about the version shown."""

    def __init__(self, services: Services, parse_date: Parse, report: Callable[[Exception], object]) -> None:
        super().__init__(services.desk, services.clock, "board_fact", report)
        self._ground = facts.Ground(services, parse_date)
        self._actor = services.context.actor
        self._view: ReviewView | None = None

    def show_view(self, view: ReviewView) -> None:
        self._view = view

    def ask_for(self, name: str) -> None:
        """Open a panel: one of PANELS, or the outcome of a decision."""
        view = self._shown()
        self.ask(name, view.review.id, self._made(name))

    def ask_outcome(self, one: FollowedDecision) -> None:
        self.ask_for(f"{_OUTCOME}{one.decision.lineage}")

    def come_again(self) -> None:
        """Open again what was being filled about this version."""
        self.come_back(self._shown().review.id, self._made)

    def _made(self, name: str) -> FactPanel:
        view = self._shown()
        review = view.review.id
        if name == "answer":
            may = self._actor.may(Right.VISA)
            no_dpip = self._actor.could(Right.VISA) and not may
            return facts.answer_panel(self._ground, review, may_answer=may, no_dpip=no_dpip)
        if name == "action":
            return facts.action_panel(self._ground, review)
        wanted = name.removeprefix(_OUTCOME)
        found = next((one for one in view.decisions if str(one.decision.lineage) == wanted), None)
        if found:
            return facts.outcome_panel(self._ground, review, found)
        return facts.decision_panel(self._ground, review)

    def _shown(self) -> ReviewView:
        assert self._view is not None
        return self._view
