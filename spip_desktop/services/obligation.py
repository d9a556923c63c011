"""The follow-up of the obligations: checks, proofs, payments, hours of work, hours out; each a register of its own.

The obligations themselves are lines of the Situation (services/situation.py).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from spip_desktop.db import obligation as rows
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.records import Stored
from spip_desktop.db.situation import CUSTODIES, MEASURES, OBLIGATIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.hours import HoursLine, hours_problems, linked
from spip_desktop.domain.measure import Measure, Obligation
from spip_desktop.domain.obligation import WORK_OBLIGATION, applies, suspensions_to_propose
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.officer import Right
from spip_desktop.domain.payment import Payment, PaymentPlan, payment_problems, plan_problems
from spip_desktop.domain.proof import Check, Proof, check_problems, proof_problems
from spip_desktop.domain.register import RegisterLine, standing, stands
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.work import (
    WorkSession,
    WorkTerms,
    count,
    session_problems,
    terms_problems,
)
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.services.context import Context
from spip_desktop.services.obligation_paper import ObligationPapers
from spip_desktop.services.obligation_view import FollowedHours, FollowedWork, FollowUp, WrittenLine
from spip_desktop.services.registers import Register, RegisterKind
from spip_desktop.services.synthesis import SynthesisService

L = TypeVar("L", bound=RegisterLine)


class ObligationService:
    """`papers` prints; the other parts are the registers. Reading writes nothing."""

    def __init__(
        self, context: Context, access: AccessService, catalogue: Catalogue, synthesis: SynthesisService
    ) -> None:
        self._context, self._access, self._catalogue = context, access, catalogue
        of_obligation, of_measure = _person_of_obligation, _person_of_measure
        self.checks: Register[Check] = self._register(rows.CHECKS, of_obligation, _check_rule)
        self.proofs: Register[Proof] = self._register(rows.PROOFS, of_obligation, _proof_rule)
        self.plans: Register[PaymentPlan] = self._register(
            rows.PLANS, of_obligation, lambda _, line, beside: plan_problems(line)
        )
        self.payments: Register[Payment] = self._register(
            rows.PAYMENTS, of_obligation, lambda tx, line, _: payment_problems(line, tx.clock.today())
        )
        self.sessions: Register[WorkSession] = self._register(rows.SESSIONS, of_measure, _session_rule)
        self.terms: Register[WorkTerms] = self._register(rows.TERMS, of_measure, _terms_rule)
        self.hours: Register[HoursLine] = self._register(rows.HOURS, of_measure, _hours_rule)
        self.papers = ObligationPapers(context, synthesis, self.view)

    def _register(self, records: Any, person_of: Any, problems: Any) -> Register[Any]:
        kind = RegisterKind(records=records, person_of=person_of, problems=problems)
        return Register(self._context, self._access, kind)

    def view(self, person_id: UUID) -> FollowUp:
        """Everything that is followed for one person today; the dossier must be open."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return self._view(tx, person_id)

    def _view(self, tx: Transaction, person_id: UUID) -> FollowUp:
        today = tx.clock.today()
        measures = sorted(MEASURES.find(tx, person_id=person_id), key=_in_turn)
        custodies = CUSTODIES.find(tx, person_id=person_id)
        custody = current_custody(custodies, today)
        inside = custody is not None and custody.hosted
        every = {records.name: records.find_stored(tx, person_id=person_id) for records in rows.EVERY}
        held: dict[str, tuple[Any, ...]] = {name: standing(one.value for one in lines) for name, lines in every.items()}
        held[rows.HOURS.name] = linked(one.value for one in every[rows.HOURS.name])
        names = {one.id: one.signature(today) for one in OFFICERS.find(tx)}
        obligations = OBLIGATIONS.find(tx, person_id=person_id)
        works = tuple(_works(measures, obligations, held, PERSONS.get(tx, person_id).birth_date, today))
        return FollowUp(
            today=today,
            obligations=tuple(self._obligations(obligations, measures, held, works, incarcerated=inside)),
            works=works,
            hours=tuple(_hours(measures, held)),
            proposals=suspensions_to_propose(measures, custodies),
            history=_history(every.values(), names),
        )

    def _obligations(
        self,
        obligations: Sequence[Obligation],
        measures: Sequence[Measure],
        held: dict[str, tuple[Any, ...]],
        works: Sequence[FollowedWork],
        *,
        incarcerated: bool,
    ) -> Iterable[FollowedObligation]:
        """Measure by measure, as the articles count."""
        by_measure: dict[UUID, list[Obligation]] = {}
        for one in obligations:
            by_measure.setdefault(one.measure_id, []).append(one)
        counts = {one.measure.id: one.count for one in works if one.sessions}
        for measure in measures:
            own = by_measure.get(measure.id, [])
            for one in sorted(own, key=lambda one: self._catalogue.obligation_place(one.code)):
                yield FollowedObligation(
                    obligation=one,
                    measure=measure,
                    proofs=_about(one, held[rows.PROOFS.name]),
                    checks=_about(one, held[rows.CHECKS.name]),
                    plans=_about(one, held[rows.PLANS.name]),
                    payments=_about(one, held[rows.PAYMENTS.name]),
                    work=counts.get(measure.id) if one.code == WORK_OBLIGATION else None,
                    asleep=not applies(one, measure, incarcerated=incarcerated),
                )


