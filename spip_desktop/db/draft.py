"""Drafts and the officer's seat: where they were, and what was half typed."""

from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.schema import DRAFT, SEAT
from spip_desktop.db.store import Transaction
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.place import Place, Seat


def keep(tx: Transaction, draft: Draft) -> None:
    """Keep the text of a field, in place of what was kept before."""
    drop(tx, draft.kind, draft.object_id, draft.field)
    row = {
        "officer_id": tx.actor_id, "kind": draft.kind, "object_id": draft.object_id, "field": draft.field,
        "text": draft.text, "cursor": draft.cursor, "at": tx.now,
    }  # fmt: skip
    tx.connection.execute(DRAFT.insert(), row)


def drop(tx: Transaction, kind: str, object_id: UUID, field: str | None = None) -> None:
    """Forget the draft of a field once the field is accepted; of every field when none is named."""
    c = DRAFT.c
    query = DRAFT.delete().where(c.officer_id == tx.actor_id, c.kind == kind, c.object_id == object_id)
    tx.connection.execute(query if field is None else query.where(c.field == field))


def of(tx: Transaction, officer_id: UUID, kind: str, object_id: UUID) -> list[Draft]:
    c = DRAFT.c
    query = sa.select(c.field, c.text, c.cursor).where(
        c.officer_id == officer_id, c.kind == kind, c.object_id == object_id
    )
    return [Draft(kind, object_id, row.field, row.text, row.cursor) for row in tx.connection.execute(query)]


def sit(tx: Transaction, seat: Seat) -> None:
    """Remember where the officer is, for the return after a lock."""
    tx.connection.execute(SEAT.delete().where(SEAT.c.officer_id == tx.actor_id))
    row = {
        "officer_id": tx.actor_id, "kind": seat.place.kind, "object_id": seat.place.id,
        "field": seat.place.field, "cursor": seat.cursor, "scroll": seat.scroll,
    }  # fmt: skip
    tx.connection.execute(SEAT.insert(), row)


def seat(tx: Transaction, officer_id: UUID) -> Seat | None:
    row = tx.connection.execute(sa.select(SEAT).where(SEAT.c.officer_id == officer_id)).first()
    return Seat(Place(row.kind, row.object_id, row.field), row.cursor, row.scroll) if row else None
