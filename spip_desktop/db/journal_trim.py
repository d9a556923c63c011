"""Taking away the lines that are no longer to be kept (R. 113-57): the chain goes on from a signed base.

Only the beginning of the chain goes, never a line among others; the triggers that forbid it are put back in the same
transaction, exactly as they were.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from spip_desktop.db import info, journal
from spip_desktop.db.connection import StoreBroken
from spip_desktop.db.schema import JOURNAL
from spip_desktop.db.store import Transaction

_TRIGGER = "journal_no_delete"


@dataclass(frozen=True, slots=True)
class Old:
    """The lines `first` to `last` that are no longer to be kept; none when `last` is before `first`."""

    first: int
    last: int

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)


def old(tx: Transaction, before: datetime) -> Old:
    """The lines at the beginning of the chain written before an instant.

    A line written after it ends them, even if older ones follow (a clock set back): those wait.
    """
    c = JOURNAL.c
    first = tx.connection.scalar(sa.select(sa.func.min(c.seq))) or 1
    recent = sa.select(sa.func.min(c.seq)).where(c.at >= journal.stamp(before))
    kept = tx.connection.scalar(recent)
    last = journal.head(tx.connection)[0] if kept is None else kept - 1
    return Old(first, last)


def trim(tx: Transaction, lines: Old) -> None:
    """Take these lines away; the chain is checked from the last of them on."""
    tx.require_writing()
    mac = journal.mac_at(tx.connection, lines.last)
    if mac is None:
        raise StoreBroken("the last line to take away is not there")
    put_back = tx.connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (_TRIGGER,)
    ).scalar()
    if put_back is None:
        raise StoreBroken("the journal is not protected")
    tx.connection.exec_driver_sql(f"DROP TRIGGER {_TRIGGER}")
    tx.connection.execute(JOURNAL.delete().where(JOURNAL.c.seq <= lines.last))
    tx.connection.exec_driver_sql(str(put_back))
    info.keep(tx, journal.BASE, journal.Base(lines.last, mac).signed(tx.identity.journal_key))
