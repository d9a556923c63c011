"""The dessaisissement: a dossier handed to another service, step by step (practice.md, « People and roles »).

Proposed, accepted, received, first appointment fixed: the service that hands over closes nothing before the last step,
so that nobody is without anyone. The steps are dated events, noted by both services; the record says who hands what to
whom. A colleague of the same service who takes the dossier is an assignment, not this.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.event import Event, in_order, last
from spip_desktop.domain.place import Place

KIND = "handover"
PAGE = "person.handover"
#: A place on the page: the answer that a proposal awaits.
ANSWER = "answer"
#: In the detail of the last step: the day of the first appointment (ISO).
APPOINTMENT = "appointment_on"
#: The flag of a dossier that this service is to take.
TAKING = "vers_nous"
MOST_SEALED = 6
#: As long as « Fiche de liaison » holds on its two pages.
_LINE, _PAPER, _NOTE, _MOST_PAPERS = 120, 80, 1_000, 8


class Step(StrEnum):
    """Where a handover stands; two ways out before it is received."""

    PROPOSED = "propose"
    ACCEPTED = "accepte"
    RECEIVED = "recu"
    MET = "premier_rendez_vous"
    REFUSED = "refuse"
    WITHDRAWN = "retire"
    #: No step: the line that says that one was noted by mistake. Both stay.
    TAKEN_BACK = "annule"


#: In the detail of that line: the event that no longer counts, and its step.
_MISTAKEN, MISTAKEN_STEP = "event", "step"
#: What may follow each step.
NEXT: dict[Step, tuple[Step, ...]] = {
    Step.PROPOSED: (Step.ACCEPTED, Step.REFUSED, Step.WITHDRAWN),
    Step.ACCEPTED: (Step.RECEIVED, Step.WITHDRAWN),
    Step.RECEIVED: (Step.MET,),
    Step.MET: (),
    Step.REFUSED: (),
    Step.WITHDRAWN: (),
}
#: The course, in its order.
COURSE = (Step.PROPOSED, Step.ACCEPTED, Step.RECEIVED, Step.MET)
#: The dossier is still that of the service that proposed it.
OPEN = frozenset({Step.PROPOSED, Step.ACCEPTED, Step.RECEIVED})
#: The words of the proposal may still change: nobody holds the dossier elsewhere.
BEFORE_RECEIPT = frozenset({Step.PROPOSED, Step.ACCEPTED})
#: These ways out say why.
WITH_REASON = frozenset({Step.REFUSED, Step.WITHDRAWN})
#: Two stations may note without having read each other: the step that goes furthest holds, in whatever order they come.
#: A refusal holds against an acceptance, and a receipt against both, so that somebody always has the dossier.
_FURTHEST = (Step.PROPOSED, Step.ACCEPTED, Step.REFUSED, Step.WITHDRAWN, Step.RECEIVED, Step.MET)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPaper:
    """A paper under secrecy that goes apart, « sous pli fermé »: what it is, and for whom; never what it says."""

    id: UUID
    title: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One handover of a dossier. `reason` is of the list `handover_reasons`; `papers`, what is handed over on paper."""

    id: UUID
    person_id: UUID
    reason: str = ""
    from_service: str = ""
    to_service: str = ""
    to_officer: str = ""
    proposed_on: date
    note: str = ""
    papers: tuple[str, ...] = ()
    sealed: tuple[SealedPaper, ...] = ()


def standing(events: Iterable[Event]) -> tuple[Event, ...]:
    """The steps that count, as they were entered: without those that were taken back."""
    every = in_order(events)
    gone = {event.detail.get(_MISTAKEN) for event in every if event.code == Step.TAKEN_BACK}
    return tuple(event for event in every if event.code != Step.TAKEN_BACK and str(event.id) not in gone)


def step_of(events: Iterable[Event]) -> Step:
    """The step that goes furthest among those noted, by whichever service."""
    return max((Step(event.code) for event in standing(events)), key=_FURTHEST.index, default=Step.PROPOSED)


def mistaken(events: Sequence[Event], officer_id: UUID, today: date) -> Event | None:
    """The step that this officer may still say was noted by mistake: where the handover stands, noted today."""
    step = step_of(events)
    found = last((event for event in standing(events) if event.entered_by == officer_id), step)
    today_s = found is not None and found.entered_at.astimezone(PARIS).date() == today
    return found if today_s and step is not Step.PROPOSED else None