def _in_turn(measure: Measure) -> tuple[bool, date, UUID]:
    """Those that ended come last."""
    return measure.ended_on is not None, measure.starts or date.max, measure.id


def _about(obligation: Obligation, lines: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(one for one in lines if one.obligation_id == obligation.id)


def _of(measure: Measure, lines: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(one for one in lines if one.measure_id == measure.id)


def follows_work(measure: Measure, obligations: Iterable[Obligation]) -> bool:
    """Whether hours of work are counted for this measure, or for an obligation of it."""
    ordered = any(one.code == WORK_OBLIGATION and one.measure_id == measure.id for one in obligations)
    return ordered or _flagged(measure, "work")


def follows_hours(measure: Measure) -> bool:
    """Whether hours out are fixed for this measure."""
    return _flagged(measure, "hours")


def _flagged(measure: Measure, column: str) -> bool:
    entry = load("measures").get(measure.kind)
    return entry is not None and entry.flag(column)


def _works(
    measures: Iterable[Measure],
    obligations: Sequence[Obligation],
    held: dict[str, tuple[Any, ...]],
    born: date | None,
    today: date,
) -> Iterable[FollowedWork]:
    for one in measures:
        sessions, terms = _of(one, held[rows.SESSIONS.name]), _of(one, held[rows.TERMS.name])
        if follows_work(one, obligations) or sessions:
            ordered = tuple(sorted(sessions, key=lambda line: (line.done_on, line.begins or 0, line.id)))
            found = count(one, ordered, terms, today, born)
            yield FollowedWork(measure=one, count=found, sessions=ordered, terms=terms)


def _hours(measures: Iterable[Measure], held: dict[str, tuple[Any, ...]]) -> Iterable[FollowedHours]:
    for one in measures:
        lines = _of(one, held[rows.HOURS.name])
        if follows_hours(one) or lines:
            yield FollowedHours(measure=one, lines=lines)


def _history(registers: Iterable[Sequence[Stored[Any]]], names: dict[UUID, str]) -> tuple[WrittenLine, ...]:
    found = [
        WrittenLine(
            line=one.value,
            at=one.changed_at,
            by=names.get(one.changed_by, ""),
            stands=stands(one.value, (other.value for other in lines)),
        )
        for lines in registers
        for one in lines
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.line.id), reverse=True))


# -- rules on lines ------------------------------------------------------------------------------------------


def _person_of_obligation(tx: Transaction, line: Any) -> UUID:
    return OBLIGATIONS.get(tx, line.obligation_id).person_id


def _person_of_measure(tx: Transaction, line: Any) -> UUID:
    return MEASURES.get(tx, line.measure_id).person_id


def _codes(name: str, column: str = "") -> tuple[str, ...]:
    return tuple(one.code for one in load(name).entries if not column or one.flag(column))


def _check_rule(tx: Transaction, line: Check, _: Sequence[Check]) -> Sequence[Problem]:
    return check_problems(line, _codes("check_results"), tx.clock.today())


def _proof_rule(tx: Transaction, line: Proof, _: Sequence[Proof]) -> Sequence[Problem]:
    return proof_problems(line, _codes("proof_kinds"), tx.clock.today())


def _session_rule(tx: Transaction, line: WorkSession, beside: Sequence[WorkSession]) -> Sequence[Problem]:
    decided = MEASURES.get(tx, line.measure_id).decision_on
    return session_problems(line, beside, decided, tx.clock.today())


def _terms_rule(tx: Transaction, line: WorkTerms, _: Sequence[WorkTerms]) -> Sequence[Problem]:
    return terms_problems(line, _codes("hours_authorities", "work"), tx.clock.today())


def _hours_rule(tx: Transaction, line: HoursLine, _: Sequence[HoursLine]) -> Sequence[Problem]:
    """The line and those beside it as they stand once it is written: a request may have been corrected since."""
    found = {one.id: one for one in linked([*rows.HOURS.find(tx, person_id=line.person_id), line])}
    written = found.pop(line.id)
    own = [one for one in found.values() if one.measure_id == line.measure_id]
    return hours_problems(written, own, _codes("hours_authorities", "hours"), tx.clock.today())
