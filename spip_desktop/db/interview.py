"""Interviews, to and from their rows."""

from uuid import UUID

from spip_desktop.db.event import EVENTS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event
from spip_desktop.domain.interview import Interview, additions, newest_first

INTERVIEWS = Records("interview", Interview, references={"person_id": "person"})
INTERVIEWS.index_present("person_id", "held_on", "closed_on", "id")


def of_person(tx: Transaction, person_id: UUID) -> list[Interview]:
    """Those of a person, the newest first; the bin left out."""
    return newest_first(INTERVIEWS.find(tx, person_id=person_id))


def added_to(tx: Transaction, interviews: list[Interview]) -> dict[UUID, tuple[Event, ...]]:
    """What was added to each of these since it is arrêté, in order."""
    found: dict[UUID, list[Event]] = {one.id: [] for one in interviews}
    for event in EVENTS.find(tx, EVENTS.table.c.object_id.in_(found)) if found else ():
        found[event.object_id].append(event)
    return {id_: additions(every) for id_, every in found.items()}
