"""The life of a sheet once ready: dated events in a guarded order (design.md §6, V14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.event import Event, in_order, last
from spip_desktop.domain.prescription import Prescription

KIND = "prescription"
AGREEMENT = "accord"
#: A letter asked the partner again: the sheet stays where it is.
REMINDER = "relance"


class SheetState(StrEnum):
    """List `prescription_states`."""

    DRAFT = "brouillon"
    READY = "prete"
    AGREED = "accord_signe"
    HANDED_OVER = "remise"
    RECEIVED = "recue"
    MEETING_FIXED = "rendez_vous_fixe"
    ACCEPTED = "acceptee"
    REFUSED = "refusee"
    NO_ANSWER = "sans_reponse"
    RUNNING = "en_cours"
    REPORTED = "bilan_recu"
    CLOSED = "close"
    CANCELLED = "annulee"
    WITHDRAWN = "accord_retire"
    PARTNER_TOLD = "partenaire_prevenu"


class Agreement(StrEnum):
    """What the person answered (list `agreements`)."""

    YES = "yes"
    PARTIAL = "partial"
    NO = "no"
    REFUSED_TO_SIGN = "refused_to_sign"
    TO_COLLECT = "to_collect"
    COULD_NOT_ANSWER = "could_not_answer"


#: Only a yes to the whole paper lets it be handed over (V14); « en partie » asks for an edition with what is accepted.
AGREEING = frozenset({Agreement.YES})
#: Why the edition before another one is cancelled (list `cancel_reasons`); the officer never chooses these by hand.
REPLACED_PARTIAL, REPLACED_GROUND = "accord_en_partie", "fondement_perdu"
#: … and why the version that a partner held is, once the amended one was handed over.
REPLACED_AMENDED = "remplacee"
REPLACING = frozenset({REPLACED_PARTIAL, REPLACED_GROUND, REPLACED_AMENDED})
_S = SheetState
#: What a partner may do at once: nothing obliges them to tell each step.
_ANSWERS = frozenset({_S.MEETING_FIXED, _S.ACCEPTED, _S.REFUSED, _S.NO_ANSWER, _S.RUNNING, _S.REPORTED})
NEXT: Mapping[SheetState, frozenset[SheetState]] = {
    _S.DRAFT: frozenset(),
    _S.READY: frozenset({_S.CANCELLED}),
    _S.AGREED: frozenset({_S.HANDED_OVER, _S.CANCELLED}),
    _S.HANDED_OVER: _ANSWERS | {_S.RECEIVED, _S.CANCELLED},
    _S.RECEIVED: _ANSWERS | {_S.CANCELLED},
    _S.MEETING_FIXED: _ANSWERS | {_S.CANCELLED},
    _S.NO_ANSWER: (_ANSWERS | {_S.RECEIVED, _S.CLOSED, _S.CANCELLED}) - {_S.NO_ANSWER},
    _S.ACCEPTED: frozenset({_S.MEETING_FIXED, _S.RUNNING, _S.REPORTED, _S.CLOSED, _S.CANCELLED}),
    _S.REFUSED: frozenset({_S.ACCEPTED, _S.CLOSED}),
    _S.RUNNING: frozenset({_S.REPORTED, _S.CLOSED, _S.CANCELLED}),
    _S.REPORTED: frozenset({_S.RUNNING, _S.REPORTED, _S.CLOSED}),
    _S.CLOSED: frozenset(),
    _S.CANCELLED: frozenset(),
    # Nothing ends before the partner knows that the information may not be used any more.
    _S.WITHDRAWN: frozenset({_S.PARTNER_TOLD}),
    _S.PARTNER_TOLD: frozenset({_S.CLOSED}),
}
#: While the partner holds the sheet and the work is not over, another version may take its place.
AMENDABLE = frozenset({_S.HANDED_OVER, _S.RECEIVED, _S.MEETING_FIXED, _S.NO_ANSWER, _S.ACCEPTED, _S.RUNNING})
#: While the sheet is with the service an answer may still be noted again (the person changes their mind).
ANSWERABLE = frozenset({_S.READY, _S.AGREED})
#: What is said with each fact: detail keys that must not be empty.
NEEDS: Mapping[SheetState, tuple[str, ...]] = {
    _S.HANDED_OVER: ("channel",),
    _S.REFUSED: ("reason", "tells"),
    _S.CANCELLED: ("reason", "tells"),
    _S.PARTNER_TOLD: ("told_by",),
}


def state_of(prescription: Prescription, events: Iterable[Event]) -> SheetState:
    """Where the sheet is now: the newest fact, the agreement counting by its answer."""
    if not prescription.is_frozen:
        return _S.DRAFT
    state = _S.READY
    for event in _steps(events):
        if event.code == AGREEMENT:
            state = _S.AGREED if event.detail["answer"] in AGREEING else _S.READY
        else:
            state = SheetState(event.code)
    return state


def since(prescription: Prescription, events: Iterable[Event]) -> date:
    """The day of the fact that made the present state."""
    newest = last(_steps(events))
    return newest.happened_on if newest else prescription.ready_on or prescription.drafted_on


def reminded_on(events: Iterable[Event]) -> date | None:
    """The day of the last letter, while nothing came since."""
    newest = last(events)
    return newest.happened_on if newest and newest.code == REMINDER else None


def _steps(events: Iterable[Event]) -> tuple[Event, ...]:
    """The facts that move a sheet, in order."""
    return tuple(event for event in in_order(events) if event.code != REMINDER)


def agreement_of(events: Iterable[Event]) -> Event | None:
    """The last answer of the person, or None."""
    return last(events, AGREEMENT)


def next_states(prescription: Prescription, events: Iterable[Event]) -> tuple[SheetState, ...]:
    """What may be noted next, in the order of the list."""
    known = tuple(events)
    allowed = NEXT[state_of(prescription, known)] | ({_S.WITHDRAWN} if may_withdraw(known) else set())
    return tuple(one for one in SheetState if one in allowed)


def may_withdraw(events: Iterable[Event]) -> bool:
    """Whether the person may take the agreement back for what the partner holds: once handed over, whatever follows."""
    codes = {event.code for event in events}
    return _S.HANDED_OVER in codes and _S.WITHDRAWN not in codes


def may_amend(prescription: Prescription, events: Iterable[Event]) -> bool:
    """Whether a new version may be prepared for the partner who holds this one."""
    return state_of(prescription, events) in AMENDABLE


def was_handed_over(events: Iterable[Event]) -> bool:
    return any(event.code == _S.HANDED_OVER for event in events)


def accepted_of(events: Iterable[Event]) -> frozenset[str] | None:
    """The ticks kept by the person when the last answer is « en partie », else None."""
    answer = agreement_of(events)
    if answer is None or answer.detail["answer"] != Agreement.PARTIAL:
        return None
    return frozenset(answer.detail.get("accepted", "").split())


def may_answer(prescription: Prescription, events: Iterable[Event]) -> bool:
    """Whether the person's agreement may be noted now: after printing, before handing over."""
    return state_of(prescription, events) in ANSWERABLE


