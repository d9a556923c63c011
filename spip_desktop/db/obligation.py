"""The registers of the obligations, to and from their rows, and what « À traiter » reads of many dossiers at once."""

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.records import Records
from spip_desktop.db.situation import MEASURES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.hours import HoursLine
from spip_desktop.domain.payment import Payment, PaymentPlan
from spip_desktop.domain.proof import Check, Proof
from spip_desktop.domain.register import RegisterLine, standing
from spip_desktop.domain.work import WorkSession, WorkTerms

L = TypeVar("L", bound=RegisterLine)
#: A condition on the column that says whose a line is.
Whose = Callable[[sa.ColumnElement[UUID]], sa.ColumnElement[bool]]
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
#: What the rules look at of each; words typed about someone stay in the store.
_FIELDS = {
    CHECKS: ("id", "person_id", "corrects", "withdrawn", "obligation_id", "checked_on", "result"),
    PROOFS: (
        "id",
        "person_id",
        "corrects",
        "withdrawn",
        "obligation_id",
        "kind",
        "seen_on",
        "covers_from",
        "covers_until",
    ),
    PLANS: (
        *("id", "person_id", "corrects", "withdrawn", "obligation_id"),
        *("starts", "monthly_cents", "total_cents", "ends"),
    ),
    PAYMENTS: ("id", "person_id", "corrects", "withdrawn", "obligation_id", "paid_on", "cents"),
    SESSIONS: ("id", "person_id", "corrects", "withdrawn", "measure_id", "done_on", "minutes", "signed"),
    HOURS: ("id", "person_id", "corrects", "withdrawn", "measure_id", "step", "happened_on", "answers"),
}


def worked(tx: Transaction, whose: Whose) -> frozenset[UUID]:
    """The measures of these persons whose ordered hours of work are all done, by the sessions that stand."""
    done: Counter[UUID] = Counter()
    for one in standing(among(tx, SESSIONS, whose)):
        done[one.measure_id] += one.minutes
    if not done:
        return frozenset()
    m = MEASURES.table.c
    ordered = tx.connection.execute(sa.select(m.id, m.hours).where(m.id.in_(list(done))))
    return frozenset(id_ for id_, hours in ordered if hours is not None and done[id_] >= hours * 60)


def among(tx: Transaction, records: Records[L], whose: Whose) -> list[L]:
    """The lines of one register for these persons, in the order of entry, without their words."""
    found = records.partly(tx, _FIELDS[records], whose(records.table.c.person_id))
    return sorted(found, key=lambda one: one.id)
