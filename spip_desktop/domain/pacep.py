"""The PACEP: plan d'accompagnement de la personne et d'exécution de la peine (seeds 000, 001; RPO1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID


class Level(StrEnum):
    """Four names, no order of merit, no default: the CPIP chooses and writes why."""

    INTENSIVE = "intensif"
    REGULAR = "regulier"
    SPACED = "espace"
    CHECKING = "verification"


class ActionMode(StrEnum):
    INTERNAL = "interne"
    EXTERNAL = "externe"


class ActionState(StrEnum):
    """How far an action is (list `action_states`)."""

    TO_START = "a_engager"
    RUNNING = "en_cours"
    DONE = "faite"
    PREVENTED = "empechee"
    TO_REDIRECT = "a_reorienter"
    DROPPED = "abandonnee"


class ObjectiveState(StrEnum):
    """How far an objective is (list `objective_states`)."""

    TO_START = "a_engager"
    RUNNING = "en_cours"
    REACHED = "atteint"
    REWORDED = "reformule"
    DROPPED = "abandonne"


#: What was prevented is still to be done, or to be given up in writing.
OPEN_ACTIONS = frozenset({ActionState.TO_START, ActionState.RUNNING, ActionState.PREVENTED, ActionState.TO_REDIRECT})
#: Nothing more is asked of an objective in these states.
CLOSED_OBJECTIVES = frozenset({ObjectiveState.REACHED, ObjectiveState.REWORDED, ObjectiveState.DROPPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What is done towards an objective: `who` does it, `person_does` is the person's own part.

    `binned_on` is set while the action lies in the bin of its draft, or since it left a plan put to the person.
    """

    id: UUID
    lineage: UUID
    mode: ActionMode
    kind: str = ""
    label: str = ""
    who: str = ""
    person_does: str = ""
    due: date | None = None
    frequency: str = ""
    state: ActionState = ActionState.TO_START
    result: str = ""
    binned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """`wording` is in the person's words; `indicator` says what will be seen when it is reached.

    `family` is of the list `need_families`. `later`: not begun with, and therefore without a day for now.
    """

    id: UUID
    lineage: UUID
    wording: str = ""
    indicator: str = ""
    family: str = ""
    later: bool = False
    due: date | None = None
    state: ObjectiveState = ObjectiveState.TO_START
    actions: tuple[Action, ...] = ()
    binned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """An axis of work, tied to findings of the evaluation by their lineage, or to a need in plain words."""

    id: UUID
    lineage: UUID
    title: str = ""
    need: str = ""
    finding_lineages: tuple[UUID, ...] = ()
    objectives: tuple[Objective, ...] = ()
    binned_on: date | None = None


Part = Axis | Objective | Action
P = TypeVar("P", Axis, Objective, Action)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacep:
    """One version of the plan. Frozen once `submitted_on` is set; agreement, visa, force are events.

    `needs_without_axis` says, by lineage of a need, why no axis works on it; `gaps`, by lineage of an axis, an
    objective or an action, why it is left with what it lacks.
    """

    id: UUID
    lineage: UUID
    person_id: UUID
    number: int
    evaluation_id: UUID | None = None
    no_evaluation_reason: str = ""
    from_version: UUID | None = None
    version_reason: str = ""
    started_on: date
    level: Level | None = None
    level_reason: str = ""
    strategy: str = ""
    next_review: date | None = None
    what_matters: tuple[str, ...] = ()
    strengths: str = ""
    next_meeting: str = ""
    needs_without_axis: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)
    axes: tuple[Axis, ...] = ()
    submitted_on: date | None = None
    submitted_by: UUID | None = None

    @property
    def is_frozen(self) -> bool:
        return self.submitted_on is not None

    def live_axes(self) -> tuple[Axis, ...]:
        """The axes that are not in the bin."""
        return tuple(axis for axis in self.axes if axis.binned_on is None)

    def live_objectives(self) -> Iterator[tuple[Axis, Objective]]:
        """Every objective of the plan with its axis, in order, bin left out."""
        for axis in self.live_axes():
            for objective in live(axis.objectives):
                yield axis, objective

    def live_actions(self) -> Iterator[tuple[Axis, Objective, Action]]:
        """Every action of the plan with what it serves, in order, bin left out."""
        for axis, objective in self.live_objectives():
            for action in live(objective.actions):
                yield axis, objective, action


def live(parts: tuple[P, ...]) -> tuple[P, ...]:
    """The parts that are not in the bin."""
    return tuple(part for part in parts if part.binned_on is None)
