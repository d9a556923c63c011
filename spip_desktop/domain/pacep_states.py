"""The life of a plan after its draft: dated events in a fixed sequence (practice.md, « Signature, agreement »)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.pacep import Pacep

KIND = "pacep"


class PlanState(StrEnum):
    """Where a version is; the order is that of the steps on the page."""

    DRAFT = "brouillon"
    SUBMITTED = "soumis"
    AGREED = "accord_recueilli"
    STAMPED = "vise"
    IN_FORCE = "en_vigueur"
    REPLACED = "remplace"


class EventCode(StrEnum):
    SUBMITTED = "soumis"
    AGREEMENT = "accord_recueilli"
    VISA = "vise"
    RETURNED = "retour"
    IN_FORCE = "en_vigueur"
    REPLACED = "remplace"
    PROGRESS = "avancement"
    REMOVED = "retrait"
    TAKEN_BACK = "reprise"
    SENT = "transmis"
    REVIEW_PUT_OFF = "revue_reportee"
    REVIEW_ADVANCED = "revue_avancee"


class Agreement(StrEnum):
    """What the person answered, as said; « à recueillir » when they could not be met."""

    YES = "yes"
    PARTIAL = "partial"
    NO = "no"
    REFUSED_TO_SIGN = "refused_to_sign"
    TO_COLLECT = "to_collect"


class VisaWay(StrEnum):
    """How the DPIP's visa came: given here, or entered as received on paper (list `visas`)."""

    SCREEN = "visa"
    PAPER = "visa_papier"


_STEPS = (EventCode.SUBMITTED, EventCode.AGREEMENT, EventCode.VISA, EventCode.IN_FORCE, EventCode.REPLACED)


def state_of(plan: Pacep, events: Iterable[Event]) -> PlanState:
    """The furthest step reached."""
    if not plan.is_frozen:
        return PlanState.DRAFT
    reached = {event.code for event in events}
    return PlanState(next((code for code in reversed(_STEPS) if code in reached), EventCode.SUBMITTED))


def agreement_of(events: Iterable[Event]) -> Agreement | None:
    """The last answer entered, or None."""
    found = last(events, EventCode.AGREEMENT)
    return Agreement(found.detail["answer"]) if found else None


def corrected(events: Iterable[Event]) -> frozenset[UUID]:
    """The events that a later line corrects."""
    return frozenset(UUID(event.detail["corrects"]) for event in events if event.detail.get("corrects"))


def day_problem(day: date, events: Iterable[Event], today: date, code: EventCode) -> Problem | None:
    """A fact is not in the future, and not before the step it follows."""
    if day > today:
        return Problem("date_in_future", "happened_on")
    known = tuple(events)
    before, wrong = _STEPS[: _STEPS.index(code)], corrected(known)
    found = [event.happened_on for event in known if event.code in before and event.id not in wrong]
    if found and day < max(found):
        return Problem("pacep_before_last_step", "happened_on", {"day": max(found)})
    return None


def require_step(plan: Pacep, events: Iterable[Event], code: EventCode) -> None:
    """Refuse a step that is not the next one; a correction of a step already made is allowed elsewhere."""
    state = state_of(plan, events)
    if state is PlanState.REPLACED:
        raise Refusal("pacep_replaced")
    asked = {
        EventCode.AGREEMENT: (PlanState.SUBMITTED, "pacep_submit_first"),
        EventCode.VISA: (PlanState.AGREED, "pacep_agreement_first"),
        EventCode.IN_FORCE: (PlanState.STAMPED, "pacep_visa_first"),
    }
    needed, refusal = asked[code]
    order = tuple(PlanState)
    if order.index(state) < order.index(needed):
        raise Refusal(refusal)
