"""The review of the plan in force: its window, an exemption with a new day, an event that advances it."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from uuid import UUID

from spip_desktop.db import deadline as rows
from spip_desktop.db import event as events
from spip_desktop.db import incident as incident_rows
from spip_desktop.db import pacep as paceps
from spip_desktop.db.among import Among
from spip_desktop.db.incident import INCIDENTS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.situation import CUSTODIES, MEASURES, SHEETS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.deadline_facts import Dossier
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.incident import Incident
from spip_desktop.domain.measure import Measure, SentenceSheet
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_review import ENTERED, Review, ReviewCause, ReviewGround, review_of
from spip_desktop.domain.pacep_rules import REVIEW_MONTHS
from spip_desktop.domain.pacep_states import KIND, EventCode, PlanState, state_of
from spip_desktop.domain.situation import current_custody, latest_sheet
from spip_desktop.domain.text import clean
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.incident import advancing_days


class PacepReviewService:
    """Each method is one dated fact about the plan in force; Refusal `pacep_not_in_force` for another."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def put_off(self, pacep_id: UUID, until: date, reason: str) -> None:
        """Another last day for the review, with why; Refusals `reason_needed`, `pacep_date_past`."""
        with self._writing("put_off_review") as tx:
            plan = self._in_force(tx, pacep_id)
            if not reason.strip():
                raise Refusal("reason_needed", "reason")
            if until < tx.clock.today():
                raise Refusal("pacep_date_past", "until")
            _add(tx, plan, EventCode.REVIEW_PUT_OFF, tx.clock.today(), reason, {"until": until.isoformat()})

    def advance(self, pacep_id: UUID, cause: ReviewCause, on: date, comment: str = "") -> None:
        """Something happened that asks for the plan to be looked at again within a month."""
        with self._writing("advance_review") as tx:
            plan = self._in_force(tx, pacep_id)
            if cause not in ENTERED:
                raise Refusal("choose_one", "cause")
            if on > tx.clock.today():
                raise Refusal("date_in_future", "happened_on")
            _add(tx, plan, EventCode.REVIEW_ADVANCED, on, comment, {"cause": cause.value})

    def _writing(self, act: str) -> AbstractContextManager[Transaction]:
        self._context.actor.require(Right.WRITE_PACEP)
        return self._context.store.transaction(self._context.actor, act)

    def _in_force(self, tx: Transaction, pacep_id: UUID) -> Pacep:
        plan = PACEPS.get(tx, pacep_id)
        self._access.require(tx, plan.person_id)
        if state_of(plan, events.of(tx, plan.id)) is not PlanState.IN_FORCE:
            raise Refusal("pacep_not_in_force")
        return plan


def _add(tx: Transaction, plan: Pacep, code: EventCode, on: date, comment: str, detail: dict[str, str]) -> None:
    paceps.add_event(tx, plan, code, on, clean(comment, lines=True).strip(), detail)
    tx.note(KIND, plan.id)


def review_now(tx: Transaction, plan: Pacep, own: Iterable[Event], today: date) -> Review | None:
    """The window of a version in force; None for another."""
    known, of_person = tuple(own), {"person_id": plan.person_id}
    if state_of(plan, known) is not PlanState.IN_FORCE:
        return None
    measures, custodies = MEASURES.find(tx, **of_person), CUSTODIES.find(tx, **of_person)
    held = current_custody(custodies, today) is not None
    sheet = latest_sheet(SHEETS.find(tx, **of_person)) if held else None
    incidents = advancing_days(INCIDENTS.find(tx, **of_person))
    return review_from(plan, known, measures, sheet, held, today, incidents)


def review_day(
    plans: Iterable[tuple[Pacep, Sequence[Event]]], window: Callable[[Pacep, Sequence[Event]], Review | None]
) -> date | None:
    """When one person’s plan is looked at again: the last day of the window of the version in force; before any is in
    force, the day chosen in the last one put to the person. The strip, the Synthèse and the list of persons tell it."""
    known = list(plans)
    for plan, own in known:
        if found := window(plan, own):
            return found.closes
    put = [plan for plan, own in known if plan.submitted_on and state_of(plan, own) is not PlanState.REPLACED]
    return put[-1].next_review if put else None


def review_days(tx: Transaction, among: Among) -> dict[UUID, date]:
    """The same for many persons at once; none for those who have no plan."""
    today, every = tx.clock.today(), dict[UUID, list[tuple[Pacep, Sequence[Event]]]]()
    for plan, own in sorted(rows.reviewed_plans(tx, among), key=lambda one: one[0].number):
        every.setdefault(plan.person_id, []).append((plan, own))
    found = dict[UUID, date]()
    happened = incident_rows.noted(tx, among) if every else {}
    for dossier in rows.situations(tx, list(every)):
        id_ = dossier.person_id
        if day := review_day(every[id_], partial(review_in, dossier, happened.get(id_, ()), today)):
            found[id_] = day
    return found


def review_in(
    dossier: Dossier, incidents: Sequence[Incident], today: date, plan: Pacep, own: Sequence[Event]
) -> Review | None:
    """The window of a version in force, from a dossier that was read."""
    held = current_custody(dossier.custodies, today) is not None
    sheet = latest_sheet(dossier.sheets) if held else None
    return review_from(plan, own, dossier.measures, sheet, held, today, advancing_days(incidents))


def review_from(
    plan: Pacep,
    own: Sequence[Event],
    measures: Sequence[Measure],
    sheet: SentenceSheet | None,
    held: bool,
    today: date,
    incidents: Sequence[date] = (),
) -> Review | None:
    """The same from records that were read: every measure, the fiche pénale of who is held, the days of incidents."""
    begun = last(own, EventCode.IN_FORCE)
    if begun is None or state_of(plan, own) is not PlanState.IN_FORCE:
        return None
    days = [day for one in measures if (day := one.referral_on or one.decision_on) and day > begun.happened_on]
    ground = ReviewGround(
        since=begun.happened_on,
        months=_months(plan),
        chosen=plan.next_review,
        ends_on=_last_day(measures, sheet),
        held=held,
        measures=tuple(days),
        incidents=tuple(day for day in incidents if day > begun.happened_on),
    )
    return review_of(ground, own, today)


def _months(plan: Pacep) -> int:
    """The setting of the level chosen; a year where none is."""
    entry = load("levels").get(plan.level.value) if plan.level else None
    return int(entry.number("review_months") or REVIEW_MONTHS) if entry else REVIEW_MONTHS


def end_of(tx: Transaction, person_id: UUID, today: date) -> date | None:
    """The last day the service follows the person, as far as it is written: measures under way, else the sentence."""
    held = current_custody(CUSTODIES.find(tx, person_id=person_id), today)
    sheet = latest_sheet(SHEETS.find(tx, person_id=person_id)) if held else None
    return _last_day(MEASURES.find(tx, person_id=person_id), sheet)


def _last_day(measures: Sequence[Measure], sheet: SentenceSheet | None) -> date | None:
    ends = [one.ends_planned for one in measures if one.ended_on is None]
    ends += [sheet.end_official] if sheet else []
    return None if None in ends else max((day for day in ends if day), default=None)
