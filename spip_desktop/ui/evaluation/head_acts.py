"""The actions in the head of the page: what comes next, the step before, a dated fact about the version."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.evaluation.steps_column import blocking_words

if TYPE_CHECKING:
    from spip_desktop.ui.evaluation.page import EvaluationPage


class HeadActs:
    """The one filled button says what comes next, whatever stands in the middle."""

    def __init__(self, page: "EvaluationPage") -> None:
        self._page = page
        self._act: Callable[[], object] = lambda: None
        self.follow = page.add_action("Noter une suite", "pencil", self._ask_fact, name="evaluation.fact")
        self.previous = page.add_action("Précédent", "chevron-left", self._go_back, name="previous")
        self.primary = page.set_primary("Commencer", do=lambda: self._act(), name="next")

    def buttons(self) -> tuple[Button, Button, Button]:
        return self.follow, self.previous, self.primary

    def show(self, view: EvaluationView, current: str) -> None:
        """What may be done of this version, at the step `current` or beside the steps."""
        page = self._page
        steps = [view.session.form.step(code) for code in page.order()]
        at = next((number for number, step in enumerate(steps) if step.code == current), 0)
        shown = page.step_shown() is not None
        self.follow.setVisible(shown and page.facts.may(view.version))
        self.previous.setVisible(shown and at > 0)
        if not shown:
            self.lead("Reprendre l’évaluation", lambda: page.show_step(current))
        elif view.evaluation.is_frozen:
            self.lead("Nouvelle version", page.drafting.ask_new)
        elif at + 1 < len(steps):
            self.lead(f"Suivant{NBSP}: {steps[at + 1].label}", lambda: page.walk(1), trailing="chevron-right")
        elif page.keying.paper:
            self.lead("Terminer la saisie", page.keying.end)
        else:
            blocked = blocking_words(len(view.blocking)) if view.blocking else ""
            self.lead("Arrêter cette version", page.drafting.freeze, blocked=blocked)

    def lead(self, text: str, act: Callable[[], object], *, trailing: str = "", blocked: str = "") -> None:
        """What the primary button says and does now; `blocked` says why it cannot."""
        self._act = act
        self.primary.trailing_name = trailing
        self.primary.setText(text)
        self.primary.set_available(not blocked, blocked)
        self.primary.updateGeometry()

    def on_recorded(self) -> None:
        """A fact was written."""
        page = self._page
        page.band.clear()
        page.saved.emit(page.services.clock.now())
        page.notice.show_sentence("Suite notée")
        page.reload()
        self.follow.setFocus()

    def _go_back(self) -> None:
        page = self._page
        if page.drafting.start is None:
            page.walk(-1)
            return
        view = page.version()
        page.turn_to(view.evaluation.id if view else None)
        page.reload()

    def _ask_fact(self) -> None:
        view = self._page.version()
        if view is not None:
            self._page.facts.ask_about(view.evaluation.id)
            self._page.body.verticalScrollBar().setValue(0)
