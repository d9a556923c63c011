"""The revisions of a few records: those that the store has, and what each says."""

import json
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import codec
from spip_desktop.db.records import EVERY
from spip_desktop.db.schema import REVISION
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_read import data_of, parents_of
from spip_desktop.domain.ancestry import Revision
from spip_desktop.domain.frozen import number_apart
from spip_desktop.domain.transfer_line import Plain, RecordLine

_COLUMNS = (REVISION.c.id, REVISION.c.object_id, REVISION.c.base, REVISION.c.merged, REVISION.c.at, REVISION.c.by,
            REVISION.c.deleted)  # fmt: skip


def of_objects(tx: Transaction, objects: Collection[UUID]) -> dict[UUID, dict[UUID, Revision]]:
    """The revisions of each record, by their number."""
    found: dict[UUID, dict[UUID, Revision]] = {id_: {} for id_ in objects}
    for row in tx.connection.execute(sa.select(*_COLUMNS).where(REVISION.c.object_id.in_(objects))):
        found[row.object_id][row.id] = Revision(row.id, parents_of(row), row.at, row.by, row.deleted)
    return found


def elsewhere(tx: Transaction, lines: Iterable[RecordLine]) -> set[UUID]:
    """Those of these revisions that the store knows as revisions of another record."""
    of = {line.revision.id: line.id for line in lines}
    query = sa.select(REVISION.c.id, REVISION.c.object_id).where(REVISION.c.id.in_(of))
    return {row.id for row in tx.connection.execute(query) if of[row.id] != row.object_id}


def is_version(tx: Transaction, one: UUID, other: UUID) -> bool:
    """Whether one of these records is a version of the other, which was frozen on two stations."""
    for id_, version in ((one, other), (other, one)):
        revisions = tx.connection.scalars(sa.select(REVISION.c.id).where(REVISION.c.object_id == id_))
        if any(number_apart(id_, freezing) == version for freezing in revisions):
            return True
    return False


def kind_of(tx: Transaction, revision: UUID) -> str | None:
    """Of which kind of record a revision is; None when it is not there."""
    return tx.connection.scalar(sa.select(REVISION.c.kind).where(REVISION.c.id == revision))


def content(tx: Transaction, kind: str, revision: UUID) -> Plain:
    """What a revision says, with every field that this program knows."""
    text = tx.connection.scalar(sa.select(REVISION.c.content).where(REVISION.c.id == revision))
    plain: Plain = codec.plain(record(kind, data_of(kind, str(text))))
    return plain


def record(kind: str, data: Plain) -> Any:
    """The value that a line tells; ValueError, TypeError, KeyError when it is none."""
    return codec.typed(data, EVERY[kind].kind)


def keep(tx: Transaction, kept: Iterable[tuple[RecordLine, UUID, str]]) -> None:
    """Keep revisions with the package that brought them and the act they are noted under."""
    rows: list[dict[str, Any]] = []
    for line, origin, act in kept:
        base, *others = line.revision.parents or (None,)
        rows.append(
            {
                "id": line.revision.id, "db_id": origin, "base": base, "kind": line.kind, "object_id": line.id,
                "act": act, "at": line.revision.at, "by": line.revision.by, "deleted": line.revision.deleted,
                "merged": [str(one) for one in others] or None,
                "content": json.dumps(line.data, ensure_ascii=False, separators=(",", ":")),
            }
        )  # fmt: skip
    if rows:
        tx.connection.execute(REVISION.insert(), rows)
