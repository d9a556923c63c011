"""What lists taken up brought into the store, and whether a dossier was worked on since."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import search
from spip_desktop.db.erasure import tables_of_persons
from spip_desktop.db.event import EVENTS
from spip_desktop.db.person import ASSIGNMENTS, PERSONS
from spip_desktop.db.situation import BASES, CUSTODIES, MEASURES, SHEETS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event

KIND, TAKEN_UP = "person_import", "repris"
_MADE = (ASSIGNMENTS, CUSTODIES, SHEETS, BASES, MEASURES)


def brought(tx: Transaction, officer_id: UUID) -> Iterator[tuple[UUID, Event]]:
    """Each dossier still there of the lists that this officer took up, with the list's identifier."""
    for event in EVENTS.find(tx, kind=KIND, entered_by=officer_id):
        yield UUID(event.detail["list"]), event


def worked_on(tx: Transaction, event: Event) -> bool:
    """Whether anything of the dossier was written after the list was taken up."""
    written = [_changed(PERSONS.table, PERSONS.table.c.id, event)]
    written += [_changed(one, one.c.person_id, event) for one in tables_of_persons() if "changed_at" in one.c]
    return any(tx.connection.execute(one.limit(1)).first() is not None for one in written)


def _changed(table: sa.Table, about: sa.ColumnElement[UUID], event: Event) -> sa.Select[tuple[UUID]]:
    """What was written later, or again, of one dossier in one table."""
    c = table.c
    return sa.select(c.id).where(about == event.object_id, sa.or_(c.changed_at > event.entered_at, c.lock > 1))


def take_back(tx: Transaction, event: Event) -> None:
    """Put a dossier that a list brought in the bin with what came with it; it is found no more."""
    for records in _MADE:
        for one in records.find(tx, person_id=event.object_id):
            records.bin(tx, one.id)
    EVENTS.bin(tx, event.id)
    PERSONS.bin(tx, event.object_id)
    search.forget(tx, event.object_id)
