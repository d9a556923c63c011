"""The cross-person index: identity only, never free text (R. 113-51 of the code pénitentiaire)."""

from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.store import Transaction
from spip_desktop.domain.text import fold

TABLE = "person_search"


def index(tx: Transaction, person_id: UUID, words: str) -> None:
    """Put a person's folded names, birth date and numbers in the index, in place of what was there."""
    forget(tx, person_id)
    tx.connection.exec_driver_sql(
        "INSERT INTO person_search(rowid, words, person) VALUES (?, ?, ?)", (_rowid(person_id), words, person_id.hex)
    )


def forget(tx: Transaction, person_id: UUID) -> None:
    tx.connection.exec_driver_sql("DELETE FROM person_search WHERE rowid = ?", (_rowid(person_id),))


def matching(tx: Transaction, typed: str, limit: int) -> list[UUID]:
    """Persons whose words begin with every word typed, in any order; at most `limit`, in no order."""
    query = _query(typed)
    if not query:
        return []
    rows = tx.connection.execute(
        sa.text("SELECT person FROM person_search WHERE words MATCH :query LIMIT :limit"),
        {"query": query, "limit": limit},
    )
    return [UUID(row.person) for row in rows]


def condition(person_id: sa.ColumnElement[UUID], typed: str) -> sa.ColumnElement[bool]:
    """The same as a condition on a column that holds a person's id."""
    found = sa.text("SELECT person FROM person_search WHERE words MATCH :typed_words")
    matching_ids = found.bindparams(typed_words=_query(typed) or '""').columns(person=sa.Uuid())
    return person_id.in_(sa.select(matching_ids.subquery().c.person))


def _query(typed: str) -> str:
    return " AND ".join(f'"{word}"*' for word in fold(typed).replace('"', " ").split())


def _rowid(person_id: UUID) -> int:
    """A stable 63-bit number for the person, so that the index is replaced without a scan."""
    return (person_id.int ^ (person_id.int >> 64)) & 0x7FFF_FFFF_FFFF_FFFF
