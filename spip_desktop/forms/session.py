"""A form being answered: what is shown, what is missing, where to go on. Pure: no screen, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.evaluation import Evaluation, EvaluationKind, ExploredField, FieldState
from spip_desktop.forms.answers import answer_problem, is_answered
from spip_desktop.forms.schema import (
    NO,
    REFUSED,
    YES,
    Answers,
    Form,
    Kind,
    PromptKind,
    Question,
    Step,
)

#: States that need no more work on the step.
SETTLED = frozenset(FieldState) - {FieldState.UNEXPLORED, FieldState.PARTIAL}


class Reason(StrEnum):
    """Why freezing is not possible yet; the sentences are in wording/forms.py."""

    FIELDS_NOT_CHOSEN = "form_fields_not_chosen"
    UNEXPLORED = "form_step_unexplored"
    REQUIRED = "form_answer_required"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that blocks, and the place to go to: a step, and the question in it when there is one."""

    step: str
    question: str
    reason: Reason
    label: str

    @property
    def problem(self) -> Problem:
        return Problem(self.reason, self.question or self.step, {"label": self.label, "step": self.step})


@dataclass(frozen=True, slots=True)
class Position:
    """Where to resume: the question is empty when only the state of the step is left to say."""

    step: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many steps (or questions) are settled, out of how many. Says nothing about the person."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSession:
    """`answers` by question code, notes included; `states` by step code.

    A fact left out is unknown: what depends on it stays hidden. `variant` « courte » keeps its own steps and
    the `chosen` fields. Rulers are shown for the steps of `rulers` only.
    """

    form: Form
    facts: Mapping[str, str] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    states: Mapping[str, FieldState] = field(default_factory=dict)
    variant: str = ""
    chosen: tuple[str, ...] = ()
    rulers: frozenset[str] = frozenset()

    # -- what is shown ---------------------------------------------------------------------------------------

    def steps(self) -> tuple[Step, ...]:
        """The steps to go through, in the order offered."""
        variant = self.form.variant(self.variant)
        if variant is None:
            return self.form.steps
        kept = {*variant.steps, *self.chosen}
        return tuple(step for step in self.form.steps if step.code in kept)

    def questions(self, step: Step) -> tuple[Question, ...]:
        """The questions shown in a step."""
        counted = self._counted()
        return tuple(
            one
            for one in step.questions
            if (one.kind is not Kind.RULER or step.code in self.rulers) and one.visible_if.holds(counted, self.facts)
        )

    def prompts(self, step: Step, kind: PromptKind) -> tuple[str, ...]:
        """The sentences of a kind for this person."""
        counted = self._counted()
        return tuple(one.text for one in step.prompts if one.kind is kind and one.visible_if.holds(counted, self.facts))

    def main_question(self, step: Step) -> str:
        """The open question above the note, empty when the step has none."""
        return next(iter(self.prompts(step, PromptKind.MAIN)), "")

    def banners(self) -> tuple[str, ...]:
        """« Personne présumée innocente : les faits ne sont pas abordés. », where it is so."""
        counted = self._counted()
        return tuple(one.text for one in self.form.banners if one.visible_if.holds(counted, self.facts))

    def state(self, step: Step) -> FieldState:
        return self.states.get(step.code, FieldState.UNEXPLORED)

    def refused(self, question: Question) -> bool:
        """« A refusé de répondre », which is an answer; « non posée » is none."""
        return self.answers.get(question.code) == REFUSED

    # -- where one stands ------------------------------------------------------------------------------------

    def progress(self) -> Progress:
        steps = self.steps()
        return Progress(sum(self.state(step) in SETTLED for step in steps), len(steps))

    def progress_of(self, step: Step) -> Progress:
        questions = self.questions(step)
        return Progress(sum(is_answered(self.answers.get(one.code)) for one in questions), len(questions))

    def first_incomplete(self) -> Position | None:
        """The first question left without answer in the first step not settled; None when all are settled."""
        for step in self.steps():
            if self.state(step) in SETTLED:
                continue
            asked = (one for one in self.questions(step) if not one.is_own)  # the rest is for the person to say
            left = (one for one in asked if not is_answered(self.answers.get(one.code)))
            question = next(left, None)
            return Position(step.code, question.code if question else "")
        return None

    def missing(self) -> tuple[Missing, ...]:
        """What blocks freezing, in the order of the form; empty when nothing does."""
        blocking: list[Missing] = []
        variant = self.form.variant(self.variant)
        fields = {step.code for step in self.form.fields()}
        if variant and len(fields & {*self.chosen}) < variant.chosen_fields:
            blocking.append(Missing("", "", Reason.FIELDS_NOT_CHOSEN, str(variant.chosen_fields)))
        for step in self.steps():
            if step.needs_state and self.state(step) is FieldState.UNEXPLORED:
                blocking.append(Missing(step.code, "", Reason.UNEXPLORED, step.label))
            blocking += [
                Missing(step.code, one.code, Reason.REQUIRED, one.label)
                for one in self.questions(step)
                if one.required and not is_answered(self.answers.get(one.code))
            ]
        return tuple(blocking)

    def problems(self) -> tuple[Problem, ...]:
        """Answers shown that the form cannot take as they are: too long, out of range, no longer an option."""
        found = (
            answer_problem(question, self.answers.get(question.code))
            for step in self.steps()
            for question in self.questions(step)
        )
        return tuple(problem for problem in found if problem is not None)

    def set_aside(self) -> dict[str, object]:
        """Answers kept although their question is not shown any more: never thrown away, never printed."""
        shown = {one.code for step in self.steps() for one in self.questions(step)}
        return {code: answer for code, answer in self.answers.items() if code not in shown and is_answered(answer)}

    def _counted(self) -> Answers:
        """Answers that conditions may look at: those of questions whose own conditions hold."""
        counted: dict[str, object] = {}
        for question in self.form.questions():
            if question.code in self.answers and question.visible_if.holds(counted, self.facts):
                counted[question.code] = self.answers[question.code]
        return counted


def session_for(
    form: Form, evaluation: Evaluation, explored: Iterable[ExploredField], facts: Mapping[str, str] | None = None
) -> FormSession:
    """The session of a stored evaluation; `facts` adds to « présumée innocente » (milieu)."""
    answers: dict[str, object] = {}
    states: dict[str, FieldState] = {}
    rulers = set()
    known = {step.code: step for step in form.steps}
    for one in explored:
        answers |= one.answers
        states[one.step] = one.state
        step = known.get(one.step)
        if step and step.note and one.note:
            answers[step.note.code] = one.note
        if one.rulers:
            rulers.add(one.step)
    presumed = {"presumed_innocent": YES if evaluation.presumed_innocent else NO}
    return FormSession(
        form=form,
        facts=dict(facts or {}) | presumed,
        answers=answers,
        states=states,
        variant="courte" if evaluation.kind is EvaluationKind.SHORT else "",
        chosen=evaluation.short_fields,
        rulers=frozenset(rulers),
    )


__all__ = ["SETTLED", "FormSession", "Missing", "Position", "Progress", "Reason", "session_for"]
