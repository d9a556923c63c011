"""Manquements, to and from their rows; what is added to one is in the events."""

from collections.abc import Collection
from uuid import UUID

from spip_desktop.db.among import Among, these
from spip_desktop.db.event import EVENTS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.breach import KIND, Breach, BreachStanding, standings
from spip_desktop.domain.event import in_order

BREACHES = Records("breach", Breach, references={"person_id": "person"}, index=[("person_id",), ("appointment_id",)])


def of_person(tx: Transaction, person_id: UUID) -> list[BreachStanding]:
    """The newest first."""
    found = BREACHES.find(tx, person_id=person_id)
    return standings(found, in_order(EVENTS.find(tx, person_id=person_id, kind=KIND))) if found else []


def of_appointments(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, Breach]:
    """The breach that came from each of these appointments, by appointment; the first where there are several."""
    found = BREACHES.find(tx, BREACHES.table.c.appointment_id.in_(ids)) if ids else []
    newest_first = sorted(found, key=lambda one: (one.noted_at, one.id), reverse=True)
    return {one.appointment_id: one for one in newest_first if one.appointment_id}


def among(tx: Transaction, persons: Among) -> list[BreachStanding]:
    """The same of many dossiers."""
    found = BREACHES.find(tx, person_id=persons)
    facts = EVENTS.find(tx, object_id=these(one.id for one in found)) if found else []
    return standings(found, in_order(facts))
