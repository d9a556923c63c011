"""What happens to an appointment: handed over, held or not, answered. Dated events; a correction keeps both lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spip_desktop.domain.appointment import Appointment, is_ahead
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.event import Event, in_order, last
from spip_desktop.domain.measure import Milieu


class EventCode(StrEnum):
    HANDED = "remise"
    OUTCOME = "issue"
    ANSWER = "suite"
    MOVED = "reporte"
    CANCELLED = "annule"
    REOPENED = "repris"


class AskedBy(StrEnum):
    """Who asked for a change: the person who warned in time is excused, and that is no outcome."""

    SERVICE = "service"
    PERSON = "personne"


class Standing(StrEnum):
    """Where an appointment stands, from its events: what waits for somebody is told apart."""

    PLANNED = "prevu"
    HELD = "venu"
    MISSED = "manque"
    PROOF_AWAITED = "attente"
    #: A written decision not to act, with its date of re-examination.
    LEFT = "laisse"
    CLOSED = "clos"


class Meaning(StrEnum):
    """What an outcome of the list means."""

    MET = "rencontre"
    #: The person came and nothing could be done: neither an interview nor an absence.
    CAME = "venu_sans_entretien"
    ABSENT = "absence"
    PROOF_AWAITED = "justificatif_attendu"
    EXCUSED = "excuse"
    #: Of a detained person, whatever the cause: never an absence (practice.md, « Follow-up »).
    NOT_BROUGHT = "non_venu"
    BY_SERVICE = "service"


_STANDINGS = {
    Meaning.MET: Standing.HELD,
    Meaning.ABSENT: Standing.MISSED,
    Meaning.PROOF_AWAITED: Standing.PROOF_AWAITED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeKind:
    """One outcome of the list `appointment_outcomes`: in which milieu it is offered, and what it means."""

    code: str
    label: str
    milieux: frozenset[str]
    meaning: Meaning


class Answer(StrEnum):
    """The graded answers to an absence, in their order (list `appointment_answers`)."""

    CALL = "relance"
    AGAIN = "reconvocation"
    LETTER = "courrier_de_rappel"
    REFRAMED = "recadrage_dpip"
    REPORT = "rapport"
    NOT_ACTING = "ne_pas_agir"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where it stands, and the day it comes back by itself: a proof that is due, a decision to look at again."""

    standing: Standing
    due_on: date | None = None


def stand(events: Iterable[Event], outcomes: Mapping[str, OutcomeKind]) -> Stand:
    """From the events in the order of their entry: the last word counts, every line stays."""
    found = Stand(Standing.PLANNED)
    for event in in_order(events):
        if event.code == EventCode.OUTCOME:
            kind = outcomes.get(event.detail.get("outcome", ""))
            standing = _STANDINGS.get(kind.meaning, Standing.CLOSED) if kind else Standing.CLOSED
            found = Stand(standing, _day(event) if standing is Standing.PROOF_AWAITED else None)
        elif event.code == EventCode.ANSWER:
            left = event.detail.get("answer") == Answer.NOT_ACTING
            found = Stand(Standing.LEFT, _day(event)) if left else Stand(Standing.CLOSED)
        elif event.code in (EventCode.CANCELLED, EventCode.MOVED):
            found = Stand(Standing.CLOSED)
        elif event.code == EventCode.REOPENED:
            found = Stand(Standing.PLANNED)
    return found


def _day(event: Event) -> date | None:
    written = event.detail.get("until", "")
    return date.fromisoformat(written) if written else None


def outcome_of(events: Iterable[Event]) -> str:
    """The code of the outcome in force, or nothing."""
    found = last(events, EventCode.OUTCOME, EventCode.REOPENED)
    return found.detail.get("outcome", "") if found else ""


def is_missed(events: Iterable[Event], outcomes: Mapping[str, OutcomeKind]) -> bool:
    """The outcome in force is an absence, whatever was answered to it."""
    kind = outcomes.get(outcome_of(events))
    return kind is not None and kind.meaning is Meaning.ABSENT


def answers(events: Iterable[Event]) -> tuple[Event, ...]:
    """The answers given since the outcome in force, in their order: they go up by degrees."""
    every = in_order(events)
    since = max((number for number, one in enumerate(every) if one.code == EventCode.OUTCOME), default=-1)
    return tuple(one for one in every[since + 1 :] if one.code == EventCode.ANSWER)


def last_reminder(events: Iterable[Event]) -> Event | None:
    """The « courrier de rappel » decided last about the absence in force: there is a letter to print."""
    found = [one for one in answers(events) if one.detail.get("answer") == Answer.LETTER]
    return found[-1] if found else None


def reaction_days(one: Appointment, events: Iterable[Event]) -> int | None:
    """Days from the absence to the first answer (le délai de réaction); None while there is none."""
    answers = [event for event in events if event.code == EventCode.ANSWER]
    return (min(event.happened_on for event in answers) - one.day).days if answers else None


# -- what stands in the way ----------------------------------------------------------------------------------


def outcome_problems(
    one: Appointment, kind: OutcomeKind | None, until: date | None, today: date, now: int
) -> list[Problem]:
    """No outcome of what has not begun; a proof that is awaited has its day."""
    if is_ahead(one, today, now):
        return [Problem("outcome_ahead", "outcome")]
    if kind is None or one.milieu not in kind.milieux:
        return [Problem("choose_one", "outcome")]
    if kind.meaning is Meaning.PROOF_AWAITED and (until is None or until < one.day):
        return [Problem("outcome_proof_day", "until")]
    return []


def answer_problems(
    one: Appointment, answer: Answer, on: date, until: date | None, reason: str, today: date, *, missed: bool
) -> list[Problem]:
    """An answer is to an absence, and several may follow; not to act asks why, and when it is looked at again."""
    if one.milieu is not Milieu.OPEN or not missed:
        return [Problem("answer_no_absence", "answer")]
    if on > today:
        return [Problem("date_in_future", "happened_on")]
    if on < one.day:
        return [Problem("answer_before_absence", "happened_on")]
    if answer is not Answer.NOT_ACTING:
        return []
    problems = [] if reason.strip() else [Problem("reason_needed", "comment")]
    return problems if until and until > today else [*problems, Problem("todo_day_ahead", "until")]
