"""What changed between two moments of a plan, by lineage: facts and words, for the judge and for the review."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.pacep import Action, ActionState, Axis, Level, Objective, ObjectiveState, Pacep


class What(StrEnum):
    """What a line of the comparison is about, in the order of the paper."""

    LEVEL = "niveau"
    AXIS = "axe"
    OBJECTIVE = "objectif"
    ACTION = "action"


class ChangeKind(StrEnum):
    ADDED = "ajoute"
    GONE = "retire"
    REWORDED = "reformule"
    STATE = "etat"
    DUE = "echeance"
    WHO = "qui"


Side = str | date | Level | ObjectiveState | ActionState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is no longer as it was. `words`: how the line reads now, or read when it was there."""

    what: What
    kind: ChangeKind
    words: str
    lineage: UUID | None = None
    before: Side = None
    now: Side = None
    why: str = ""


def changes(before: Pacep, now: Pacep) -> tuple[Change, ...]:
    """Every axis, objective and action added, gone, said otherwise or moved on; nothing where nothing moved."""
    return (
        *_level(before, now),
        *_lines(What.AXIS, _axes(before), _axes(now)),
        *_lines(What.OBJECTIVE, _objectives(before), _objectives(now)),
        *_lines(What.ACTION, _actions(before), _actions(now)),
    )


Lines = dict[str, Axis | Objective | Action]


def _axes(plan: Pacep) -> Lines:
    return {str(axis.lineage): axis for axis in plan.live_axes()}


def _objectives(plan: Pacep) -> Lines:
    return {str(one.lineage): one for _, one in plan.live_objectives()}


def _actions(plan: Pacep) -> Lines:
    return {str(one.lineage): one for _, _, one in plan.live_actions()}


def _level(before: Pacep, now: Pacep) -> Iterator[Change]:
    if before.level is not now.level:
        yield Change(
            what=What.LEVEL, kind=ChangeKind.STATE, words="", before=before.level, now=now.level, why=now.level_reason
        )


def _lines(what: What, before: Lines, now: Lines) -> Iterator[Change]:
    """First what is still there, in the order of today, with what came; then what is gone."""
    for lineage, line in now.items():
        if lineage in before:
            yield from _moved(what, before[lineage], line)
        else:
            yield Change(what=what, kind=ChangeKind.ADDED, words=_said(line), now=_said(line))
    for lineage, line in before.items():
        if lineage not in now:
            yield Change(what=what, kind=ChangeKind.GONE, words=_said(line), lineage=line.lineage, before=_said(line))


def _moved(what: What, before: Axis | Objective | Action, now: Axis | Objective | Action) -> Iterator[Change]:
    words = _said(now)
    if _said(before) != words:
        yield Change(what=what, kind=ChangeKind.REWORDED, words=words, before=_said(before), now=words)
    for kind, name in ((ChangeKind.STATE, "state"), (ChangeKind.DUE, "due"), (ChangeKind.WHO, "who")):
        was, is_ = getattr(before, name, None), getattr(now, name, None)
        if was != is_:
            why = getattr(now, "result", "") if kind is ChangeKind.STATE else ""
            yield Change(what=what, kind=kind, words=words, before=was, now=is_, why=why)


def _said(line: Axis | Objective | Action) -> str:
    if isinstance(line, Axis):
        return line.title
    return line.wording if isinstance(line, Objective) else line.label
