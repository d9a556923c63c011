"""A version from its beginning to its end as a draft: what to start, what stays as it is, arrêtée."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.ui.evaluation.asides import WITH_PERSON
from spip_desktop.ui.evaluation.lists import BlockingView, FreezingView
from spip_desktop.ui.evaluation.start_view import StartView
from spip_desktop.ui.evaluation.versions import focus_first

if TYPE_CHECKING:
    from spip_desktop.ui.evaluation.page import EvaluationPage


class Drafting:
    """`start` is the choice of what to start, None while something else stands in the middle of the page."""

    def __init__(self, page: "EvaluationPage") -> None:
        self._page, self._evaluations = page, page.services.evaluations
        self.start: StartView | None = None

    def ask_what(self, *, first: bool) -> None:
        """Nothing yet, or a new version is asked for: choose what to start."""
        page = self._page
        start = StartView(self._evaluations.reading.form(), page.services.clock.today(), page.read_date, first=first)
        page.put(start)
        self.start = start
        page.stand_alone("non commencée" if first else "nouvelle version", "Commencer", self._begin, back=not first)
        start.setFocus()

    def ask_new(self) -> None:
        """A new version, or the draft there is already."""
        page, view = self._page, self._page.version()
        current = self._evaluations.reading.current(page.person) if page.person else None
        if current and view and current != view.evaluation.id:
            draft = not self._evaluations.reading.view(current).evaluation.is_frozen
            if draft:
                page.versions.open(current)
                return
        self.ask_what(first=False)

    def show_blocking(self) -> None:
        """« Ce qui bloque », each thing one click from its field."""
        page, view = self._page, self._page.version()
        if view is None or not page.flush():
            return
        shown = BlockingView(self._evaluations.reading.blocking(view.evaluation.id))
        shown.went.connect(lambda place: page.show_field(place.field))
        page.put(shown)
        page.show_around()
        focus_first(shown)

    def freeze(self) -> None:
        """Arrêter, once the officer was told what would stay as it is and said so."""
        page, view = self._page, self._page.version()
        if view is None or not page.flush():
            return
        left = self._evaluations.reading.left_as_is(view.evaluation.id)
        if not left:
            self._freeze_now()
            return
        shown = FreezingView(left)
        shown.went.connect(lambda place: page.show_field(place.field))
        page.put(shown)
        page.show_around()
        page.head_acts.lead("Arrêter quand même", self._freeze_now)
        page.body.verticalScrollBar().setValue(0)
        focus_first(shown)

    def adapt(self) -> None:
        """Follow the penal situation of today."""
        self._change(self._evaluations.draft.adapt_to_situation)

    def take_present_form(self) -> None:
        """Go on with the form of today, which asks the person something; back beside the steps."""
        page = self._page
        self._change(self._evaluations.draft.take_present_form, "Questionnaire actuel : les réponses sont gardées")
        page.show_aside(WITH_PERSON)

    def _freeze_now(self) -> None:
        self._change(self._evaluations.course.freeze, "Version arrêtée")

    def _change(self, act: Callable[[UUID], object], said: str = "") -> None:
        """An act after which the version is shown anew."""
        view = self._page.version()
        if view is not None and self._page.flush():
            self._page.turn_to(view.evaluation.id)
            self._page.act(partial(act, view.evaluation.id), said)

    def _begin(self) -> None:
        page, start = self._page, self.start.start() if self.start else None
        if start is None or page.person is None or self.start is None:
            return
        person, made, refused = page.person, list[UUID](), list[Refusal]()
        draft = self._evaluations.draft
        page.guard.run(lambda: made.append(draft.start(person, start)), refused=refused.append)
        if refused and (left := self.start.show_refusal(refused[0])):
            page.band.show_sentence(" ".join(left))
        if made:
            page.band.clear()
            page.saved.emit(page.services.clock.now())
            page.begin_version(made[0])
