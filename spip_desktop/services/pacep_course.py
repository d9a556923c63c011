"""What happens to a plan once written: put to the person, answered, stamped, in force, replaced, carried out."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import event as events
from spip_desktop.db import pacep as paceps
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Action, ActionState, Objective, ObjectiveState, Pacep
from spip_desktop.domain.pacep_edit import without_bin
from spip_desktop.domain.pacep_follow import followed_parts, removed_parts
from spip_desktop.domain.pacep_rules import submission_problems
from spip_desktop.domain.pacep_states import (
    KIND,
    Agreement,
    EventCode,
    PlanState,
    VisaWay,
    agreement_of,
    day_problem,
    require_step,
    state_of,
)
from spip_desktop.domain.text import clean
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.pacep_paper import PacepPaperService
from spip_desktop.services.situation import require_basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person answered and when; `objectives` are the lineages accepted when the answer is « en partie ».

    `comment` is in the person's own words. `correction` is why a line already entered is corrected.
    """

    agreement: Agreement
    happened_on: date
    objectives: tuple[UUID, ...] = ()
    comment: str = ""
    correction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visa:
    """The DPIP's visa, given on screen or entered as received on paper (`signed_by` is then who signed).

    `reason` stands in for a missing DPIP; `correction` is why a line already entered is corrected.
    """

    way: VisaWay
    happened_on: date
    signed_by: str = ""
    reason: str = ""
    correction: str = ""


