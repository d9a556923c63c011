"""Prescriptions, to and from their rows."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.event import EVENTS
from spip_desktop.db.followed import absent, is_followed, names
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.access import Reach
from spip_desktop.domain.event import Event
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import KIND, REMINDER, PrescriptionLine, SheetState, since, state_of

PRESCRIPTIONS = Records(
    "prescription",
    Prescription,
    references={"person_id": "person"},
    index=[("person_id",), ("sheet_number",), ("answer_code",)],
)
#: Tells whose sheets there are, and of which kind, without reading them: they hold their whole paper.
PRESCRIPTIONS.index_present("person_id", "sheet_code", "drafted_on", "id")
_V = EVENTS.table.c
_ENDS = (SheetState.CLOSED, SheetState.CANCELLED, SheetState.PARTNER_TOLD)
#: A fact after which nothing is awaited of a sheet; written out: an index takes no parameter.
IS_END = sa.and_(_V.code.in_([sa.literal_column(f"'{one}'") for one in _ENDS]), _V.deleted_at.is_(None))
#: Five years leave many sheets and few that wait: told from these facts alone.
sa.Index("ix_event_end", _V.object_id, _V.code, _V.deleted_at, sqlite_where=IS_END)


def lines(tx: Transaction, *, person_id: UUID | None = None, reach: Reach | None = None) -> list[PrescriptionLine]:
    """The sheets of one person, or of those whom the officers of `reach` follow today; the newest fact first."""
    sheets = _sheets(tx, person_id, reach)
    facts = _events(tx, [one.id for one in sheets])
    persons, partners = names(tx, {one.person_id for one in sheets}), _partners(tx)
    stands_in = absent(tx, reach) if reach else {}
    found = [
        PrescriptionLine(
            id=one.id,
            person_id=one.person_id,
            person=persons[one.person_id],
            interim_of=stands_in.get(one.person_id, ""),
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
    return PRESCRIPTIONS.find(tx, is_followed(tx, reach, column))


def _events(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = {}
    for event in EVENTS.find(tx, EVENTS.table.c.object_id.in_(ids)) if ids else ():
        found.setdefault(event.object_id, []).append(event)
    return found


def _partners(tx: Transaction) -> dict[UUID, str]:
    p = PARTNERS.table.c
    return {row.id: row.name for row in tx.connection.execute(sa.select(p.id, p.name))}


def reminded_persons(tx: Transaction) -> list[UUID]:
    """Whose sheets a letter asked about: a second silence is looked for there."""
    e = EVENTS.table.c
    query = sa.select(e.person_id).where(e.kind == KIND, e.code == REMINDER, e.deleted_at.is_(None)).distinct()
    return [row.person_id for row in tx.connection.execute(query) if row.person_id]
