"""Prescriptions, to and from their rows."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.event import EVENTS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import ASSIGNMENTS, PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.access import Reach
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


def lines(tx: Transaction, *, person_id: UUID | None = None, reach: Reach | None = None) -> list[PrescriptionLine]:
    """The sheets of one person, or of those whom the officers of `reach` follow today; the newest fact first."""
    sheets = _sheets(tx, person_id, reach)
    facts = _events(tx, [one.id for one in sheets])
    names, partners = _names(tx, {one.person_id for one in sheets}), _partners(tx)
    absent = _absent(tx, reach) if reach else {}
    found = [
        PrescriptionLine(
            id=one.id,
            person_id=one.person_id,
            person=names[one.person_id],
            interim_of=absent.get(one.person_id, ""),
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


def _sheets(tx: Transaction, person_id: UUID | None, reach: Reach | None) -> list[Prescription]:
    column = PRESCRIPTIONS.table.c.person_id
    if person_id is not None:
        return PRESCRIPTIONS.find(tx, column == person_id)
    if reach is None:
        return PRESCRIPTIONS.find(tx)
    followed = sa.select(ASSIGNMENTS.table.c.person_id).where(_followed(reach.officers, tx.clock.today()))
    return PRESCRIPTIONS.find(tx, column.in_(followed))


def _followed(officers: Collection[UUID], today: date) -> sa.ColumnElement[bool]:
    a = ASSIGNMENTS.table.c
    running = sa.and_(a.starts <= today, sa.or_(a.ends.is_(None), a.ends >= today))
    return sa.and_(a.officer_id.in_(tuple(officers)), a.deleted_at.is_(None), running)


def _absent(tx: Transaction, reach: Reach) -> dict[UUID, str]:
    """Whom the officer stands in for, by the persons that the officer does not follow too."""
    a, o, found = ASSIGNMENTS.table.c, OFFICERS.table.c, dict[UUID, list[str]]()
    query = sa.select(a.person_id, o.id, o.first_name, o.family_name).join_from(ASSIGNMENTS.table, OFFICERS.table)
    followed = tx.connection.execute(query.where(_followed(reach.officers, tx.clock.today()))).all()
    mine = {row.person_id for row in followed if row.id == reach.officer_id}
    for row in followed:
        if row.person_id not in mine:
            found.setdefault(row.person_id, []).append(f"{row.first_name} {row.family_name}")
    return {person_id: ", ".join(names) for person_id, names in found.items()}


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
