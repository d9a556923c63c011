"""Prescriptions, to and from their rows."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.event import EVENTS
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import ASSIGNMENTS, PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event
from spip_desktop.domain.person import first_of
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import PrescriptionLine, since, state_of
from spip_desktop.domain.text import capitals

PRESCRIPTIONS = Records(
    "prescription",
    Prescription,
    references={"person_id": "person"},
    index=[("person_id",), ("sheet_number",), ("answer_code",)],
)


def lines(tx: Transaction, *, person_id: UUID | None = None, officer_id: UUID | None = None) -> list[PrescriptionLine]:
    """The sheets of one person, or of the persons whom an officer follows today; the newest fact first."""
    sheets = _sheets(tx, person_id, officer_id)
    facts = _events(tx, [one.id for one in sheets])
    names, partners = _names(tx, {one.person_id for one in sheets}), _partners(tx)
    found = [
        PrescriptionLine(
            id=one.id,
            person_id=one.person_id,
            person=names[one.person_id],
            partner=partners.get(one.partner_id, "") if one.partner_id else "",
            objective=one.objective_words,
            number=one.sheet_number,
            state=state_of(one, facts.get(one.id, ())),
            since=since(one, facts.get(one.id, ())),
            report_wanted_by=one.report_wanted_by,
        )
        for one in sheets
    ]
    return sorted(found, key=lambda line: (line.since, line.id), reverse=True)


def _sheets(tx: Transaction, person_id: UUID | None, officer_id: UUID | None) -> list[Prescription]:
    column = PRESCRIPTIONS.table.c.person_id
    if person_id is not None:
        return PRESCRIPTIONS.find(tx, column == person_id)
    if officer_id is None:
        return PRESCRIPTIONS.find(tx)
    return PRESCRIPTIONS.find(tx, column.in_(_followed(officer_id, tx.clock.today())))


def _followed(officer_id: UUID, today: date) -> sa.Select[tuple[UUID]]:
    a = ASSIGNMENTS.table.c
    return sa.select(a.person_id).where(
        a.officer_id == officer_id,
        a.deleted_at.is_(None),
        a.starts <= today,
        sa.or_(a.ends.is_(None), a.ends >= today),
    )


def _events(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = {}
    for event in EVENTS.find(tx, EVENTS.table.c.object_id.in_(ids)) if ids else ():
        found.setdefault(event.object_id, []).append(event)
    return found


def _names(tx: Transaction, ids: set[UUID]) -> dict[UUID, str]:
    p = PERSONS.table.c
    query = sa.select(p.id, p.first_names, p.usual_name, p.birth_name).where(p.id.in_(ids))
    return {
        row.id: f"{first_of(row.first_names)} {capitals(row.usual_name or row.birth_name)}".strip()
        for row in (tx.connection.execute(query) if ids else ())
    }


def _partners(tx: Transaction) -> dict[UUID, str]:
    p = PARTNERS.table.c
    return {row.id: row.name for row in tx.connection.execute(sa.select(p.id, p.name))}
