"""A draft plan changed by hand: parts found, replaced, added, moved, put in the bin. Value to value, nothing more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.pacep import OPEN_ACTIONS, Action, Axis, Objective, P, Pacep, Part, live


def part_of(plan: Pacep, part_id: UUID) -> Part:
    """The axis, objective or action of that id, in the bin or not; Refusal `not_found`."""
    for part in _every(plan):
        if part.id == part_id:
            return part
    raise Refusal("not_found", kind="pacep")


def with_part(plan: Pacep, part_id: UUID, **fields: object) -> Pacep:
    """The plan with some fields of one part replaced."""
    part_of(plan, part_id)
    return _mapped(plan, lambda part: replace(part, **cast(Any, fields)) if part.id == part_id else part)


def add_axis(plan: Pacep, axis: Axis) -> Pacep:
    return replace(plan, axes=(*plan.axes, axis))


def add_objective(plan: Pacep, axis_id: UUID, objective: Objective) -> Pacep:
    axis = part_of(plan, axis_id)
    if not isinstance(axis, Axis):
        raise Refusal("not_found", kind="pacep")
    return with_part(plan, axis_id, objectives=(*axis.objectives, objective))


def add_action(plan: Pacep, objective_id: UUID, action: Action) -> Pacep:
    objective = part_of(plan, objective_id)
    if not isinstance(objective, Objective):
        raise Refusal("not_found", kind="pacep")
    return with_part(plan, objective_id, actions=(*objective.actions, action))


def move(plan: Pacep, part_id: UUID, steps: int) -> Pacep:
    """The part `steps` places further down (negative: up) among those beside it; at an end it stays."""
    part_of(plan, part_id)
    axes = _moved(plan.axes, part_id, steps)
    axes = tuple(replace(axis, objectives=_moved(axis.objectives, part_id, steps)) for axis in axes)
    return replace(plan, axes=tuple(_with_moved_actions(axis, part_id, steps) for axis in axes))


def place_of(plan: Pacep, part_id: UUID) -> int:
    """The place of a part among those in sight beside it, from 0; Refusal `not_found`."""
    for beside in _besides(plan):
        for place, part in enumerate(part for part in beside if part.binned_on is None):
            if part.id == part_id:
                return place
    raise Refusal("not_found", kind="pacep")


def bin_part(plan: Pacep, part_id: UUID, today: date) -> Pacep:
    return with_part(plan, part_id, binned_on=today)


def restore_part(plan: Pacep, part_id: UUID) -> Pacep:
    return with_part(plan, part_id, binned_on=None)


def binned(plan: Pacep) -> tuple[Part, ...]:
    """What lies in the bin of the draft, in the order of the plan."""
    return tuple(part for part in _every(plan) if part.binned_on is not None)


def without_bin(plan: Pacep) -> Pacep:
    """The plan as it is put to the person: the bin is emptied."""
    axes = tuple(
        replace(axis, objectives=tuple(replace(one, actions=live(one.actions)) for one in live(axis.objectives)))
        for axis in plan.live_axes()
    )
    return replace(plan, axes=axes)


def tie(plan: Pacep, axis_id: UUID, finding_lineage: UUID) -> Pacep:
    """Tie a finding to an axis; why it had no axis, if that was written, is no longer said."""
    axis = _axis(plan, axis_id)
    if finding_lineage in axis.finding_lineages:
        return plan
    reasons = {key: text for key, text in plan.needs_without_axis.items() if key != str(finding_lineage)}
    tied = with_part(plan, axis_id, finding_lineages=(*axis.finding_lineages, finding_lineage))
    return replace(tied, needs_without_axis=reasons)


def untie(plan: Pacep, axis_id: UUID, finding_lineage: UUID) -> Pacep:
    axis = _axis(plan, axis_id)
    return with_part(
        plan, axis_id, finding_lineages=tuple(one for one in axis.finding_lineages if one != finding_lineage)
    )


def next_version(plan: Pacep, ids: Ids, number: int, today: date) -> Pacep:
    """A new draft from a former version: new ids, the same lineages; the level is chosen again, never carried over.

    What is done or given up stays in the former version.
    """
    axes = tuple(_axis_again(axis, ids) for axis in plan.live_axes())
    return replace(
        plan,
        id=ids.new(),
        number=number,
        from_version=plan.id,
        version_reason="",
        started_on=today,
        level=None,
        level_reason="",
        next_review=None,
        next_meeting="",
        axes=axes,
        submitted_on=None,
        submitted_by=None,
    )


def _axis_again(axis: Axis, ids: Ids) -> Axis:
    return replace(axis, id=ids.new(), objectives=tuple(_objective_again(one, ids) for one in live(axis.objectives)))


def _objective_again(objective: Objective, ids: Ids) -> Objective:
    actions = tuple(replace(one, id=ids.new()) for one in live(objective.actions) if one.state in OPEN_ACTIONS)
    return replace(objective, id=ids.new(), actions=actions)


def _axis(plan: Pacep, axis_id: UUID) -> Axis:
    found = part_of(plan, axis_id)
    if not isinstance(found, Axis):
        raise Refusal("not_found", kind="pacep")
    return found


def _every(plan: Pacep) -> list[Part]:
    parts: list[Part] = []
    for axis in plan.axes:
        parts.append(axis)
        for objective in axis.objectives:
            parts += [objective, *objective.actions]
    return parts


def _besides(plan: Pacep) -> list[tuple[Part, ...]]:
    """The parts that stand beside each other."""
    found: list[tuple[Part, ...]] = [plan.axes]
    for axis in plan.axes:
        found += [axis.objectives, *(objective.actions for objective in axis.objectives)]
    return found


def _mapped(plan: Pacep, change: Callable[[Any], Any]) -> Pacep:
    """The plan with every part passed through `change`, from the axes down."""
    axes = []
    for axis in plan.axes:
        changed = change(axis)
        objectives = []
        for objective in changed.objectives:
            new = change(objective)
            objectives.append(replace(new, actions=tuple(change(action) for action in new.actions)))
        axes.append(replace(changed, objectives=tuple(objectives)))
    return replace(plan, axes=tuple(axes))


def _with_moved_actions(axis: Axis, part_id: UUID, steps: int) -> Axis:
    objectives = tuple(replace(one, actions=_moved(one.actions, part_id, steps)) for one in axis.objectives)
    return replace(axis, objectives=objectives)


def _moved(parts: tuple[P, ...], part_id: UUID, steps: int) -> tuple[P, ...]:
    """Only the places of what is in sight count: a part in the bin is stepped over."""
    shown = live(parts)
    here = next((place for place, part in enumerate(shown) if part.id == part_id), None)
    if here is None:
        return parts
    others = shown[:here] + shown[here + 1 :]
    there = max(0, min(len(others), here + steps))
    in_the_bin = tuple(part for part in parts if part.binned_on is not None)
    return others[:there] + shown[here : here + 1] + others[there:] + in_the_bin
