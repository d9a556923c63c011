"""Issued documents: bytes that never change."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import codec
from spip_desktop.db.schema import METADATA, REVISION, Instant
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.paper import IssuedDocument

_FIELDS = ("id", "kind", "object_id", "person_id", "title", "version", "issued_on", "entered_at", "entered_by")

ISSUED = sa.Table(
    "issued_document",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("object_id", sa.Uuid, nullable=False, index=True),
    sa.Column("person_id", sa.Uuid, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("issued_on", sa.Date, nullable=False),
    sa.Column("entered_at", Instant, nullable=False),
    sa.Column("entered_by", sa.Uuid, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
)


def issue(
    tx: Transaction, *, kind: str, object_id: UUID, person_id: UUID | None, title: str, content: bytes, version: int = 1
) -> IssuedDocument:
    """Keep these bytes as issued today by the officer at work."""
    document = IssuedDocument(
        id=tx.ids.new(), kind=kind, object_id=object_id, person_id=person_id, title=title, version=version,
        issued_on=tx.clock.today(), entered_at=tx.now, entered_by=tx.actor_id, content=content,
    )  # fmt: skip
    keep(tx, document)
    return document


def keep(tx: Transaction, document: IssuedDocument) -> None:
    """Keep the bytes as issued; there is no way to change them."""
    add(tx, document)
    tx.connection.execute(REVISION.insert(), revision_of(document, tx.db_id, tx.act))


def add(tx: Transaction, document: IssuedDocument) -> None:
    """The row alone, for a document that was issued elsewhere and has its revision."""
    tx.require_writing()
    row = {name: getattr(document, name) for name in _FIELDS} | {"content": document.content}
    tx.connection.execute(ISSUED.insert(), row)


def revision_of(document: IssuedDocument, db_id: UUID, noted_as: str) -> dict[str, Any]:
    """The one revision of a document, which has its number: that it exists travels as changes do."""
    return {
        "id": document.id, "db_id": db_id, "base": None, "kind": ISSUED.name, "object_id": document.id, "act": noted_as,
        "at": document.entered_at, "by": document.entered_by, "content": codec.to_json(told(document)),
    }  # fmt: skip


def told(document: IssuedDocument) -> dict[str, Any]:
    """Everything about a document but its bytes, which are told by their digest."""
    said = {name: codec.plain(getattr(document, name)) for name in _FIELDS}
    return said | {"sha256": hashlib.sha256(document.content).hexdigest(), "size": len(document.content)}


def of(tx: Transaction, object_id: UUID) -> list[IssuedDocument]:
    """What was issued of one record, oldest first."""
    query = sa.select(ISSUED).where(ISSUED.c.object_id == object_id).order_by(ISSUED.c.entered_at, ISSUED.c.id)
    return [IssuedDocument(**row) for row in tx.connection.execute(query).mappings()]


def titles(tx: Transaction, person_id: UUID) -> list[tuple[str, date]]:
    """What was issued of a dossier, oldest first: its title and its day, the bytes are not read."""
    query = sa.select(ISSUED.c.title, ISSUED.c.issued_on).where(ISSUED.c.person_id == person_id)
    return [(row.title, row.issued_on) for row in tx.connection.execute(query.order_by(ISSUED.c.entered_at))]


def get(tx: Transaction, id_: UUID) -> IssuedDocument:
    row = tx.connection.execute(sa.select(ISSUED).where(ISSUED.c.id == id_)).mappings().first()
    if row is None:
        raise Refusal("not_found", kind="issued_document")
    return IssuedDocument(**row)
