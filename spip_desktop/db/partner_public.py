"""The public directory of services: rows of open data, kept as they came, looked through, marked when they vanish.

No record of the service: they have no revisions, no bin and no author, and another file writes them anew.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from spip_desktop.db import codec
from spip_desktop.db.records import Records
from spip_desktop.db.schema import METADATA
from spip_desktop.db.store import Transaction
from spip_desktop.domain.partner_public import PublicHit, PublicImport, PublicService, PublicStructure, words_of

T = TypeVar("T", PublicStructure, PublicService)
_DIGEST = 16  # bytes

PUBLIC_IMPORTS = Records("public_import", PublicImport)
"""What was imported, when, for which departments, with its counts."""


def _table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """The rows of one kind. The index holds all that a search compares: it never reads their contents."""
    more = [column.name for column in columns]
    return sa.Table(
        name,
        METADATA,
        sa.Column("id", sa.Text, primary_key=True),
        *columns,
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("department", sa.Text, nullable=False, index=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("vanished_on", sa.Date),
        sa.Index(f"ix_{name}_words", "words", "vanished_on", "id", *more),
    )


_STRUCTURE = _table("public_structure")
_SERVICE = _table(
    "public_service",
    sa.Column("structure_id", sa.Text, nullable=False, index=True),
    sa.Column("themes", sa.Text, nullable=False),
)


class PublicRows(Generic[T]):
    """The rows of one kind."""

    def __init__(self, table: sa.Table, kind: type[T]) -> None:
        self._table = table
        self._kind: type[T] = kind
        every: dict[str, object] = {name: sa.bindparam(name) for name, _ in table.c.items()}
        self._upsert = table.insert().prefix_with("OR REPLACE").values(every)

    def digests(self, tx: Transaction) -> dict[str, bytes]:
        """What is known of each row that has not vanished: its content, in few bytes."""
        t = self._table.c
        query = sa.select(t.id, t.digest).where(t.vanished_on.is_(None))
        return {row.id: row.digest for row in tx.connection.execute(query)}

    def prepared(self, value: T, department: str) -> dict[str, object]:
        """The row of a value, made before the lock is taken."""
        content = codec.to_json(value)
        row: dict[str, object] = {
            "id": value.id,
            "name": value.name,
            "department": department,
            "words": words_of(value.name, value.place.city),
            "digest": _digest_of_content(content),
            "content": content,
            "vanished_on": None,
        }
        if isinstance(value, PublicService):
            row |= {"structure_id": value.structure_id, "themes": f" {' '.join(value.themes)} "}
        return row

    def write(self, tx: Transaction, rows: Sequence[Mapping[str, object]]) -> None:
        """Put prepared rows in the place of those of the same identifiers."""
        tx.require_writing()
        if rows:
            tx.connection.execute(self._upsert, list(rows))

    def get(self, tx: Transaction, ids: Collection[str]) -> dict[str, T]:
        """The rows of these identifiers that are there, vanished or not."""
        t = self._table.c
        found = tx.connection.execute(sa.select(t.id, t.content).where(t.id.in_(ids)))
        return {row.id: codec.from_json(self._kind, row.content) for row in found}

    def vanished(self, tx: Transaction, ids: Collection[str]) -> dict[str, date]:
        """Since when these are no longer in the file; only those."""
        t = self._table.c
        found = tx.connection.execute(sa.select(t.id, t.vanished_on).where(t.id.in_(ids), t.vanished_on.is_not(None)))
        return {row.id: row.vanished_on for row in found}

    def missing(self, tx: Transaction, departments: Collection[str], seen: Collection[str]) -> list[str]:
        """The identifiers of these departments (of all, when none is given) that the file no longer has."""
        t = self._table.c
        query = sa.select(t.id).where(t.vanished_on.is_(None))
        if departments:
            query = query.where(t.department.in_(departments))
        return [row.id for row in tx.connection.execute(query) if row.id not in seen]

    def mark_vanished(self, tx: Transaction, ids: Sequence[str], day: date) -> None:
        tx.require_writing()
        query = self._table.update().where(self._table.c.id.in_(ids)).values(vanished_on=day)
        tx.connection.execute(query)

    def count(self, tx: Transaction) -> int:
        query = sa.select(sa.func.count()).select_from(self._table).where(self._table.c.vanished_on.is_(None))
        return int(tx.connection.scalar(query) or 0)


PUBLIC_STRUCTURES = PublicRows(_STRUCTURE, PublicStructure)
PUBLIC_SERVICES = PublicRows(_SERVICE, PublicService)


def digest_of(value: PublicStructure | PublicService) -> bytes:
    """The content of a row in few bytes: what changed differs."""
    return _digest_of_content(codec.to_json(value))


def _digest_of_content(content: str) -> bytes:
    return blake2b(content.encode(), digest_size=_DIGEST).digest()


def search(tx: Transaction, words: Iterable[str], theme: str, most: int) -> list[PublicHit]:
    """The services whose name, town or structure has words that begin so, by name; `theme` is a code or its start."""
    s, o = _SERVICE.c, _STRUCTURE.c
    found: list[sa.ColumnElement[bool]] = [
        s.words.contains(word, autoescape=True)
        | s.structure_id.in_(sa.select(o.id).where(o.words.contains(word, autoescape=True)))
        for word in (f" {one}" for one in words)
    ]
    found += [s.themes.contains(f" {theme}", autoescape=True)] if theme else []
    # By their words, which begin with the name: the order of the index.
    ids = sa.select(s.id).where(s.vanished_on.is_(None), *found).order_by(s.words, s.id).limit(most)
    query = (
        sa.select(s.content, o.name.label("structure"))
        .select_from(_SERVICE.outerjoin(_STRUCTURE, o.id == s.structure_id))
        .where(s.id.in_(ids))
        .order_by(s.words, s.id)
    )
    rows = tx.connection.execute(query)
    return [PublicHit(codec.from_json(PublicService, row.content), row.structure or "") for row in rows]
