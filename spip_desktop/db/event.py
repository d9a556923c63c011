"""Dated facts, to and from their rows."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event, in_order

EVENTS = Records(
    "event", Event, references={"person_id": "person"}, index=[("object_id",), ("person_id", "kind", "code")]
)
#: How far a paper is in its life, and how many facts were added to a record, told without reading the events.
sa.Index(
    "ix_event_life",
    EVENTS.table.c.object_id,
    EVENTS.table.c.code,
    EVENTS.table.c.deleted_at,  # so that no row is read to see that it is not in the bin
    EVENTS.table.c.kind,
    sqlite_where=EVENTS.table.c.deleted_at.is_(None),
)


def add(tx: Transaction, event: Event) -> None:
    EVENTS.save(tx, event)


def record(
    tx: Transaction,
    kind: str,
    object_id: UUID,
    person_id: UUID,
    code: str,
    on: date,
    comment: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """One dated fact about a record, entered now, or just after its last one: the order of entry holds.

    The clock of the workstation may have been set back, or not have moved since.
    """
    latest = [event.entered_at + timedelta(microseconds=1) for event in of(tx, object_id)[-1:]]
    event = Event(
        id=tx.ids.new(),
        kind=kind,
        object_id=object_id,
        person_id=person_id,
        code=code,
        happened_on=on,
        entered_at=max([tx.now, *latest]),
        entered_by=tx.actor_id,
        comment=comment,
        detail=detail or {},
    )
    add(tx, event)


def of(tx: Transaction, object_id: UUID) -> tuple[Event, ...]:
    """The events of one record, in order."""
    return in_order(EVENTS.find(tx, object_id=object_id))
