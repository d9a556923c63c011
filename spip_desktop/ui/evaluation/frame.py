"""Around the middle of the page: steps at the left, « Repères » at the right, both folded where there is no room."""

from typing import TYPE_CHECKING

from spip_desktop.domain import dates
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui import theme
from spip_desktop.ui.evaluation.course import told
from spip_desktop.ui.evaluation.guide import Guide
from spip_desktop.ui.evaluation.step_view import StepView
from spip_desktop.ui.evaluation.steps_column import WIDTH, StepsChoice, StepsColumn, listed
from spip_desktop.ui.evaluation.with_person import looks_of
from spip_desktop.ui.labels import Rule
from spip_desktop.wording.evaluation import KINDS

if TYPE_CHECKING:
    from spip_desktop.ui.evaluation.page import EvaluationPage

_TEXT_CHARS = 72  # average characters the middle keeps before a column beside it folds


class Columns:
    """The page puts them in its layout, and says when its width, its text or what it shows has changed.

    `wanted` is false while a new version is being chosen: there are no steps to go to.
    """

    def __init__(self, page: "EvaluationPage") -> None:
        self._page = page
        self.steps, self.choice, self.guide = StepsColumn(), StepsChoice(), Guide()
        self.rule = Rule("filet", vertical=True)
        self.wanted = True
        self._guide_folded = False
        self.guide.fold_asked.connect(self._fold_guide)

    def show(self, view: EvaluationView, step: str) -> None:
        """The steps of this version with their state, and what the links count."""
        versions = len(self._page.services.evaluations.reading.versions(view.evaluation.person_id))
        to_discuss = sum(one.gap is not None and not one.talked for one in looks_of(view))
        for part in (self.steps, self.choice):
            part.show_steps(listed(view), step)
            part.links.show_counts(len(view.blocking), versions, to_discuss, frozen=view.evaluation.is_frozen)

    def fold(self) -> None:
        """« Repères » folds first, then the steps; « Repères » only stands beside a step."""
        view, shown = self._page.version(), self._page.step_shown()
        around = self.wanted and view is not None and not self._page.content.isHidden()
        narrow = self._is_narrow()
        self.steps.setVisible(around and not narrow)
        self.rule.setVisible(around and not narrow)
        self.choice.setVisible(around and narrow)
        self.choice.links.setVisible(around and narrow)
        if shown is None:
            self._page.hide_side()
        else:
            self._page.fold_side(self._guide_folded or self._lacks_room())
            self._place_state(shown, narrow)
        if around and view is not None:
            self._name(view)

    def unfold_guide(self) -> bool:
        """« Repères » back in its column where there is room for it; False where it can only take the note's place."""
        if not self._guide_folded or self._lacks_room():
            return False
        self._guide_folded = False
        self.fold()
        return True

    def _fold_guide(self) -> None:
        self._guide_folded = True
        self.fold()

    def _room(self) -> int:
        """Pixels left for columns beside the text."""
        return self._page.width() - theme.current().chars(_TEXT_CHARS)

    def _is_narrow(self) -> bool:
        return self._room() < theme.current().px(WIDTH)

    def _lacks_room(self) -> bool:
        return self._room() < theme.current().px(WIDTH + self.guide.width_at_100)

    def _name(self, view: EvaluationView) -> None:
        """The title: which evaluation, draft or arrêtée; at large text the list of steps stands for it."""
        evaluation = view.evaluation
        if evaluation.frozen_on:
            detail = f"version {evaluation.number}, {told(view.version).lower()}"
        else:
            detail = f"brouillon du {dates.short(evaluation.started_on)}"
        if self._is_narrow() and not evaluation.is_frozen and self._page.step_shown() is not None:
            self._page.set_title("")
        else:
            self._page.set_title(KINDS[evaluation.kind], detail)

    def _place_state(self, shown: StepView, narrow: bool) -> None:
        """At large text the state stands beside the list of steps, which says the title."""
        shown.title.setVisible(not narrow)
        line = self.choice.line if narrow else shown.head
        if line.indexOf(shown.state) < 0:
            (shown.head if narrow else self.choice.line).removeWidget(shown.state)
            line.addWidget(shown.state)
