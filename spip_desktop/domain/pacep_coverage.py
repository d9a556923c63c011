"""What the chain lacks: needs without axis, axes without objective, objectives without action, actions by nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.pacep import CLOSED_OBJECTIVES, OPEN_ACTIONS, Action, Axis, Objective, Pacep, live
from spip_desktop.domain.pacep_rules import Sources, need_field, part_field


class Lack(StrEnum):
    """What a link of the chain is without."""

    AXIS = "besoin_sans_axe"
    OBJECTIVE = "axe_sans_objectif"
    ACTION = "objectif_sans_action"
    WHO = "action_sans_personne"
    WHEN = "action_sans_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One link that lacks something. `field`: where it is put right; `why_field`: where a reason is written.

    A reason takes the line off: nothing forces a plan to be whole.
    """

    lack: Lack
    words: str
    field: str
    why_field: str
    why: str = ""


def gaps(plan: Pacep, sources: Sources) -> tuple[Gap, ...]:
    """Every link that lacks something, in the order of the page, with the reason written if any."""
    return (*_needs(plan, sources), *(gap for axis in plan.live_axes() for gap in _axis(plan, axis)))


def unexplained(found: tuple[Gap, ...]) -> tuple[Gap, ...]:
    """Those about which nothing was written."""
    return tuple(gap for gap in found if not gap.why.strip())


def vague_actions(plan: Pacep) -> tuple[Gap, ...]:
    """The actions still to be done that say not by whom or not when, and about which nothing was written."""
    return tuple(gap for gap in unexplained(gaps(plan, Sources())) if gap.lack in (Lack.WHO, Lack.WHEN))


def gap_field(lineage: UUID) -> str:
    """Where the reason for leaving a line of the plan as it is is written."""
    return f"gap.{lineage}.why"


def _needs(plan: Pacep, sources: Sources) -> Iterator[Gap]:
    tied = {lineage for axis in plan.live_axes() for lineage in axis.finding_lineages}
    for need in sources.needs():
        if need.lineage not in tied:
            yield Gap(
                lack=Lack.AXIS,
                words=need.wording,
                field=need_field(need.lineage),
                why_field=need_field(need.lineage, "why"),
                why=plan.needs_without_axis.get(str(need.lineage), ""),
            )


def _axis(plan: Pacep, axis: Axis) -> Iterator[Gap]:
    objectives = live(axis.objectives)
    if not objectives:
        yield _gap(plan, Lack.OBJECTIVE, axis, axis.title, "add_objective")
    for objective in objectives:
        actions = live(objective.actions)
        if not actions and not objective.later and objective.state not in CLOSED_OBJECTIVES:
            yield _gap(plan, Lack.ACTION, objective, objective.wording, "add_interne")
        for action in actions:
            yield from _action(plan, action)


def _action(plan: Pacep, action: Action) -> Iterator[Gap]:
    """An action still to be done says who does it, and when: a day or a rhythm."""
    if action.state not in OPEN_ACTIONS:
        return
    if not action.who.strip():
        yield _gap(plan, Lack.WHO, action, action.label, "who")
    elif action.due is None and not action.frequency.strip():
        yield _gap(plan, Lack.WHEN, action, action.label, "due")


def _gap(plan: Pacep, lack: Lack, part: Axis | Objective | Action, words: str, name: str) -> Gap:
    return Gap(
        lack=lack,
        words=words.strip(),
        field=part_field(part.id, name),
        why_field=gap_field(part.lineage),
        why=plan.gaps.get(str(part.lineage), ""),
    )
