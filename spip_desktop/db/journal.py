"""The journal: who, when, what, on which object, why, to whom; an HMAC chain that SQL triggers protect.

Source: loi 78-17 art. 101 (journal of consultations, communications…), R. 113-57 of the code pénitentiaire.
It holds no content and no name.
"""

import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.schema import JOURNAL

START = bytes(32)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
STRETCH = timedelta(minutes=15)
_FIELDS = ("seq", "at", "officer", "act", "kind", "object", "reason", "recipient")
EVERY_LINE = f"SELECT {', '.join(_FIELDS)}, previous, mac FROM journal ORDER BY seq"
#: Where the lines that are kept begin (db/journal_trim.py); nothing is there while every line is kept.
BASE = "journal_base"
_STORED_BASE = f"SELECT value FROM store_info WHERE name = '{BASE}'"
_BASE_PURPOSE = b"spip-desktop/journal-base\0"


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    officer: UUID
    act: str
    kind: str
    object: UUID | None = None
    reason: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """The last line that is no longer kept, from which the chain goes on."""

    seq: int = 0
    mac: bytes = START

    def signed(self, key: bytes) -> bytes:
        """As the store keeps it: nobody moves the beginning of the chain without the journal's key."""
        content = self.seq.to_bytes(8, "big") + self.mac
        return content + hmac.digest(key, _BASE_PURPOSE + content, "sha256")


def append(connection: sa.Connection, key: bytes, line: Line) -> None:
    """Add one line to the chain, in the caller's transaction."""
    seq, previous = head(connection)
    row: dict[str, object] = {
        "seq": seq + 1,
        "at": stamp(line.at),
        "officer": str(line.officer),
        "act": line.act,
        "kind": line.kind,
        "object": str(line.object or ""),
        "reason": line.reason,
        "recipient": line.recipient,
    }
    connection.execute(JOURNAL.insert(), row | {"previous": previous, "mac": _mac(key, previous, list(row.values()))})


def noted_since(connection: sa.Connection, line: Line) -> bool:
    """Whether this officer has a line of this act on this object in the last 15 minutes."""
    c = JOURNAL.c
    query = sa.select(c.seq).where(
        c.object == str(line.object or ""),
        c.officer == str(line.officer),
        c.act == line.act,
        c.at > stamp(line.at - STRETCH),
    )
    return connection.execute(query.limit(1)).first() is not None


def head(connection: sa.Connection) -> tuple[int, bytes]:
    """The last line's number and MAC."""
    row = connection.execute(sa.select(JOURNAL.c.seq, JOURNAL.c.mac).order_by(JOURNAL.c.seq.desc()).limit(1)).first()
    return (row.seq, row.mac) if row else (0, START)


def last_but(connection: sa.Connection, acts: Iterable[str]) -> int:
    """The number of the last line of any other act; 0 when there is none."""
    c = JOURNAL.c
    return connection.scalar(sa.select(c.seq).where(c.act.not_in(acts)).order_by(c.seq.desc()).limit(1)) or 0


def last_instants(connection: sa.Connection, count: int) -> list[datetime]:
    """When the last lines were written, by the clock of then, the newest line first."""
    found = connection.scalars(sa.select(JOURNAL.c.at).order_by(JOURNAL.c.seq.desc()).limit(count))
    return [datetime.fromisoformat(at) for at in found]


def mac_at(connection: sa.Connection, seq: int) -> bytes | None:
    return connection.scalar(sa.select(JOURNAL.c.mac).where(JOURNAL.c.seq == seq))


def first_break(connection: sa.Connection, key: bytes) -> int | None:
    """The number of the first line that was altered or is missing, or None when the chain holds."""
    return first_break_read(connection.exec_driver_sql, key)


def first_break_read(read: Callable[[str], Iterable[Sequence[Any]]], key: bytes) -> int | None:
    """The same by any connection, from what its `execute` reads."""
    base = read_base(read, key)
    rows = iter(read(EVERY_LINE))
    if base is None:
        first = next(rows, None)
        return int(first[0]) if first else 1
    return _first_broken(rows, key, base)


def read_base(read: Callable[[str], Iterable[Sequence[Any]]], key: bytes) -> Base | None:
    """Where the lines kept begin; None when what the store says of it was altered."""
    found = next(iter(read(_STORED_BASE)), None)
    if found is None:
        return Base()
    stored = bytes(found[0])
    base = Base(int.from_bytes(stored[:8], "big"), stored[8:40])
    return base if hmac.compare_digest(stored, base.signed(key)) else None


def _first_broken(rows: Iterable[Sequence[Any]], key: bytes, base: Base) -> int | None:
    previous = base.mac
    for expected, (*content, linked, mac) in enumerate(rows, base.seq + 1):
        holds = content[0] == expected and linked == previous
        if not holds or not hmac.compare_digest(mac, _mac(key, previous, content)):
            return expected
        previous = mac
    return None


def lines_about(connection: sa.Connection, object_id: UUID) -> list[Line]:
    """What was done with one object, oldest first."""
    query = sa.select(JOURNAL).where(JOURNAL.c.object == str(object_id)).order_by(JOURNAL.c.seq)
    return [
        Line(
            datetime.fromisoformat(row["at"]), UUID(row["officer"]), row["act"], row["kind"], object_id,
            row["reason"], row["recipient"],
        )
        for row in connection.execute(query).mappings()
    ]  # fmt: skip


def _mac(key: bytes, previous: bytes, content: Sequence[object]) -> bytes:
    return hmac.digest(key, previous + _encode(content).encode(), "sha256")


def stamp(at: datetime) -> str:
    """An instant as a line keeps it: sorts as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