def taking_back(event: Event) -> dict[str, str]:
    """The detail of the line that takes a step back."""
    return {_MISTAKEN: str(event.id), MISTAKEN_STEP: event.code}


def require_next(events: Iterable[Event], step: Step) -> None:
    """Refusal `handover_step` unless this step may follow the last one."""
    if step not in NEXT[step_of(events)]:
        raise Refusal("handover_step")


def left_before_closing(step: Step) -> tuple[Step, ...]:
    """The steps that stay to be noted before anything is closed; none once the handover is over or given up."""
    return COURSE[COURSE.index(step) + 1 :] if step in OPEN else ()


def first_appointment(events: Iterable[Event]) -> date | None:
    """The day of the first appointment, once it is fixed."""
    found = last(standing(events), Step.MET)
    day = found.detail.get(APPOINTMENT, "") if found else ""
    return date.fromisoformat(day) if day else None


# -- rules ---------------------------------------------------------------------------------------------------


def handover_problems(handover: Handover, today: date) -> list[Problem]:
    """What keeps a handover from being proposed as it is."""
    problems = [Problem("required", name) for name in ("reason", "to_service") if not getattr(handover, name).strip()]
    problems += _too_long({name: getattr(handover, name) for name in ("to_service", "to_officer")}, _LINE)
    problems += _too_long({"note": handover.note}, _NOTE)
    problems += _too_long({"papers": max(handover.papers, key=len, default="")}, _PAPER)
    if len(handover.papers) > _MOST_PAPERS:
        problems.append(Problem("handover_papers", "papers", {"limit": _MOST_PAPERS}))
    for number, paper in enumerate(handover.sealed, 1):
        problems += _sealed_problems(paper, number)
    if handover.proposed_on > today:
        problems.append(Problem("date_in_future", "proposed_on"))
    return problems


def _sealed_problems(paper: SealedPaper, number: int) -> list[Problem]:
    """A sealed paper is named, and is for somebody."""
    fields = {f"sealed_title_{number}": paper.title, f"sealed_for_{number}": paper.addressee}
    return [Problem("required", name) for name, text in fields.items() if not text.strip()] + _too_long(fields, _PAPER)


def _too_long(fields: Mapping[str, str], limit: int) -> list[Problem]:
    return [Problem("too_long", name, {"limit": limit}) for name, text in fields.items() if len(text) > limit]


def step_problems(
    events: Iterable[Event], step: Step, on: date, today: date, *, comment: str = "", appointment_on: date | None = None
) -> list[Problem]:
    """What keeps a step from being noted: its day, a reason that is missing, the day of the first appointment."""
    earlier = [event.happened_on for event in standing(events)]
    problems = [Problem("date_in_future", "happened_on")] if on > today else []
    if earlier and on < max(earlier):
        problems.append(Problem("handover_step_before", "happened_on"))
    if step in WITH_REASON and not comment.strip():
        problems.append(Problem("reason_needed", "comment"))
    problems += _too_long({"comment": comment}, _NOTE)
    return problems + (_appointment_problems(earlier, appointment_on) if step is Step.MET else [])


def _appointment_problems(earlier: Sequence[date], appointment_on: date | None) -> list[Problem]:
    """The day of the appointment, which may be to come; not before the dossier was proposed."""
    if appointment_on is None:
        return [Problem("required", APPOINTMENT)]
    before = bool(earlier) and appointment_on < min(earlier)
    return [Problem("handover_step_before", APPOINTMENT)] if before else []


# -- what waits ----------------------------------------------------------------------------------------------


def facts_of(handover: Handover, events: Sequence[Event], *, taking: bool) -> Facts | None:
    """What an open handover says to the rules of the échéances, counted from its last step; None once it is over."""
    step = step_of(events)
    found = last(standing(events), step)
    if step not in OPEN or found is None:
        return None
    return Facts(
        of=Subject.HANDOVER,
        id=handover.id,
        person_id=handover.person_id,
        place=Place(PAGE, handover.person_id),
        days={step.value: found.happened_on},
        flags=frozenset({TAKING} if taking else ()),
        words={"service": handover.from_service if taking else handover.to_service},
    )
