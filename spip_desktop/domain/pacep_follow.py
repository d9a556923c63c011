"""A plan carried out: each part in its state of today, what left the plan, what is to be asked, what happened when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from spip_desktop.domain.event import Event, in_order
from spip_desktop.domain.pacep import (
    CLOSED_OBJECTIVES,
    OPEN_ACTIONS,
    Action,
    ActionState,
    Axis,
    Objective,
    ObjectiveState,
    Pacep,
    live,
)
from spip_desktop.domain.pacep_states import EventCode

FOLLOWED = (EventCode.PROGRESS, EventCode.REMOVED, EventCode.TAKEN_BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One dated fact about an objective or an action, in the words it had in the version the fact was entered for."""

    event: Event
    version: int
    words: str


def words_of(part: Objective | Action) -> str:
    return part.label if isinstance(part, Action) else part.wording


def followed_parts(plan: Pacep) -> Iterator[Objective | Action]:
    """Every objective and action of a version, those that left it included."""
    for axis in plan.axes:
        for objective in axis.objectives:
            yield objective
            yield from objective.actions


def about(event: Event) -> UUID | None:
    """The lineage of the objective or action a fact is about."""
    lineage = event.detail.get("lineage")
    return UUID(lineage) if lineage and event.code in FOLLOWED else None


def progress_of(events: Iterable[Event]) -> dict[UUID, Event]:
    """By lineage, the progress of the latest day, whatever the order of entry; on one day, the one entered last."""
    noted = [event for event in events if event.code == EventCode.PROGRESS]
    return {UUID(event.detail["lineage"]): event for event in sorted(noted, key=_by_day)}


def removed_parts(events: Iterable[Event]) -> dict[UUID, Event]:
    """What is out of the plan today, by lineage, with the fact that took it out."""
    found: dict[UUID, Event] = {}
    for event in in_order(events):
        if event.code == EventCode.REMOVED:
            found[UUID(event.detail["lineage"])] = event
        elif event.code == EventCode.TAKEN_BACK:
            found.pop(UUID(event.detail["lineage"]), None)
    return found


def with_progress(plan: Pacep, events: Iterable[Event], former: Iterable[Event] = ()) -> Pacep:
    """The version as it stands today: states last noted, and what left it set aside with its day.

    `former` are the facts noted of earlier versions: what was done there is done here, by lineage.
    """
    own = tuple(events)
    latest, gone = progress_of((*former, *own)), removed_parts(own)
    return replace(plan, axes=tuple(_axis_today(axis, latest, gone) for axis in plan.axes))


def _axis_today(axis: Axis, latest: dict[UUID, Event], gone: dict[UUID, Event]) -> Axis:
    return replace(axis, objectives=tuple(_objective_today(one, latest, gone) for one in axis.objectives))


def _objective_today(objective: Objective, latest: dict[UUID, Event], gone: dict[UUID, Event]) -> Objective:
    actions = tuple(_action_today(one, latest, gone) for one in objective.actions)
    event = latest.get(objective.lineage)
    state = ObjectiveState(event.detail["state"]) if event else objective.state
    day = _gone_on(objective.lineage, gone, objective.binned_on)
    return replace(objective, actions=actions, state=state, binned_on=day)


def _action_today(action: Action, latest: dict[UUID, Event], gone: dict[UUID, Event]) -> Action:
    event = latest.get(action.lineage)
    state = ActionState(event.detail["state"]) if event else action.state
    result = event.comment if event and event.comment else action.result
    return replace(action, state=state, result=result, binned_on=_gone_on(action.lineage, gone, action.binned_on))


def _gone_on(lineage: UUID, gone: dict[UUID, Event], otherwise: date | None) -> date | None:
    return gone[lineage].happened_on if lineage in gone else otherwise


def to_ask(plan: Pacep, events: Iterable[Event]) -> tuple[Objective, ...]:
    """The objectives whose last action is done and about which nothing was said since: reached, or not?

    `plan` as it stands today. « Non » is an answer: it is asked again only once an action moves.
    """
    known = in_order(events)
    return tuple(one for _, one in plan.live_objectives() if _all_done(one) and not _answered(one, known))


def _all_done(objective: Objective) -> bool:
    actions = live(objective.actions)
    if objective.state in CLOSED_OBJECTIVES or any(action.state in OPEN_ACTIONS for action in actions):
        return False
    return any(action.state is ActionState.DONE for action in actions)


def _answered(objective: Objective, known: tuple[Event, ...]) -> bool:
    """Whether the last thing entered about the objective or its actions is about the objective itself."""
    inside = {action.lineage for action in objective.actions}
    said = [lineage for event in known if (lineage := about(event)) in inside or lineage == objective.lineage]
    return bool(said) and said[-1] == objective.lineage


def moments(versions: Iterable[tuple[Pacep, Iterable[Event]]], lineage: UUID) -> tuple[Moment, ...]:
    """All that was noted of an objective or an action through the versions, latest day first.

    Each in its words of then: a later wording rewrites nothing.
    """
    found = []
    for plan, events in versions:
        words = next((words_of(part) for part in followed_parts(plan) if part.lineage == lineage), "")
        found += [Moment(event=one, version=plan.number, words=words) for one in events if about(one) == lineage]
    return tuple(sorted(found, key=lambda moment: _by_day(moment.event), reverse=True))


def _by_day(event: Event) -> tuple[date, datetime, UUID]:
    return event.happened_on, event.entered_at, event.id
