"""The registers of the obligations, to and from their rows, and what « À traiter » reads of many dossiers at once."""

from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.among import Among, is_among
from spip_desktop.db.numbers import raw, uuid_of
from spip_desktop.db.records import Records
from spip_desktop.db.schema import METADATA
from spip_desktop.db.situation import MEASURES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.hours import HoursLine, linked
from spip_desktop.domain.measure import Suspension
from spip_desktop.domain.payment import Payment, PaymentPlan
from spip_desktop.domain.proof import Check, Proof
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.work import WorkSession, WorkTerms

L = TypeVar("L", bound=RegisterLine)
_OBLIGATION = {"person_id": "person", "obligation_id": "obligation"}
_MEASURE = {"person_id": "person", "measure_id": "measure"}

CHECKS = Records("obligation_check", Check, references=_OBLIGATION, index=[("person_id",)])
PROOFS = Records("obligation_proof", Proof, references=_OBLIGATION, index=[("person_id",)])
PLANS = Records("payment_plan", PaymentPlan, references=_OBLIGATION, index=[("person_id",)])
PAYMENTS = Records("payment", Payment, references=_OBLIGATION, index=[("person_id",)])
SESSIONS = Records("work_session", WorkSession, references=_MEASURE, index=[("person_id",)])
TERMS = Records("work_terms", WorkTerms, references=_MEASURE, index=[("person_id",)])
HOURS = Records("hours_line", HoursLine, references=_MEASURE, index=[("person_id",)])

#: Every register, in the order in which a page shows them.
EVERY: tuple[Records[Any], ...] = (CHECKS, PROOFS, PLANS, PAYMENTS, SESSIONS, TERMS, HOURS)
#: What the rules look at of each, beside what it is about; words typed about someone stay in the store.
_FIELDS: dict[Records[Any], tuple[str, ...]] = {
    CHECKS: ("checked_on", "result"),
    PROOFS: ("kind", "seen_on", "covers_from", "covers_until"),
    PLANS: ("starts", "monthly_cents", "total_cents", "ends"),
    PAYMENTS: ("paid_on", "cents"),
    SESSIONS: ("done_on", "minutes", "signed"),
}
_HOURS = ("id", "person_id", "corrects", "withdrawn", "measure_id", "step", "happened_on", "answers")
#: Lines read by the thousand are told by what they are about, not by their numbers.
_NOBODY = UUID(int=0)


def by_obligation(tx: Transaction, records: Records[L], among: Among) -> dict[UUID, list[L]]:
    """The lines of a register that stand for these persons, without their numbers and words, in the order of entry."""
    return _by(tx, records, "obligation_id", among)


def sessions_by_measure(tx: Transaction, among: Among) -> dict[UUID, list[WorkSession]]:
    """The same of the hours of work."""
    return _by(tx, SESSIONS, "measure_id", among)


def hours_by_measure(tx: Transaction, among: Among) -> dict[UUID, list[HoursLine]]:
    """The steps that stand, with their numbers: a decision answers a request."""
    found: dict[UUID, list[HoursLine]] = {}
    for one in linked(sorted(HOURS.partly(tx, _HOURS, person_id=among), key=lambda line: line.id)):
        found.setdefault(one.measure_id, []).append(one)
    return found


def suspensions(tx: Transaction, among: Among) -> dict[UUID, tuple[Suspension, ...]]:
    """When the measures of these persons were suspended."""
    stop, measure = METADATA.tables["measure_suspensions"].c, MEASURES.table.c
    query = sa.select(stop.parent_id, stop.id, stop.starts, stop.ends).join(
        MEASURES.table, measure.id == stop.parent_id
    )
    found: dict[UUID, tuple[Suspension, ...]] = {}
    for measure_id, id_, starts, ends in tx.connection.execute(query.where(among(measure.person_id))).all():
        found[measure_id] = (*found.get(measure_id, ()), Suspension(id=id_, starts=starts, ends=ends))
    return found


def worked(tx: Transaction, among: Among) -> frozenset[UUID]:
    """The measures of these persons whose ordered hours of work are all done, by the sessions that stand."""
    done = {id_: sum(one.minutes for one in lines) for id_, lines in sessions_by_measure(tx, among).items()}
    if not done:
        return frozenset()
    m = MEASURES.table.c
    ordered = tx.connection.execute(sa.select(m.id, m.hours).where(m.id.in_(list(done))))
    return frozenset(id_ for id_, hours in ordered if hours is not None and done[id_] >= hours * 60)


def _by(tx: Transaction, records: Records[L], about: str, among: Among) -> dict[UUID, list[L]]:
    """Five years leave many lines: a number is compared as the store has it, and made once for each group."""
    fields = _FIELDS[records]
    rows = tx.connection.execute(_lines(records, about), among.told).all()
    replaced = {row[1] for row in rows}
    groups: dict[str, list[L]] = {}
    for id_, _, withdrawn, group, *values in rows:
        if id_ not in replaced and not withdrawn:
            named = {about: _NOBODY, **dict(zip(fields, values, strict=True))}
            groups.setdefault(group, []).append(records.kind(id=_NOBODY, person_id=_NOBODY, **named))
    return {uuid_of(group): lines for group, lines in groups.items()}


@cache
def _lines(records: Records[Any], about: str) -> sa.Select[Any]:
    """The lines of a register, each with its number, what it corrects, whether it is withdrawn and what it is about."""
    columns = records.table.c
    told = (raw(columns.id), raw(columns.corrects), columns.withdrawn, raw(columns[about]))
    query = sa.select(*told, *(columns[name] for name in _FIELDS[records]))
    return query.where(is_among(columns.person_id), columns.deleted_at.is_(None)).order_by(columns.id)
