"""Incidents, to and from their rows; what is added to one is in the events."""

from uuid import UUID

from spip_desktop.db.among import Among, these
from spip_desktop.db.event import EVENTS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import in_order
from spip_desktop.domain.incident import KIND, Incident, IncidentStanding, standings

INCIDENTS = Records("incident", Incident, references={"person_id": "person"}, index=[("person_id",)])


def of_person(tx: Transaction, person_id: UUID) -> list[IncidentStanding]:
    """The red ones first, then the newest."""
    found = INCIDENTS.find(tx, person_id=person_id)
    return standings(found, in_order(EVENTS.find(tx, person_id=person_id, kind=KIND))) if found else []


def among(tx: Transaction, persons: Among) -> list[IncidentStanding]:
    """The same of many dossiers."""
    found = INCIDENTS.find(tx, person_id=persons)
    facts = EVENTS.find(tx, object_id=these(one.id for one in found)) if found else []
    return standings(found, in_order(facts))


def noted(tx: Transaction, persons: Among) -> dict[UUID, list[Incident]]:
    """The incidents of many dossiers, by person, without what was added to them."""
    found: dict[UUID, list[Incident]] = {}
    for one in INCIDENTS.find(tx, person_id=persons):
        found.setdefault(one.person_id, []).append(one)
    return found
