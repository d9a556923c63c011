"""Dossiers handed to another service, to and from their rows."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.among import Among, these
from spip_desktop.db.event import EVENTS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.event import Event, in_order
from spip_desktop.domain.handover import OPEN, Handover, Step, step_of

HANDOVERS = Records("handover", Handover, references={"person_id": "person"}, index=[("person_id",)])
_O = OFFICERS.table
#: A handover, its steps, and whether it is this service that is to take the dossier.
Standing = tuple[Handover, tuple[Event, ...], bool]


def of_person(tx: Transaction, person_id: UUID) -> list[Standing]:
    """The handovers of a dossier, the newest first."""
    found = standings(tx, HANDOVERS.find(tx, person_id=person_id))
    return sorted(found, key=lambda one: (one[0].proposed_on, one[0].id), reverse=True)


def under_way(tx: Transaction, among: Among) -> Iterator[Standing]:
    """Those that are open, of these dossiers."""
    return _open(tx, HANDOVERS.find(tx, person_id=among))


def every_open(tx: Transaction) -> Iterator[Standing]:
    """Those that are open, of every dossier."""
    return _open(tx, HANDOVERS.find(tx))


def _open(tx: Transaction, handovers: Sequence[Handover]) -> Iterator[Standing]:
    return (one for one in standings(tx, handovers) if step_of(one[1]) in OPEN)


def to_take(tx: Transaction) -> list[UUID]:
    """The dossiers that another service hands over to this one, and that nobody has met yet."""
    return [one.person_id for one, _, taking in every_open(tx) if taking]


def standings(tx: Transaction, handovers: Sequence[Handover]) -> list[Standing]:
    """Each with its steps in their order, and on which side this service is."""
    steps: dict[UUID, list[Event]] = {one.id: [] for one in handovers}
    for event in EVENTS.find(tx, object_id=these(steps)) if steps else ():
        steps[event.object_id].append(event)
    here = _of_this_store(tx, {event.entered_by for every in steps.values() for event in every})
    return [(one, in_order(steps[one.id]), _is_taken(steps[one.id], here)) for one in handovers]


def _is_taken(steps: Sequence[Event], here: set[UUID]) -> bool:
    """Whether somebody of another service proposed it."""
    return any(one.code == Step.PROPOSED and one.entered_by not in here for one in steps)


def _of_this_store(tx: Transaction, officers: set[UUID]) -> set[UUID]:
    """Those who have or had a key here: an officer who only came along with a package has no identifier."""
    query = sa.select(_O.c.id).where(_O.c.id.in_(officers), _O.c.identifier != "")
    return set(tx.connection.execute(query).scalars()) if officers else set()
