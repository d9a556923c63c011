"""What a form is made of: steps, questions, spoken questions, conditions. Values only, nothing is scored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from spip_desktop.domain.definition import Definition

Answer = str | int | tuple[str, ...] | None
Answers = Mapping[str, object]
#: The answer « a refusé de répondre »; « question non posée » is no answer at all (None or absent).
REFUSED: Final = "__refus__"
YES, NO = "oui", "non"


class Kind(StrEnum):
    """How a question is answered.

    NOTE and TEXT: text; CHOICE and YES_NO: one code; CHOICES: a tuple of codes; TICK: « oui » or nothing;
    RULER: an integer from 0 to 10 said by the person; NUMBER: an integer; DATE: ISO 8601.
    """

    NOTE = "note"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    TICK = "tick"
    RULER = "ruler"
    NUMBER = "number"
    DATE = "date"


#: Kinds whose answers are codes: the only ones that a condition may look at.
CODED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.TICK})
RULER_LOWEST, RULER_HIGHEST = 0, 10


class StepKind(StrEnum):
    WELCOME = "accueil"
    FIELD = "champ"
    BLOCK = "bloc"
    ANALYSIS = "analyse"
    FEEDBACK = "restitution"


class PromptKind(StrEnum):
    """MAIN is read above the note; the others are « Repères » beside it."""

    MAIN = "main"
    OTHER = "other"
    EXPLORE = "explore"
    RECEPTIVITY = "receptivity"
    SELF_ASSESSMENT = "self_assessment"


class Subject(StrEnum):
    QUESTION = "question"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer or the fact is one of these values; an unknown one never holds."""

    subject: Subject
    code: str
    values: tuple[str, ...]

    def holds(self, answers: Answers, facts: Mapping[str, str]) -> bool:
        given = facts.get(self.code) if self.subject is Subject.FACT else answers.get(self.code)
        found = given if isinstance(given, tuple | list) else (given,)
        return any(one in self.values for one in found)


@dataclass(frozen=True, slots=True)
class Visibility:
    """Several conditions: every one of them, or any of them. Without condition it always holds."""

    conditions: tuple[Condition, ...] = ()
    every: bool = True

    def holds(self, answers: Answers, facts: Mapping[str, str]) -> bool:
        if not self.conditions:
            return True
        results = [one.holds(answers, facts) for one in self.conditions]
        return all(results) if self.every else any(results)


#: One way for something to be seen: each of these conditions holds, those of what it hangs on included.
Way = frozenset[Condition]
Ways = frozenset[Way]
ALWAYS: Final[Ways] = frozenset({frozenset()})


def may_hold(ways: Ways, fact: str, value: str) -> bool:
    """Whether something may be seen of a person of whom this fact is so."""
    about = [[one for one in way if one.subject is Subject.FACT and one.code == fact] for way in ways]
    return any(all(value in one.values for one in way) for way in about)


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    label: str
    #: Chosen alone: « aucune », « sans objet ».
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    code: str
    kind: Kind
    label: str
    help: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    max_length: int = 0
    visible_if: Visibility = Visibility()
    ways: Ways = ALWAYS
    source: str = ""
    #: Answered by the person, in their own words: asked on the shared view, kept apart from what the officer writes.
    said_by_person: bool = False

    def option(self, code: str) -> Option | None:
        return next((one for one in self.options if one.code == code), None)

    @property
    def is_own(self) -> bool:
        """Whether the answer is the person's; a ruler always is (domain.md §3)."""
        return self.said_by_person or self.kind is Kind.RULER


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A sentence to say or to keep in mind; it has no answer of its own, the note takes it."""

    kind: PromptKind
    text: str
    visible_if: Visibility = Visibility()
    ways: Ways = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page of the form. `needs_state`: freezing asks that it be explored, or said why not.

    `own_label`: how the step is called before the person.
    """

    code: str
    label: str
    kind: StepKind
    help: str = ""
    own_label: str = ""
    needs_state: bool = False
    prompts: tuple[Prompt, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def note(self) -> Question | None:
        """The free note of the step."""
        return next((one for one in self.questions if one.kind is Kind.NOTE), None)

    @property
    def own_questions(self) -> tuple[Question, ...]:
        """Those that the person answers."""
        return tuple(one for one in self.questions if one.is_own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the situation says and no question asks: presumed innocent, milieu."""

    code: str
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    text: str
    visible_if: Visibility = Visibility()
    ways: Ways = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A shorter way through: these steps, plus `chosen_fields` fields that the officer picks."""

    code: str
    label: str
    steps: tuple[str, ...]
    chosen_fields: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    definition: Definition
    title: str
    source: str
    checked: date
    facts: tuple[Fact, ...]
    banners: tuple[Banner, ...]
    variants: tuple[Variant, ...]
    steps: tuple[Step, ...]

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def version(self) -> int:
        return self.definition.version

    def step(self, code: str) -> Step:
        return next(one for one in self.steps if one.code == code)

    def fields(self) -> tuple[Step, ...]:
        """The eight fields."""
        return tuple(one for one in self.steps if one.kind is StepKind.FIELD)

    def questions(self) -> Iterator[Question]:
        for step in self.steps:
            yield from step.questions

    def question(self, code: str) -> Question | None:
        return next((one for one in self.questions() if one.code == code), None)

    def step_of(self, question: str) -> Step | None:
        return next((step for step in self.steps if any(one.code == question for one in step.questions)), None)

    def variant(self, code: str) -> Variant | None:
        return next((one for one in self.variants if one.code == code), None)
