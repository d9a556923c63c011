"""How each field, need and objective has moved through the versions: what each version said, side by side.

States and words as they were chosen. Nothing is added up, weighed or coloured (loi 78-17, art. 95).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.evaluation import Evolution, ExploredField, FieldState, Finding, FindingKind
from spip_desktop.domain.pacep import CLOSED_OBJECTIVES, Objective, ObjectiveState, Pacep


class What(StrEnum):
    FIELD = "champ"
    NEED = "besoin"
    OBJECTIVE = "objectif"


class Left(StrEnum):
    """A line that this version no longer holds, where the one before did."""

    GONE = "retire"


State = FieldState | Evolution | ObjectiveState | Left


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one version said of a line; no state where it said nothing.

    `words`: its words there, when they are not those of today. `own`: the person's answer. `again`: taken over
    from the version before without being looked at. `priority`: its place in the officer's order.
    """

    state: State | None = None
    words: str = ""
    own: str = ""
    again: bool = False
    later: bool = False
    priority: int | None = None
    left_on: date | None = None


NOTHING = Said()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field, need or objective; `said` has one entry a version, in their order.

    `step`: the field it belongs to. `id`: what it is in the last version that holds it.
    """

    what: What
    words: str
    said: tuple[Said, ...]
    step: str = ""
    id: UUID | None = None

    @property
    def last(self) -> int | None:
        """The place of the last version that holds it."""
        held = (at for at, one in enumerate(self.said) if one.state not in (None, Left.GONE))
        return max(held, default=None)

    def moved(self, at: int) -> bool:
        """Whether a version says otherwise than the last one before it that said something."""
        said = self.said[at]
        before = next((one for one in reversed(self.said[:at]) if one.state is not None), None)
        if said.state is None or before is None:
            return False
        return (said.state, said.later) != (before.state, before.later)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfStep:
    """What one version of the evaluation held of one step; `own` in the words of its form."""

    field: ExploredField
    own: str = ""


def field_lines(labels: Mapping[str, str], versions: Sequence[Mapping[str, OfStep]]) -> tuple[Line, ...]:
    """One line a step of `labels`; a version that did not go through a step says nothing of it."""
    return tuple(
        Line(what=What.FIELD, words=label, step=step, said=tuple(_of_step(one.get(step)) for one in versions))
        for step, label in labels.items()
    )


def _of_step(found: OfStep | None) -> Said:
    if found is None:
        return NOTHING
    return Said(state=found.field.state, own=found.own, again=not found.field.reviewed)


def need_lines(versions: Sequence[Iterable[Finding]]) -> tuple[Line, ...]:
    """The needs by lineage, in the officer's order of the newest version, the others as they came."""
    each = [{one.lineage: one for one in found if one.kind is FindingKind.NEED} for found in versions]
    lineages = dict.fromkeys(lineage for found in each for lineage in found)
    lines = [_need([found.get(lineage) for found in each]) for lineage in lineages]
    return tuple(sorted(lines, key=lambda line: (line.said[-1].priority is None, line.said[-1].priority or 0)))


def _need(found: Sequence[Finding | None]) -> Line:
    newest = next(one for one in reversed(found) if one is not None)
    said: list[Said] = []
    before: Finding | None = None
    for one in found:
        if one is None:
            lifted = before is None or before.evolution is Evolution.LIFTED
            said.append(NOTHING if lifted else Said(state=Left.GONE))
        else:
            words = one.words if one.words != newest.words else ""
            said.append(Said(state=one.evolution, words=words, priority=one.priority))
        before = one
    return Line(what=What.NEED, words=newest.words, step=newest.step, id=newest.lineage, said=tuple(said))


def objective_lines(plans: Sequence[Pacep]) -> tuple[Line, ...]:
    """The objectives by lineage, in the order in which they came; each plan as it stands at the end of its time."""
    each = [_objectives(plan) for plan in plans]
    lineages = dict.fromkeys(lineage for found in each for lineage in found)
    return tuple(_objective([found.get(lineage) for found in each]) for lineage in lineages)


def _objectives(plan: Pacep) -> dict[UUID, Objective]:
    """Those of a plan, and those that left it once it was put to the person."""
    found = [one for axis in plan.axes if axis.binned_on is None for one in axis.objectives]
    return {one.lineage: one for one in found if plan.is_frozen or one.binned_on is None}


def _objective(found: Sequence[Objective | None]) -> Line:
    newest = next(one for one in reversed(found) if one is not None)
    said: list[Said] = []
    held = False
    for one in found:
        said.append(_of_objective(one, newest) if one else Said(state=Left.GONE) if held else NOTHING)
        held = one is not None and one.binned_on is None and one.state not in CLOSED_OBJECTIVES
    return Line(what=What.OBJECTIVE, words=newest.wording, id=newest.id, said=tuple(said))


def _of_objective(one: Objective, newest: Objective) -> Said:
    words = one.wording if one.wording != newest.wording else ""
    if one.binned_on:
        return Said(state=Left.GONE, words=words, left_on=one.binned_on)
    return Said(state=one.state, words=words, later=one.later)