class PacepCourseService:
    """Each method is one dated fact, added to those before it; nothing is rewritten."""

    def __init__(self, context: Context, access: AccessService, papers: PacepPaperService) -> None:
        self._context, self._access, self._papers = context, access, papers

    def submit(self, pacep_id: UUID) -> None:
        """Freeze the draft and issue « À signer »; Refusal `no_active_basis` (V01), or everything missing (V12)."""
        self._context.actor.require(Right.WRITE_PACEP)
        with self._context.store.reading() as tx:
            person_id = self._plan(tx, pacep_id).person_id
        frame = self._papers.frame_of(person_id)
        with self._writing("submit_pacep") as tx:
            plan = self._plan(tx, pacep_id)
            if plan.is_frozen:
                raise Refusal("frozen", kind=KIND)
            require_basis(tx, person_id)
            today = tx.clock.today()
            refuse_if_any(submission_problems(plan, paceps.sources(tx, plan.evaluation_id), today))
            frozen = replace(without_bin(paceps.as_it_stands(tx, plan)), submitted_on=today, submitted_by=tx.actor_id)
            PACEPS.save(tx, frozen)
            self._add(tx, frozen, EventCode.SUBMITTED, today)
            self._papers.issue_to_sign(tx, frozen, frame)
            tx.note(KIND, pacep_id)

    def note_agreement(self, pacep_id: UUID, answer: Answer) -> None:
        """Record what the person answered, as they said it; the answer never changes the obligations."""
        with self._writing("note_agreement") as tx:
            plan = self._plan(tx, pacep_id)
            before = events.of(tx, plan.id)
            require_step(plan, before, EventCode.AGREEMENT)
            known = last(before, EventCode.AGREEMENT)
            if agreement_of(before) is Agreement.TO_COLLECT:
                known = None  # the answer that was awaited, not a correction
            lineages = {objective.lineage for _, objective in plan.live_objectives()}
            accepted = [str(one) for one in answer.objectives if one in lineages]
            if answer.agreement is Agreement.PARTIAL and not accepted:
                raise Refusal("pacep_which_objectives", "objectives")
            detail = {"answer": answer.agreement.value, "objectives": " ".join(accepted)}
            detail |= _correction(known, answer.correction)
            self._check_day(answer.happened_on, before, EventCode.AGREEMENT)
            self._add(tx, plan, EventCode.AGREEMENT, answer.happened_on, answer.comment, detail)
            tx.note(KIND, pacep_id, answer.correction)

    def note_visa(self, pacep_id: UUID, visa: Visa) -> None:
        """The DPIP's visa. On screen it asks for the right; on paper, for who signed.

        Without a DPIP in the store, an on-screen visa asks for a written reason (Refusal
        `reason_needed_without_dpip`).
        """
        self._context.actor.require(Right.WRITE_PACEP)
        if visa.way is VisaWay.SCREEN:
            self._context.actor.require(Right.VISA, visa.reason)
        elif not visa.signed_by.strip():
            raise Refusal("pacep_who_stamped", "signed_by")
        with self._writing("note_visa") as tx:
            plan = self._plan(tx, pacep_id)
            before = events.of(tx, plan.id)
            require_step(plan, before, EventCode.VISA)
            self._check_day(visa.happened_on, before, EventCode.VISA)
            detail = {"way": visa.way.value, "signed_by": clean(visa.signed_by).strip()}
            detail |= _correction(last(before, EventCode.VISA), visa.correction)
            self._add(tx, plan, EventCode.VISA, visa.happened_on, visa.reason, detail)
            tx.note(KIND, pacep_id, visa.reason or visa.correction)

    def send_back(self, pacep_id: UUID, remark: str) -> None:
        """The DPIP sends the plan back with a remark; the CPIP answers with a new version."""
        self._context.actor.require(Right.VISA, remark)
        if not remark.strip():
            raise Refusal("reason_needed", "remark")
        with self._writing("send_back_pacep") as tx:
            plan = self._plan(tx, pacep_id)
            before = events.of(tx, plan.id)
            require_step(plan, before, EventCode.VISA)
            self._add(tx, plan, EventCode.RETURNED, tx.clock.today(), remark)
            tx.note(KIND, pacep_id)

    def put_in_force(self, pacep_id: UUID, on: date) -> None:
        """From that day the plan holds; the versions before it are replaced in the same act."""
        with self._writing("put_pacep_in_force") as tx:
            plan = self._plan(tx, pacep_id)
            before = events.of(tx, plan.id)
            require_step(plan, before, EventCode.IN_FORCE)
            if state_of(plan, before) is PlanState.IN_FORCE:
                raise Refusal("pacep_already")
            self._check_day(on, before, EventCode.IN_FORCE)
            self._add(tx, plan, EventCode.IN_FORCE, on)
            for other in paceps.of_person(tx, plan.person_id):
                self._replace(tx, other, plan, on)
            tx.note(KIND, pacep_id)

    def note_sent(self, pacep_id: UUID, to: str, on: date) -> None:
        """The plan was sent to the magistrate, once stamped; each sending is its own line."""
        with self._writing("note_plan_sent") as tx:
            plan = self._plan(tx, pacep_id)
            before = events.of(tx, plan.id)
            require_step(plan, before, EventCode.IN_FORCE)
            if not to.strip():
                raise Refusal("required", "to")
            self._check_day(on, before, EventCode.IN_FORCE)
            self._add(tx, plan, EventCode.SENT, on, detail={"to": clean(to).strip()})
            tx.note(KIND, pacep_id, recipient=clean(to).strip())

    def note_progress(self, pacep_id: UUID, lineage: UUID, state: str, on: date, result: str = "") -> None:
        """How far an objective or an action of a frozen plan is, and what came of it."""
        with self._writing("note_progress") as tx:
            plan = self._followed(tx, pacep_id, on)
            _check_state(_part(plan, lineage), state)
            self._add(tx, plan, EventCode.PROGRESS, on, result, {"lineage": str(lineage), "state": state})
            tx.note(KIND, pacep_id)

    def remove_part(self, pacep_id: UUID, lineage: UUID, on: date, reason: str) -> None:
        """An objective or an action leaves a plan put to the person; Refusals `reason_needed`, `pacep_removed`."""
        with self._writing("remove_from_pacep") as tx:
            self._turn(tx, pacep_id, lineage, on, reason, EventCode.REMOVED)

    def take_part_back(self, pacep_id: UUID, lineage: UUID, on: date, reason: str) -> None:
        """What had left the plan is in it again; Refusals `reason_needed`, `pacep_not_removed`."""
        with self._writing("take_back_in_pacep") as tx:
            self._turn(tx, pacep_id, lineage, on, reason, EventCode.TAKEN_BACK)

    # -- inside ------------------------------------------------------------------------------------------------

    def _writing(self, act: str) -> AbstractContextManager[Transaction]:
        self._context.actor.require(Right.WRITE_PACEP)
        return self._context.store.transaction(self._context.actor, act)

    def _plan(self, tx: Transaction, pacep_id: UUID) -> Pacep:
        plan = PACEPS.get(tx, pacep_id)
        self._access.require(tx, plan.person_id)
        return plan

    def _turn(self, tx: Transaction, pacep_id: UUID, lineage: UUID, on: date, reason: str, code: EventCode) -> None:
        """A line leaves the plan or comes back, with why."""
        plan = self._followed(tx, pacep_id, on)
        _part(plan, lineage)
        if not reason.strip():
            raise Refusal("reason_needed", "reason")
        gone = removed_parts(events.of(tx, plan.id))
        if (lineage in gone) is (code is EventCode.REMOVED):
            raise Refusal("pacep_removed" if lineage in gone else "pacep_not_removed")
        if lineage in gone and on < gone[lineage].happened_on:
            raise Refusal("pacep_before_removal", "happened_on", day=gone[lineage].happened_on)
        self._add(tx, plan, code, on, reason, {"lineage": str(lineage)})
        tx.note(KIND, pacep_id)

    def _followed(self, tx: Transaction, pacep_id: UUID, on: date) -> Pacep:
        """A version put to the person and not replaced, about which something happened on that day."""
        plan = self._plan(tx, pacep_id)
        if not plan.is_frozen:
            raise Refusal("pacep_submit_first")
        if state_of(plan, events.of(tx, plan.id)) is PlanState.REPLACED:
            raise Refusal("pacep_replaced")
        if on > tx.clock.today():
            raise Refusal("date_in_future", "happened_on")
        return plan

    def _check_day(self, day: date, before: tuple[Event, ...], code: EventCode) -> None:
        problem = day_problem(day, before, self._context.clock.today(), code)
        refuse_if_any([problem] if problem else [])

    def _replace(self, tx: Transaction, other: Pacep, plan: Pacep, on: date) -> None:
        """An earlier version that was put to the person gives way; a draft or a later version does not."""
        state = state_of(other, events.of(tx, other.id))
        if other.number < plan.number and state not in (PlanState.DRAFT, PlanState.REPLACED):
            self._add(tx, other, EventCode.REPLACED, on, detail={"by": str(plan.id)})

    def _add(
        self,
        tx: Transaction,
        plan: Pacep,
        code: EventCode,
        on: date,
        comment: str = "",
        detail: dict[str, str] | None = None,
    ) -> None:
        paceps.add_event(tx, plan, code, on, clean(comment, lines=True).strip(), detail)


def _correction(known: Event | None, reason: str) -> dict[str, str]:
    """A second line cites the one it corrects, and says why."""
    if known is None:
        return {}
    if not reason.strip():
        raise Refusal("pacep_already", "correction")
    return {"corrects": str(known.id), "correction": clean(reason).strip()}


def _part(plan: Pacep, lineage: UUID) -> Objective | Action:
    """The objective or action of that lineage; Refusal `not_found`."""
    for part in followed_parts(plan):
        if part.lineage == lineage:
            return part
    raise Refusal("not_found", kind=KIND)


def _check_state(part: Objective | Action, state: str) -> None:
    """Refusal `choose_one` for a state off the list."""
    known = {one.value for one in (ActionState if isinstance(part, Action) else ObjectiveState)}
    if state not in known:
        raise Refusal("choose_one", "state")
