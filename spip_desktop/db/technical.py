"""The technical log: bugs by code and place in the program, never a word of anyone; the oldest lines go."""

import sqlalchemy as sa

from spip_desktop.db.schema import METADATA, Instant
from spip_desktop.db.store import Transaction

KEPT = 500

LOG = sa.Table(
    "technical_log",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("line", sa.Text, nullable=False),
)


def add(tx: Transaction, line: str) -> None:
    """Add one line, and keep the last 500."""
    inserted = tx.connection.execute(LOG.insert(), {"at": tx.now, "line": line}).inserted_primary_key
    if inserted is not None:
        tx.connection.execute(LOG.delete().where(LOG.c.seq <= inserted[0] - KEPT))


def lines(tx: Transaction) -> list[str]:
    """The lines, oldest first, each after its instant."""
    rows = tx.connection.execute(sa.select(LOG).order_by(LOG.c.seq))
    return [f"{row.at:%Y-%m-%d %H:%M:%S} {row.line}" for row in rows]
