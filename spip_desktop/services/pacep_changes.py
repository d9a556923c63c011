"""What changed in a plan, in words: since the version before, or since this one was put to the person."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.event import Event
from spip_desktop.domain.pacep import CLOSED_OBJECTIVES, OPEN_ACTIONS, Action, ActionState, Level, ObjectiveState, Pacep
from spip_desktop.domain.pacep_changes import Change, ChangeKind, Side, What, changes
from spip_desktop.domain.pacep_follow import followed_parts, removed_parts
from spip_desktop.domain.text import french_spaces
from spip_desktop.wording.pacep import ACTION_STATES, LEVELS, OBJECTIVE_STATES

_NAMES = {What.AXIS: "Axe", What.OBJECTIVE: "Objectif", What.ACTION: "Action"}
_KINDS = {ChangeKind.STATE: "état", ChangeKind.DUE: "échéance", ChangeKind.WHO: "qui la fait"}
_NEW, _GONE = "nouveau", "n’est plus dans le plan"


def lines_between(before: Pacep, now: Pacep, ends: Mapping[UUID, str]) -> tuple[tuple[str, str, str], ...]:
    """What, before, now: ready to be printed. `ends`: what became of the lines that are gone, by lineage."""
    return tuple(_line(change, ends) for change in changes(before, now))


def ends_of(plan: Pacep, events: Iterable[Event]) -> dict[UUID, str]:
    """How the lines of a version ended: taken out and why, or done and what came of it; `plan` as it stands."""
    found = {}
    for part in followed_parts(plan):
        if isinstance(part, Action):
            over, word, result = part.state not in OPEN_ACTIONS, ACTION_STATES[part.state], part.result
        else:
            over, word, result = part.state in CLOSED_OBJECTIVES, OBJECTIVE_STATES[part.state], ""
        if over:
            found[part.lineage] = f"{word} : {result}" if result else word
    gone = {lineage: f"retiré du plan : {event.comment}" for lineage, event in removed_parts(events).items()}
    return found | gone


def moment_of(plan: Pacep, day: date | None) -> str:
    """« version 2, soumise à la personne le 22/11/2026 », or as it stands on a later day."""
    put = f"version {plan.number}, soumise à la personne le {dates.short(plan.submitted_on)}"
    return put if day is None else f"{put}, au {dates.short(day)}"


def _line(change: Change, ends: Mapping[UUID, str]) -> tuple[str, str, str]:
    if change.what is What.LEVEL:
        why = f" ({change.why})" if change.why else ""
        return "Niveau d’intervention", _side(change.before), french_spaces(_side(change.now) + why)
    name = f"{_NAMES[change.what]} « {change.words} »"
    if change.kind is ChangeKind.ADDED:
        return french_spaces(name), "", _NEW
    if change.kind is ChangeKind.GONE:
        end = ends.get(change.lineage, _GONE) if change.lineage else _GONE
        return french_spaces(name), "dans le plan", french_spaces(end)
    if change.kind is ChangeKind.REWORDED:
        before, now = (french_spaces(f"« {_side(one)} »") for one in (change.before, change.now))
        return _NAMES[change.what], before, now
    now = _side(change.now) + (f" : {change.why}" if change.why else "")
    return french_spaces(f"{name}, {_KINDS[change.kind]}"), _side(change.before), french_spaces(now)


def _side(value: Side) -> str:
    if isinstance(value, Level):
        return LEVELS[value]
    if isinstance(value, ObjectiveState):
        return OBJECTIVE_STATES[value]
    if isinstance(value, ActionState):
        return ACTION_STATES[value]
    if isinstance(value, date):
        return dates.short(value)
    return value or "non noté"