def check_agreement(prescription: Prescription, events: Iterable[Event], on: date, today: date) -> None:
    """Refuse an answer before the sheet is ready or after it was handed over; a corrected answer may bear any day."""
    known = tuple(events)
    if not may_answer(prescription, known):
        raise Refusal("agreement_not_now", "answer")
    _check_day(prescription.ready_on or prescription.drafted_on, on, today)


def check_accepted(accepted: frozenset[str], asked: frozenset[str]) -> None:
    """Refuse an « en partie » that keeps everything on the paper, or names what the paper did not ask."""
    if not accepted <= asked:
        raise ValueError(f"not on this sheet: {sorted(accepted - asked)}")
    if accepted == asked:
        raise Refusal("partial_is_all", "accepted")


def check_step(
    prescription: Prescription,
    events: Iterable[Event],
    state: SheetState,
    on: date,
    today: date,
    detail: Mapping[str, str],
) -> None:
    """Refuse a step out of order, an impossible day, or a missing word.

    Refusals: `agreement_needed` (V14), `partial_agreement`, `step_not_now`, `date_in_future`, `before_previous`,
    `required`.
    """
    known = tuple(events)
    now = state_of(prescription, known)
    if state is _S.HANDED_OVER and now is _S.READY:
        partial = accepted_of(known) is not None
        raise Refusal("partial_agreement" if partial else "agreement_needed", "answer")
    if state not in next_states(prescription, known):
        raise Refusal("step_not_now", "state")
    _check_day(_earliest(prescription, known, state), on, today)
    missing = [Problem("required", name) for name in NEEDS.get(state, ()) if not detail.get(name, "").strip()]
    if missing:
        raise Refusal.of(missing)


def _earliest(prescription: Prescription, known: tuple[Event, ...], state: SheetState) -> date:
    """A step follows the last fact; a withdrawal may be learnt late, it follows the handing over only."""
    given = last(known, _S.HANDED_OVER)
    if state is _S.WITHDRAWN and given:
        return given.happened_on
    return since(prescription, known)


def _check_day(earliest: date, on: date, today: date) -> None:
    """A fact is not in the future, and not before what it follows."""
    if on > today:
        raise Refusal("date_in_future", "happened_on")
    if on < earliest:
        raise Refusal("before_previous", "happened_on", day=dates.short(earliest))


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionLine:
    """One line of a list of sheets, with what a person needs to know which one it is and what is awaited.

    `window` says in two words whether a sheet still with the service is to be prepared or handed over.
    """

    id: UUID
    person_id: UUID
    person: str
    partner: str
    objective: str
    number: str
    state: SheetState
    since: date
    report_wanted_by: date | None
    window: str = ""
    #: Whom the officer stands in for, where the sheet is in their list for that alone.
    interim_of: str = ""
