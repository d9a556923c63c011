"""What a field of the plan may hold, what keeps a draft from being submitted (V12), what deserves a look."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.dates import add_months
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.evaluation import FindingKind
from spip_desktop.domain.pacep import Action, Axis, Level, Objective, Pacep, live
from spip_desktop.domain.text import fold

#: E28: a plan is looked at again within twelve months (RPO1, chapter 4: practice, not law).
REVIEW_MONTHS = 12
LIMITS = {
    "level_reason": 1000, "strategy": 2000, "strengths": 1000, "next_meeting": 300, "no_evaluation_reason": 1000,
    "what_matters": 300, "needs_without_axis": 500, "gaps": 500, "title": 120, "need": 300, "wording": 300,
    "indicator": 300, "label": 200, "who": 80, "person_does": 200, "frequency": 80, "result": 300,
}  # fmt: skip
#: Where the page puts the focus to add something, and where each need of the evaluation is answered.
ADD_AXIS = "add_axis"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFinding:
    """A finding of the evaluation that may be tied to an axis; `evidence`: the words of the interview behind it."""

    lineage: UUID
    kind: FindingKind
    wording: str
    step: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the plan may start from. `words` are the person's own words, to keep or to erase."""

    evaluation_id: UUID | None = None
    number: int = 0
    started_on: date | None = None
    frozen_on: date | None = None
    findings: tuple[SourceFinding, ...] = ()
    words: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()

    def needs(self) -> tuple[SourceFinding, ...]:
        """The needs to work on, in the order of the evaluation: none comes first by itself."""
        return tuple(one for one in self.findings if one.kind is FindingKind.NEED)

    def finding(self, lineage: UUID) -> SourceFinding | None:
        return next((one for one in self.findings if one.lineage == lineage), None)


def part_field(part_id: UUID, name: str) -> str:
    """The code of one field of one part of the plan, on the page and in a Place."""
    return f"{part_id}.{name}"


def need_field(lineage: UUID, name: str = "tie") -> str:
    """Where a need of the evaluation is tied to an axis (`tie`), or why it is not is written (`why`)."""
    return f"need.{lineage}.{name}"


def field_problem(name: str, value: object) -> Problem | None:
    """Why a field cannot be kept as typed; a draft is otherwise free."""
    limit = LIMITS.get(name, 0)
    texts = value if isinstance(value, tuple) else (value,)
    if limit and any(isinstance(text, str) and len(text) > limit for text in texts):
        return Problem("too_long", name, {"limit": limit})
    return None


def date_problem(name: str, value: object, today: date) -> Problem | None:
    """A day set for something to come is today or later."""
    if name in ("due", "next_review") and isinstance(value, date) and value < today:
        return Problem("pacep_date_past", name)
    return None


def submission_problems(plan: Pacep, sources: Sources, today: date) -> tuple[Problem, ...]:
    """Everything that keeps the plan from being put to the person, in the order of the page (V12)."""
    return (
        *_level_problems(plan),
        *_evaluation_problems(plan, sources),
        *_axes_problems(plan),
        *(problem for axis in plan.live_axes() for problem in _axis_problems(plan, axis)),
        *_need_problems(plan, sources),
        *_review_problems(plan, today),
    )


def _level_problems(plan: Pacep) -> Iterator[Problem]:
    if plan.level is None:
        yield Problem("pacep_level_missing", "level")
    if not plan.level_reason.strip():
        yield Problem("pacep_level_reason_missing", "level_reason")


def _evaluation_problems(plan: Pacep, sources: Sources) -> Iterator[Problem]:
    """An evaluation that is arrêtée, or a written reason: no writing is locked behind another."""
    if plan.no_evaluation_reason.strip():
        return
    if plan.evaluation_id is None:
        yield Problem("pacep_no_evaluation", "no_evaluation_reason")
    elif sources.frozen_on is None:
        yield Problem("pacep_evaluation_open", "no_evaluation_reason")


def _axes_problems(plan: Pacep) -> Iterator[Problem]:
    if plan.level is not Level.CHECKING and all(one.later for _, one in plan.live_objectives()):
        yield Problem("pacep_no_objective", ADD_AXIS)
    if len(plan.live_axes()) > 1 and not plan.strategy.strip():
        yield Problem("pacep_strategy_missing", "strategy")


