"""What a store remembers of itself, name by name; a service decides the names."""

import sqlalchemy as sa

from spip_desktop.db.schema import INFO
from spip_desktop.db.store import Transaction


def value(tx: Transaction, name: str) -> bytes | None:
    """What is kept under a name, or None."""
    found = tx.connection.scalar(sa.select(INFO.c.value).where(INFO.c.name == name))
    return None if found is None else bytes(found)


def keep(tx: Transaction, name: str, content: bytes | None) -> None:
    """Keep it in place of what was kept; None forgets it."""
    tx.connection.execute(INFO.delete().where(INFO.c.name == name))
    if content is not None:
        tx.connection.execute(INFO.insert(), {"name": name, "value": content})
