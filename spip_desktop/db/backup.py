"""A copy of a store made while it is used, and what is read from a copy without changing anything in it.

The engine's own backup, from a connection that holds one reading: writers go on, the copy is of one instant.
Never the file copied as such: its WAL may hold what the file does not yet (security.md §5.3).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from spip_desktop.db import journal
from spip_desktop.db.connection import APPLICATION_ID, Connect, Mode
from spip_desktop.domain.errors import Refusal

#: Pages of 4 KiB copied at a time: about 10 ms of work, after which a stop is heard.
SLICE = 500
PAGE_BYTES = 4096
_PAGE = re.compile(r"page (\d+)")
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a store holds: its identity, its schema, the head of its journal, the rows of each table."""

    store: UUID
    db_id: UUID
    schema: str
    seq: int
    head: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong in a file: pages whose seal is broken (from 1), and whether its tables hold together."""

    pages: tuple[int, ...] = ()
    sound: bool = True

    @property
    def whole(self) -> bool:
        return self.sound and not self.pages


def copy(origin: Any, target: Path, write: Connect, progress: Progress) -> None:
    """Copy the store behind a connection, as it is at this instant, to a new file under the key of `write`.

    `progress(done, total)` is called between slices and may raise to stop. Nothing is made durable here.
    Refusal `store_page_damaged` when the source cannot be read to its end; OSError where there is no room.
    """
    target.touch(mode=0o600, exist_ok=False)
    with closing(write(target, Mode.FRESH)) as copied:
        origin.execute("BEGIN DEFERRED")
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on, one instant
        try:
            origin.backup(copied, pages=SLICE, progress=lambda _, left, total: progress(total - left, total))
        except sqlcipher.DatabaseError as error:
            raise _told(error) from None
        finally:
            origin.execute("ROLLBACK")


def check(connection: Any) -> Findings:
    """Every page's seal, then the tables. The WAL is not looked at: bring it into the file before."""
    try:
        broken = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        pages = tuple(sorted({int(found[1]) for row in broken if (found := _PAGE.search(str(row[0])))}))
        if broken:
            return Findings(pages, sound=False)
        said = connection.execute("PRAGMA quick_check").fetchall()
    except sqlcipher.DatabaseError:
        return Findings((), sound=False)
    return Findings((), sound=[str(row[0]) for row in said] == ["ok"])


def check_file(connect: Connect, path: Path) -> Findings:
    """The same on a file that nobody writes in, even one that does not open.

    Every seal depends on the first bytes: when none holds, they are what is damaged (or the key is another one).
    """
    with closing(connect(path, Mode.UNREAD)) as connection:
        findings = check(connection)
    if len(findings.pages) >= max(1, path.stat().st_size // PAGE_BYTES):
        return Findings((1,), sound=False)
    return findings


@contextmanager
def frozen(connect: Connect, path: Path) -> Iterator[Any]:
    """A connection that reads a file and leaves nothing beside it."""
    with closing(connect(path, Mode.FROZEN)) as connection:
        yield connection


def facts(connection: Any) -> Facts:
    """What the store behind this connection holds. Refusal `store_foreign` when it is none of ours."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Refusal("store_foreign")
    identity = dict(connection.execute("SELECT name, value FROM store_info WHERE name IN ('store', 'db_id')"))
    head = connection.execute("SELECT seq, mac FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    seq, mac = head or (0, journal.START)
    names = [row[0] for row in connection.execute(_TABLES)]
    return Facts(
        store=UUID(bytes=identity["store"]),
        db_id=UUID(bytes=identity["db_id"]),
        schema=str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]),
        seq=seq,
        head=mac.hex(),
        counts={name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names},
    )


def chain_break(connection: Any, key: bytes) -> int | None:
    """The first line of the journal that was altered or is missing, or None."""
    return journal.first_break_read(connection.execute, key)


#: The tables of records; those by which the search index is made are its own affair.
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
    "AND name NOT LIKE 'person_search%' "
    "ORDER BY name"
)


def _told(error: Exception) -> Exception:
    """A full disk is the disk's affair, and said as such; anything else is a page that cannot be read."""
    if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
        return OSError(28, "no room")
    return Refusal("store_page_damaged")