def _axis_problems(plan: Pacep, axis: Axis) -> Iterator[Problem]:
    name = axis.title.strip() or f"n° {plan.live_axes().index(axis) + 1}"
    if not axis.title.strip():
        yield Problem("pacep_axis_untitled", part_field(axis.id, "title"), {"axis": name})
    objectives = live(axis.objectives)
    if not objectives and plan.level is not Level.CHECKING:
        yield Problem("pacep_axis_empty", part_field(axis.id, "add_objective"), {"axis": name})
    for objective in objectives:
        yield from _objective_problems(objective, name)


def _objective_problems(objective: Objective, axis: str) -> Iterator[Problem]:
    named: dict[str, object] = {"objective": objective.wording.strip(), "axis": axis}
    if not objective.wording.strip():
        yield Problem("pacep_objective_unworded", part_field(objective.id, "wording"), named)
    if objective.due is None and not objective.later:
        code = "pacep_objective_undated" if objective.wording.strip() else "pacep_unworded_undated"
        yield Problem(code, part_field(objective.id, "due"), named)
    for action in live(objective.actions):
        yield from _action_problems(action, named)


def _action_problems(action: Action, named: dict[str, object]) -> Iterator[Problem]:
    if not action.label.strip():
        yield Problem("pacep_action_unnamed", part_field(action.id, "label"), named)
    elif not action.who.strip():
        yield Problem("pacep_action_by_nobody", part_field(action.id, "who"), {"action": action.label.strip()})


def own_words(axis: Axis, tied: Iterable[SourceFinding]) -> str:
    """The need as the axis says it; nothing when it repeats a finding tied to it."""
    return axis.need if fold(axis.need) not in {fold(one.wording) for one in tied} else ""


def untied_needs(plan: Pacep, sources: Sources) -> tuple[SourceFinding, ...]:
    """The needs of the evaluation that no axis works on and about which nothing was written."""
    tied = {lineage for axis in plan.live_axes() for lineage in axis.finding_lineages}
    return tuple(
        need
        for need in sources.needs()
        if need.lineage not in tied and not plan.needs_without_axis.get(str(need.lineage), "").strip()
    )


def _need_problems(plan: Pacep, sources: Sources) -> Iterator[Problem]:
    for need in untied_needs(plan, sources):
        yield Problem("pacep_need_untied", need_field(need.lineage), {"need": need.wording})


def _review_problems(plan: Pacep, today: date) -> Iterator[Problem]:
    if plan.next_review is None:
        yield Problem("pacep_review_missing", "next_review")
    elif plan.next_review <= today:
        yield Problem("pacep_review_past", "next_review")


def warnings(plan: Pacep, today: date, ends_on: date | None = None) -> tuple[Problem, ...]:
    """What deserves a look and forbids nothing; `ends_on` is the day the measure or the sentence ends, where known."""
    found = []
    if plan.next_review and plan.next_review > add_months(today, REVIEW_MONTHS):
        found.append(Problem("pacep_review_late", "next_review", {"months": REVIEW_MONTHS}))
    for _, objective in plan.live_objectives():
        if objective.due and objective.due < today:
            found.append(
                Problem("pacep_due_past", part_field(objective.id, "due"), {"objective": objective.wording.strip()})
            )
    return (*found, *_after_the_end(plan, ends_on))


def _after_the_end(plan: Pacep, ends_on: date | None) -> Iterator[Problem]:
    """Days set after the end of the measure: the person may go on alone, the service no longer."""
    if ends_on is None:
        return
    data: dict[str, object] = {"day": dates.short(ends_on)}
    for _, objective in plan.live_objectives():
        if objective.due and objective.due > ends_on:
            named = data | {"objective": objective.wording.strip()}
            yield Problem("pacep_due_after_end", part_field(objective.id, "due"), named)
    for _, _, action in plan.live_actions():
        if action.due and action.due > ends_on:
            named = data | {"action": action.label.strip()}
            yield Problem("pacep_action_after_end", part_field(action.id, "due"), named)
    if plan.next_review and plan.next_review > ends_on:
        yield Problem("pacep_review_after_end", "next_review", data)


def places_of(problem: Problem) -> tuple[str, ...]:
    """The fields where a problem can be put right: one, or two for a need (tie it, or write why not)."""
    if problem.code == "pacep_need_untied":
        return problem.field, problem.field.removesuffix(".tie") + ".why"
    return (problem.field,)


def codes(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(problem.code for problem in problems)
