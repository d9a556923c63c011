"""What a package left to be known, beside the conflicts: what waits and from whom to ask it, what stands twice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spip_desktop.db import person as persons
from spip_desktop.db import transfer_apart, transfer_waiting
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.records import EVERY
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer import RECEIVED
from spip_desktop.db.transfer_waiting import Waiting
from spip_desktop.wording.record_fields import KINDS, OTHER

IsOpen = Callable[[Transaction, UUID | None], bool]


@dataclass(frozen=True, slots=True)
class Late:
    """A record that arrived before what it comes from: it is taken as soon as that arrives.

    `reason`: `base` when an earlier version of it is missing, `referent` when what it is about is. `sender` is the
    station whose package brought it, and is to be asked; empty where that is not known.
    """

    person_id: UUID | None
    person: str
    kind: str
    reason: str
    sender: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A document that was frozen on another station too: the version of that station, who froze it there and when."""

    object_id: UUID
    person_id: UUID
    person: str
    code: str
    kind: str
    by: str
    at: datetime


def late(tx: Transaction, is_open: IsOpen) -> list[Late]:
    """What has arrived too early, by person; named only where the dossier may be."""
    first: dict[UUID, Waiting] = {}
    for one in transfer_waiting.every(tx):
        first.setdefault(one.line.id, one)
    open_ones = [one for one in first.values() if is_open(tx, one.person_id)]
    senders = _senders(tx, {one.package_id for one in open_ones})
    found = [
        Late(one.person_id, name_of(tx, one.person_id), KINDS.get(one.line.kind, OTHER), one.reason,
             senders.get(one.package_id, ""), one.arrived_at)
        for one in open_ones
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.person, one.person, str(one.person_id), one.arrived_at))


def versions(tx: Transaction, is_open: IsOpen) -> list[Version]:
    """The documents that stand in two versions, the newest first."""
    found = (_version(tx, kind, id_) for kind, id_ in reversed(transfer_apart.versions(tx)))
    return [one for one in found if one is not None and is_open(tx, one.person_id)]


def name_of(tx: Transaction, person_id: UUID | None) -> str:
    """The name of the person of a dossier; empty where it is of nobody, or has not arrived."""
    found = persons.PERSONS.find(tx, id=person_id) if person_id else []
    return found[0].display_name if found else ""


def officer_name(tx: Transaction, id_: UUID) -> str:
    found = OFFICERS.find(tx, id=id_)
    return f"{found[0].first_name} {found[0].family_name}" if found else ""


def _senders(tx: Transaction, packages: Iterable[UUID]) -> dict[UUID, str]:
    return {one.id: one.sender for one in RECEIVED.find(tx, RECEIVED.table.c.id.in_(list(packages)))}


def _version(tx: Transaction, kind: str, id_: UUID) -> Version | None:
    """The version as it lies in its dossier; None once it is gone, or in the bin."""
    for stored in EVERY[kind].find_stored(tx, id=id_):
        person_id: UUID = stored.value.person_id
        return Version(id_, person_id, name_of(tx, person_id), kind, KINDS.get(kind, OTHER),
                       officer_name(tx, stored.changed_by), stored.changed_at)  # fmt: skip
    return None
