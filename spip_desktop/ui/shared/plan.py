"""« Ce que nous avons retenu ensemble » on the screen (pass D of practice.md): strengths, what counts, agreement.

Nothing but the words of the person's own copy is there (services/pacep_shared.py).
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.pacep_states import Agreement, EventCode
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.pacep_shared import FACT_DRAFTS, Said, SharedPlan, SharedStep
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.fact_desk import PANEL
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Rule, SmallText
from spip_desktop.ui.layout import column
from spip_desktop.ui.shared.frame import SharedFrame
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.pacep import AGREEMENT, OPINION

KIND = "person.plan_shared"
TITLE = "Ce que nous avons retenu ensemble"
#: The field of the place once the officer has read the words again.
WORDS_READ = "relu"
_WELCOME = (
    "Nous relisons ce qui compte pour vous, vos points d’appui, et ce que nous allons faire.",
    "Dites ce qui vous paraît juste, et ce que vous diriez autrement.",
)
_THANKS = (
    "Merci. Vous pouvez revenir en arrière, ou rendre l’écran à la personne qui vous reçoit.",
    "Vous en recevrez une copie.",
)
_UNTOLD = "none"
_ANSWERS = (
    (Agreement.YES.value, "Oui"),
    (Agreement.PARTIAL.value, "En partie"),
    (Agreement.NO.value, "Non"),
    (_UNTOLD, "Je préfère ne pas répondre"),
)
_ANSWER, _OBJECTIVES, _WORDS = "answer", "objectives", "comment"


class PlanPage(SharedFrame):
    """`place.id`: the person. The answer is recorded when one goes on; until then it is a draft of the fact."""

    def __init__(self, services: Services, guard: Guard) -> None:
        saving = Autosave(self._keep, report=guard.report, drafts=lambda _: self._drafts())
        super().__init__(services, saving, "plan_shared", TITLE)
        self._guard = guard
        self._plan: SharedPlan | None = None
        self._parts: list[Callable[[], QWidget]] = []
        self.opinion: FormView | None = None

    def open(self, place: Place) -> None:
        """Begin with the plan put to this person; Refusal where there is none, or words wait to be read again."""
        assert place.id is not None
        shared = self.services.pacep.shared
        newest = shared.shareable(place.id)
        if newest is None:
            raise Refusal("pacep_submit_first")
        self._plan = plan = shared.share(newest, words_read=place.field == WORDS_READ)
        self.officer_place = Place("person.pacep", place.id)
        first = [lambda: _grounds(plan)] if plan.what_matters or plan.strengths else []
        steps = [lambda one=one, at=at: _step(one, at, len(plan.steps)) for at, one in enumerate(plan.steps, 1)]
        self._parts = [*first, *steps, *([self._make_opinion] if plan.asks else [])]
        self.show_at(0)

    def count(self) -> int:
        return len(self._parts)

    def words(self, *, thanks: bool) -> tuple[str, ...]:
        return _THANKS if thanks else _WELCOME

    def part(self, at: int) -> QWidget:
        return self._parts[at - 1]()

    def show_at(self, at: int) -> None:
        self.opinion = None
        super().show_at(at)
        if self.opinion is not None:
            self.opinion.field(_ANSWER).setFocus()

    def go_on(self) -> None:
        if self.opinion is None or self._record():
            super().go_on()

    # -- the answer --------------------------------------------------------------------------------------------

    def _make_opinion(self) -> QWidget:
        assert self._plan is not None
        objectives = tuple((str(one.lineage), one.step.objective) for one in self._plan.steps)
        form = FormView(
            [
                FieldSpec(_ANSWER, f"Êtes-vous d’accord avec ce plan{NBSP}?", FieldKind.RADIO, _ANSWERS),
                FieldSpec(_OBJECTIVES, "Ce avec quoi vous êtes d’accord", FieldKind.TICKS, objectives),
                FieldSpec(_WORDS, "Ce que vous voulez ajouter ou changer", FieldKind.NOTE, lines=4),
            ]
        )
        kept = {one.field: one.text for one in self.services.desk.of(FACT_DRAFTS, self._plan.pacep_id)}
        if kept.pop(PANEL, "") == EventCode.AGREEMENT:
            form.set_drafts(kept)
        form.edited.connect(self.autosave.touch)
        form.edited.connect(lambda _: _show_needed(form))
        _show_needed(form)
        self.opinion = form
        made = QWidget()
        inside = column(made, gap=16)
        inside.addWidget(Text("Votre avis", "page", wrap=True))
        inside.addWidget(form)
        for words in (OPINION, AGREEMENT):
            inside.addWidget(SmallText(words))
        return made

    def _record(self) -> bool:
        """Write the answer as a fact of the plan; False, said beside the field, when something is missing."""
        assert self.opinion is not None
        assert self._plan is not None
        if not self.flush():
            return False
        answer, ticked = str(self.opinion.value(_ANSWER) or ""), self.opinion.value(_OBJECTIVES)
        if answer in ("", _UNTOLD):  # it stays to be collected, with the words kept
            return True
        said = Said(
            agreement=Agreement(answer),
            objectives=tuple(UUID(one) for one in ticked) if isinstance(ticked, tuple) else (),
            words=str(self.opinion.value(_WORDS) or ""),
        )
        pacep_id, refused = self._plan.pacep_id, list[Refusal]()
        done = self._guard.run(lambda: self._say(pacep_id, said), refused=refused.append)
        if refused:
            for words in self.opinion.show_refusal(refused[0], sentence):
                self.opinion.field(_ANSWER).set_problem(words)
        if not done:
            return False
        self._parts.pop()
        self.at -= 1  # the part just answered is asked no more: what comes next are the thanks
        return True

    def _say(self, pacep_id: UUID, said: Said) -> bool:
        self.services.pacep.shared.say(pacep_id, said)
        self.services.desk.drop(FACT_DRAFTS, pacep_id)
        return True

    # -- saving ------------------------------------------------------------------------------------------------

    def _keep(self, _: frozenset[str]) -> datetime | None:
        every = self._drafts()
        self.services.desk.keep(every)
        return self.services.clock.now() if every else None

    def _drafts(self) -> list[Draft]:
        """What is typed and not ended: the officer finds it in the panel « Accord de la personne »."""
        if self.opinion is None or self._plan is None:
            return []
        typed = {code: field.raw_text() for code, field in self.opinion.fields.items()}
        if typed[_ANSWER] == _UNTOLD:
            typed[_ANSWER] = ""
        typed[PANEL] = EventCode.AGREEMENT.value
        return [Draft(FACT_DRAFTS, self._plan.pacep_id, code, text) for code, text in typed.items()]


def _show_needed(form: FormView) -> None:
    partial = form.value(_ANSWER) == Agreement.PARTIAL
    form.show_only([code for code in form.fields if code != _OBJECTIVES or partial])


def _grounds(plan: SharedPlan) -> QWidget:
    """What counts for the person, in their words, and what they can lean on."""
    made = QWidget()
    inside = column(made, gap=16)
    if plan.what_matters:
        inside.addWidget(Text("Ce qui compte pour vous", "page", wrap=True))
        for words in plan.what_matters:
            inside.addWidget(Text(f"«{NBSP}{words}{NBSP}»", "question", wrap=True))
    if plan.strengths:
        inside.addWidget(Text("Vos points d’appui", "page", wrap=True))
        inside.addWidget(Text(plan.strengths, "question", wrap=True))
    return made


def _step(shared: SharedStep, number: int, count: int) -> QWidget:
    """One objective, what each does for it, and when."""
    step, made = shared.step, QWidget()
    inside = column(made, gap=16)
    inside.addWidget(SmallText(f"Objectif {number} sur {count}"))
    inside.addWidget(Text(f"«{NBSP}{step.objective}{NBSP}»", "page", wrap=True))
    for title, words in (("Ce que vous faites", step.you), ("Ce que nous faisons", step.we), ("Pour", step.by)):
        if words:
            inside.addWidget(Text(title, "bold", wrap=True))
            inside.addWidget(Rule("filet"))
            inside.addWidget(Text(words, "question", wrap=True))
    return made
