"""How far each recipient has said to have everything. A restored store has another number, and begins again."""

from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_tables import MARKS


def acknowledged(tx: Transaction, recipient: UUID) -> int:
    """The last of this store's changes that the station has; 0 when it said nothing yet."""
    c = MARKS.c
    query = sa.select(c.acknowledged).where(c.recipient_id == recipient, c.db_id == tx.db_id)
    return int(tx.connection.scalar(query) or 0)


def acknowledge(tx: Transaction, recipient: UUID, last: int) -> None:
    """Note a receipt; one that comes late takes nothing back."""
    best = max(last, acknowledged(tx, recipient))
    c = MARKS.c
    tx.connection.execute(MARKS.delete().where(c.recipient_id == recipient, c.db_id == tx.db_id))
    row = {"recipient_id": recipient, "db_id": tx.db_id, "acknowledged": best, "at": tx.now}
    tx.connection.execute(MARKS.insert(), row)
