"""One dated fact of a sheet, written after the last one whatever the workstation's clock says."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from spip_desktop.db import event as events
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import KIND
from spip_desktop.domain.text import clean


def add_fact(
    tx: Transaction,
    prescription: Prescription,
    code: str,
    on: date,
    comment: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """`detail` as the code asks for it (domain/prescription_states.py); empty words are the caller's to leave out."""
    event = Event(
        id=tx.ids.new(),
        kind=KIND,
        object_id=prescription.id,
        person_id=prescription.person_id,
        code=str(code),
        happened_on=on,
        entered_at=_after_the_last(tx, prescription.id),
        entered_by=tx.actor_id,
        comment=clean(comment, lines=True).strip(),
        detail=detail or {},
    )
    events.add(tx, event)


def _after_the_last(tx: Transaction, object_id: UUID) -> datetime:
    """Now, or just after the last fact where the workstation's clock was set back: the order of entry holds."""
    latest = [event.entered_at + timedelta(microseconds=1) for event in events.of(tx, object_id)[-1:]]
    return max([tx.now, *latest])
