"""Lines that could not be taken yet, and records that an officer has to settle."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_tables import DISPUTES, WAITING
from spip_desktop.domain.merging import Reason
from spip_desktop.domain.transfer_line import RecordLine

#: Why a line waits.
BASE, REFERENT = "base", "referent"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that waits, since when and why."""

    line: RecordLine
    person_id: UUID | None
    reason: str
    package_id: UUID
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """A record whose last revisions an officer has to settle."""

    id: UUID
    kind: str
    object_id: UUID
    person_id: UUID | None
    reason: Reason
    package_id: UUID
    found_at: datetime


def of_objects(tx: Transaction, objects: Collection[UUID]) -> list[Waiting]:
    query = sa.select(WAITING).where(WAITING.c.object_id.in_(objects))
    return [_waiting(row) for row in tx.connection.execute(query.order_by(WAITING.c.id)).mappings()]


def every(tx: Transaction) -> list[Waiting]:
    """All that waits, the first to arrive first."""
    query = sa.select(WAITING).order_by(WAITING.c.arrived_at, WAITING.c.id)
    return [_waiting(row) for row in tx.connection.execute(query).mappings()]


def put(tx: Transaction, lines: Iterable[tuple[RecordLine, UUID | None, str, UUID]]) -> None:
    """Keep these lines waiting; one that waited already waits for its new reason."""
    rows: list[dict[str, Any]] = [
        {
            "id": line.revision.id, "kind": line.kind, "object_id": line.id, "person_id": person, "reason": reason,
            "line": json.dumps(line.to_plain(), ensure_ascii=False), "package_id": package,
            "arrived_at": tx.now,
        }
        for line, person, reason, package in lines
    ]  # fmt: skip
    forget(tx, [row["id"] for row in rows])
    if rows:
        tx.connection.execute(WAITING.insert(), rows)


def forget(tx: Transaction, revisions: Collection[UUID]) -> None:
    """These wait no longer."""
    if revisions:
        tx.connection.execute(WAITING.delete().where(WAITING.c.id.in_(revisions)))


def _waiting(row: Any) -> Waiting:
    line = RecordLine.from_plain(json.loads(row["line"]))
    return Waiting(line, row["person_id"], row["reason"], row["package_id"], row["arrived_at"])


# -- disputes ------------------------------------------------------------------------------------------------


def dispute(tx: Transaction, kind: str, object_id: UUID, person_id: UUID | None, reason: Reason, package: UUID) -> None:
    """An officer has to settle this record; said once, however many packages bring it again."""
    known = tx.connection.scalar(sa.select(DISPUTES.c.id).where(DISPUTES.c.object_id == object_id))
    if known is None:
        row = {"id": tx.ids.new(), "kind": kind, "object_id": object_id, "person_id": person_id, "reason": reason,
               "package_id": package, "found_at": tx.now}  # fmt: skip
        tx.connection.execute(DISPUTES.insert(), row)


def settled(tx: Transaction, objects: Collection[UUID]) -> None:
    """Nothing is left to settle in these records."""
    if objects:
        tx.connection.execute(DISPUTES.delete().where(DISPUTES.c.object_id.in_(objects)))


def reasons(tx: Transaction, objects: Collection[UUID]) -> dict[UUID, Reason]:
    """Why each of these records is to be settled; those that are not are left out."""
    c = DISPUTES.c
    rows = tx.connection.execute(sa.select(c.object_id, c.reason).where(c.object_id.in_(objects)))
    return {row.object_id: Reason(row.reason) for row in rows}


def disputes(tx: Transaction) -> list[Dispute]:
    """The first found first."""
    rows = tx.connection.execute(sa.select(DISPUTES).order_by(DISPUTES.c.found_at, DISPUTES.c.id)).mappings()
    return [Dispute(**{**row, "reason": Reason(row["reason"])}) for row in rows]
