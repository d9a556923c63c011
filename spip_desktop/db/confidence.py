"""Confidences, to and from their rows: in a table that no list, search or paper reads."""

from uuid import UUID

from spip_desktop.db.records import Records, Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain.confidence import Confidence

CONFIDENCES = Records("confidence", Confidence, references={"person_id": "person"}, index=[("person_id", "author_id")])


def of_author(tx: Transaction, person_id: UUID, author_id: UUID) -> list[Stored[Confidence]]:
    """What this officer was told by this person, the oldest first."""
    found = CONFIDENCES.find_stored(tx, person_id=person_id, author_id=author_id)
    return sorted(found, key=lambda one: (one.value.heard_on, one.value.id))
