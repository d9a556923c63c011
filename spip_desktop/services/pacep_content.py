"""A plan turned into what is printed: the plan itself, and the person's own copy. Values to values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.officer import Officer, Service, counsellor, referent
from spip_desktop.domain.pacep import Action, Axis, Objective, Pacep, live
from spip_desktop.domain.pacep_rules import Sources, own_words
from spip_desktop.domain.person import Person
from spip_desktop.domain.plan_content import (
    CopyKept,
    CopyStep,
    PersonCopy,
    PlanAction,
    PlanAxis,
    PlanContent,
    PlanObjective,
)
from spip_desktop.domain.text import NBSP, capitals, french_spaces
from spip_desktop.wording.pacep import ACTION_STATES, LEVELS

#: Of an objective that is not begun with.
LATER = "plus tard"
#: The programmes that tell why one is followed: a copy kept in a cell names none (practice.md, « Five »).
PROGRAMMES = ("ppr", "cairn", "programme de prévention de la récidive", "groupe de parole")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Who and where: what the plan itself does not hold. `frame` is the measure or the title of detention."""

    person: Person
    frame: str
    service: Service
    officer: Officer


def plan_content(plan: Pacep, sources: Sources, around: Around, day: date) -> PlanContent:
    """The plan as printed; `day` is the day it was put to the person, or today for a draft."""
    return PlanContent(
        person=named(around.person),
        frame=around.frame,
        service=", ".join(part for part in (around.service.name, around.service.branch) if part),
        prepared_by=around.officer.signature(day),
        version=plan.number,
        level=LEVELS[plan.level] if plan.level else "à choisir",
        level_reason=french_spaces(plan.level_reason) or "à écrire",
        strategy=french_spaces(plan.strategy),
        next_review=dates.short(plan.next_review),
        what_matters=tuple(french_spaces(one) for one in plan.what_matters),
        strengths=french_spaces(plan.strengths),
        axes=tuple(_axis(number, axis, sources) for number, axis in enumerate(plan.live_axes(), 1)),
        left_aside=_left_aside(plan, sources),
        referent=referent(around.officer.title),
    )


def person_copy(plan: Pacep, around: Around, day: date, kept: CopyKept) -> PersonCopy:
    """« Ce que nous avons retenu ensemble »: no level, no need, no finding, nothing of the mandate."""
    matters, strengths, steps = shared_steps(plan)
    return PersonCopy(
        person=named(around.person),
        day=dates.long(day),
        version=plan.number,
        what_matters=matters,
        strengths=strengths,
        steps=tuple(step for _, step in steps),
        next_meeting=french_spaces(plan.next_meeting),
        kept=kept,
        counsellor=counsellor(around.officer.title),
    )


def shared_steps(plan: Pacep) -> tuple[tuple[str, ...], str, list[tuple[UUID, CopyStep]]]:
    """What the copy says of the work together, without who nor when: what matters, strengths, the objectives."""
    matters = tuple(french_spaces(one) for one in plan.what_matters)
    steps = [(objective.lineage, _step(objective)) for _, objective in plan.live_objectives()]
    return matters, french_spaces(plan.strengths), steps


def copy_texts(plan: Pacep) -> dict[str, str]:
    """The free texts of the person's copy by the code of their field, for the words that must not be there."""
    texts = {
        "strengths": plan.strengths,
        "next_meeting": plan.next_meeting,
        "what_matters": "\n".join(plan.what_matters),
    }
    for _, objective in plan.live_objectives():
        texts[f"{objective.id}.wording"] = objective.wording
        for action in live(objective.actions):
            texts[f"{action.id}.label"] = action.label
            texts[f"{action.id}.person_does"] = action.person_does
    return texts


def named(person: Person) -> str:
    """« Monsieur Loïc PERRIN »."""
    return f"{person.title} {person.first_name} {capitals(person.family_name)}".strip()


def _axis(number: int, axis: Axis, sources: Sources) -> PlanAxis:
    objectives = enumerate(live(axis.objectives), 1)
    return PlanAxis(
        title=f"Axe{NBSP}{number}. {french_spaces(axis.title)}",
        need=french_spaces(need_words(axis, sources)),
        objectives=tuple(_objective(f"{number}.{place}", one) for place, one in objectives),
    )


def need_words(axis: Axis, sources: Sources) -> str:
    """The needs an axis works on, in the words of the evaluation, and the need as written on the axis.

    Other findings tied to it stay in the analysis: no factor of risk is put on paper as a need.
    """
    found = [sources.finding(lineage) for lineage in axis.finding_lineages]
    tied = [one for one in found if one and one.kind is FindingKind.NEED]
    own = own_words(axis, tied)
    return f"{NBSP}; ".join([one.wording for one in tied] + ([own] if own else []))


def _objective(number: str, objective: Objective) -> PlanObjective:
    return PlanObjective(
        number=number,
        words=french_spaces(objective.wording),
        seen_by=french_spaces(objective.indicator),
        due=dates.short(objective.due) or (LATER if objective.later else ""),
        actions=tuple(_action(action) for action in live(objective.actions)),
    )


def _action(action: Action) -> PlanAction:
    words = ", ".join(part for part in (action.label, action.frequency) if part)
    return PlanAction(
        label=french_spaces(words), who=action.who, due=dates.short(action.due), state=ACTION_STATES[action.state]
    )


def _step(objective: Objective) -> CopyStep:
    actions = live(objective.actions)
    return CopyStep(
        objective=french_spaces(objective.wording),
        you=_sentences([action.person_does for action in actions]),
        we=_sentences([action.label for action in actions]),
        by=dates.month_of(objective.due) if objective.due else (LATER if objective.later else ""),
    )


def _sentences(parts: Sequence[str]) -> str:
    """Each part with its full stop, one after the other."""
    kept = [french_spaces(part.strip()) for part in parts if part.strip()]
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in kept)


def _left_aside(plan: Pacep, sources: Sources) -> str:
    """The needs on which no axis works, with why, one a line."""
    lines = [
        f"«{NBSP}{need.wording}{NBSP}»{NBSP}: {why}"
        for need in sources.needs()
        if (why := plan.needs_without_axis.get(str(need.lineage), "").strip())
    ]
    return french_spaces("\n".join(lines))
