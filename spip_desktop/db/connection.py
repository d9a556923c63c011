"""How a store file is opened: its key first, then every pragma set and read back (security.md §1.4)."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher

from spip_desktop.domain.errors import Refusal

#: « SPIP » as SQLite's application_id: a file of another program is refused before anything is written.
APPLICATION_ID = 0x53504950
KEY_BYTES = 32
OLDEST_SQLITE, OLDEST_SQLCIPHER = (3, 51, 3), (4, 19)
_HEADER = b"SQLite format 3\0"
#: Set in this order at every connection and read back (security.md §1.4); the program refuses to run otherwise.
_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
)
#: The cache in KiB, taken as pages are read: a page read again is deciphered again. « À traiter » needs 8 MiB for 250
#: dossiers of five years; it reads 2,500 in a quarter less time with 64 MiB than with 16 (benchmarks).
_SETTINGS = ("cache_size = -64000", "wal_autocheckpoint = 500", "journal_size_limit = 1048576", "busy_timeout = 5000")
#: What a commit does with a long WAL: bring it into the file before it returns, or leave that to who asked for it.
BRINGS_IN, LEAVES_IT = "PRAGMA wal_autocheckpoint = 500", "PRAGMA wal_autocheckpoint = 0"

#: Opens a file under a store's key: its path and a Mode.
Connect = Callable[..., Any]


class StoreBroken(Exception):  # noqa: N818  what is said to the officer is in wording.py
    """The engine does not answer as it must: a bug or a wrong library, never the officer's doing."""


class Mode(StrEnum):
    """How a file is opened."""

    WORK = "work"  # as the store itself: WAL, every pragma set and read back
    FROZEN = "frozen"  # read only, nothing ever beside the file: a copy, or a read-only medium
    UNREAD = "unread"  # the same, and nothing read yet: a file whose first pages may be damaged
    FRESH = "fresh"  # an empty file about to receive a copy, made durable by whoever fills it


class Connector:
    """Opens connections of one's own under a raw key: `connect(path, mode)`. Refusal `wrong_key`."""

    def __init__(self, key: bytes) -> None:
        self.change(key)

    def change(self, key: bytes) -> None:
        """Connections to come are under this key (db/rekey.py)."""
        if len(key) != KEY_BYTES:
            # A shorter one would be taken as a passphrase, silently (security.md §1.4).
            raise StoreBroken("the data key is not 32 bytes long")
        self._key = key

    def __call__(self, path: Path, mode: Mode = Mode.WORK) -> Any:
        return _connect(self._key, path, mode)


def _connect(key: bytes, path: Path, mode: Mode = Mode.WORK) -> Any:
    uri = f"file:{_quoted(path)}?" + ("mode=ro&immutable=1" if mode in (Mode.FROZEN, Mode.UNREAD) else "mode=rw")
    try:
        connection = sqlcipher.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except sqlcipher.OperationalError:
        raise Refusal("store_unreadable", path=path) from None
    try:
        if mode is Mode.WORK:
            prepare(connection, key)
        elif mode is Mode.UNREAD:
            give_key(connection, key)
        else:
            unlock(connection, key)
        if mode is Mode.FRESH:
            connection.execute("PRAGMA journal_mode = OFF").fetchall()
            connection.execute("PRAGMA synchronous = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _quoted(path: Path) -> str:
    return quote(path.absolute().as_posix())


def prepare(connection: Any, key: bytes) -> None:
    """Key first, one read, then every pragma set and read back; StoreBroken or Refusal `wrong_key` otherwise."""
    unlock(connection, key)
    _check_versions(connection)
    if _first(connection, "PRAGMA cipher_status") != "1":
        raise StoreBroken("the store is not encrypted")
    for name, wanted, read in _PRAGMAS:
        connection.execute(f"PRAGMA {name} = {wanted}")
        if _first(connection, f"PRAGMA {name}") != str(read):
            raise StoreBroken(f"PRAGMA {name} is not {wanted}")
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}").fetchall()


def unlock(connection: Any, key: bytes) -> None:
    """Give the key and read once. Refusal `wrong_key`."""
    give_key(connection, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        raise Refusal("wrong_key") from None


def give_key(connection: Any, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _check_versions(connection: Any) -> None:
    cipher = str(_first(connection, "PRAGMA cipher_version")).split()[0]
    if _numbers(sqlcipher.sqlite_version) < OLDEST_SQLITE or _numbers(cipher) < OLDEST_SQLCIPHER:
        raise StoreBroken("this SQLCipher can corrupt a store (WAL reset), it must not run")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _first(connection: Any, statement: str) -> str | None:
    row = connection.execute(statement).fetchone()
    return None if row is None else str(row[0])


def refuse_wrong_key(path: Path, key: bytes) -> None:
    """Refusal `wrong_key`, on a connection that cannot write: an ordinary one brings a WAL left by a kill into the
    file when it is closed, whether its key was right or not.
    """
    connection = sqlcipher.connect(f"file:{_quoted(path)}?mode=ro", uri=True, isolation_level=None)
    try:
        unlock(connection, key)
    finally:
        connection.close()


def look_at(path: Path) -> None:
    """Refuse a file that cannot be a store, without touching it."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except FileNotFoundError:
        raise Refusal("store_missing", path=path) from None
    except OSError:
        raise Refusal("store_unreadable", path=path) from None
    if len(start) < len(_HEADER):
        raise Refusal("store_damaged", path=path)
    if start == _HEADER:
        raise Refusal("store_foreign", path=path)
