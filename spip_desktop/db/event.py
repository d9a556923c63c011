"""Dated facts, to and from their rows."""

from uuid import UUID

from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event, in_order

EVENTS = Records("event", Event, references={"person_id": "person"}, index=[("object_id",), ("person_id",)])


def add(tx: Transaction, event: Event) -> None:
    EVENTS.save(tx, event)


def of(tx: Transaction, object_id: UUID) -> tuple[Event, ...]:
    """The events of one record, in order."""
    return in_order(EVENTS.find(tx, object_id=object_id))
