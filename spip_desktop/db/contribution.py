"""Contributions of other professions, to and from their rows."""

from uuid import UUID

from spip_desktop.db.records import Records, Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain.contribution import Contribution

CONTRIBUTIONS = Records("contribution", Contribution, references={"person_id": "person"}, index=[("person_id",)])


def of_person(tx: Transaction, person_id: UUID) -> list[Stored[Contribution]]:
    """Those of a person, in the order in which they were begun; the bin left out."""
    return CONTRIBUTIONS.find_stored(tx, person_id=person_id)


def settled(tx: Transaction, person_id: UUID) -> list[Contribution]:
    """Those that no longer change, the oldest first."""
    found = [one.value for one in of_person(tx, person_id) if one.value.settled_on]
    return sorted(found, key=lambda one: (one.said_on or one.settled_on, one.id))
