"""The PACEP: plan d'accompagnement de la personne et d'exécution de la peine (seeds 000, 001; RPO1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    id: UUID
    lineage: UUID
    mode: ActionMode
    kind: str
    label: str
    who: str = ""
    person_does: str = ""
    due: date | None = None
    frequency: str = ""
    state: str = "a_engager"
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """`wording` is in the person's words; `indicator` says what will be seen when it is reached."""

    id: UUID
    lineage: UUID
    wording: str
    indicator: str = ""
    due: date | None = None
    state: str = "a_engager"
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """An axis of work, tied to findings by their lineage."""

    id: UUID
    lineage: UUID
    title: str
    need: str = ""
    family: str = ""
    finding_lineages: tuple[UUID, ...] = ()
    field_codes: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pacep:
    """One version of the plan. Frozen once `submitted_on` is set; agreement, visa, force are events."""

    id: UUID
    lineage: UUID
    person_id: UUID
    number: int
    evaluation_id: UUID | None = None
    from_version: UUID | None = None
    started_on: date
    level: Level | None = None
    level_reason: str = ""
    strategy: str = ""
    next_review: date | None = None
    what_matters: tuple[str, ...] = ()
    strengths: str = ""
    needs_without_axis: str = ""
    axes: tuple[Axis, ...] = ()
    submitted_on: date | None = None
    submitted_by: UUID | None = None
