"""The dessaisissement: a dossier handed to another service, step by step (practice.md, « People and roles »).

Proposed, accepted, received, first appointment fixed: the service that hands over closes nothing before the last step,
so that nobody is without anyone. The steps are dated events; the record says who hands what to whom.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.event import Event, in_order

KIND = "handover"
_LINE, _NOTE = 120, 2_000


class Step(StrEnum):
    """Where a handover stands; two ways out before it is received."""

    PROPOSED = "propose"
    ACCEPTED = "accepte"
    RECEIVED = "recu"
    MET = "premier_rendez_vous"
    REFUSED = "refuse"
    WITHDRAWN = "retire"


#: What may follow each step.
NEXT: dict[Step, tuple[Step, ...]] = {
    Step.PROPOSED: (Step.ACCEPTED, Step.REFUSED, Step.WITHDRAWN),
    Step.ACCEPTED: (Step.RECEIVED, Step.WITHDRAWN),
    Step.RECEIVED: (Step.MET,),
    Step.MET: (),
    Step.REFUSED: (),
    Step.WITHDRAWN: (),
}
#: The dossier is still that of the service that proposed it.
OPEN = frozenset({Step.PROPOSED, Step.ACCEPTED, Step.RECEIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPaper:
    """A paper under secrecy that goes apart, « sous pli fermé »: what it is, and for whom; never what it says."""

    id: UUID
    title: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One handover of a dossier. `reason` is of the list `handover_reasons`."""

    id: UUID
    person_id: UUID
    reason: str = ""
    from_service: str = ""
    to_service: str = ""
    to_officer: str = ""
    proposed_on: date
    note: str = ""
    sealed: tuple[SealedPaper, ...] = ()


def step_of(events: Iterable[Event]) -> Step:
    """The last step that was noted."""
    steps = [Step(event.code) for event in in_order(events)]
    return steps[-1] if steps else Step.PROPOSED


def require_next(events: Iterable[Event], step: Step) -> None:
    """Refusal `handover_step` unless this step may follow the last one."""
    if step not in NEXT[step_of(events)]:
        raise Refusal("handover_step")


def handover_problems(handover: Handover, today: date) -> list[Problem]:
    """What keeps a handover from being proposed as it is."""
    problems = [Problem("required", name) for name in ("reason", "to_service") if not getattr(handover, name).strip()]
    problems += [
        Problem("too_long", name, {"limit": limit})
        for name, limit in (("to_service", _LINE), ("to_officer", _LINE), ("note", _NOTE))
        if len(getattr(handover, name)) > limit
    ]
    if handover.proposed_on > today:
        problems.append(Problem("date_in_future", "proposed_on"))
    return problems


def step_problems(events: Iterable[Event], on: date, today: date) -> list[Problem]:
    """What keeps a step from being noted on this day: it is past, and not before the one that came earlier."""
    if on > today:
        return [Problem("date_in_future", "happened_on")]
    earlier = [event.happened_on for event in in_order(events)]
    return [Problem("handover_step_before", "happened_on")] if earlier and on < earlier[-1] else []
