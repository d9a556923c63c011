"""Open the encrypted store and hand out transactions."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.pool import QueuePool

from spip_desktop.db import journal
from spip_desktop.db.schema import INFO
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Actor

#: « SPIP » as SQLite's application_id: a file of another program is refused before anything is written.
APPLICATION_ID = 0x53504950
_POOL = 2
KEY_BYTES = 32
AUTOSAVE = "modification"
#: Acts that change nothing of what is kept about anyone: a backup need not be made again because of them.
QUIET_ACTS = (
    *("unlock", "recovery", "lock", "idle", "close", "sleep", "session", "twelve_hours", "interview"),
    *("recovery_paper_confirmed", "consultation", "search", "print", "print_failed", "seat", "log", "check"),
    "clock_changed",
)
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
#: The cache in KiB: 8 MiB, what this build takes, made no reading among 31,000 persons quicker (benchmarks).
_SETTINGS = ("cache_size = -2000", "wal_autocheckpoint = 500", "journal_size_limit = 1048576", "busy_timeout = 5000")


#: Opens a file under a store's key: its path and a Mode.
Connect = Callable[..., Any]


class StoreBroken(Exception):  # noqa: N818  what is said to the officer is in wording.py
    """The engine does not answer as it must: a bug or a wrong library, never the officer's doing."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the store says of itself."""

    store: UUID
    db_id: UUID
    journal_key: bytes = field(repr=False)
    demonstration: bool


@dataclass(slots=True)
class Transaction:
    """One act of one officer, or a reading; aggregates and the journal work through it."""

    connection: sa.Connection
    clock: Clock
    ids: Ids
    identity: Identity
    act: str = ""
    actor: Actor | None = None
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.clock.now()

    @property
    def actor_id(self) -> UUID:
        if self.actor is None:
            raise StoreBroken("a reading has no actor")
        return self.actor.id

    @property
    def db_id(self) -> UUID:
        return self.identity.db_id

    @property
    def is_autosave(self) -> bool:
        return self.act == AUTOSAVE

    def require_writing(self) -> None:
        if self.actor is None:
            raise StoreBroken("a reading cannot write")
        if self.actor.read_only:
            raise Refusal("store_read_only")

    def note(self, kind: str, object_id: UUID | None = None, reason: str = "", recipient: str = "") -> None:
        """Write this act's line in the journal (autosaves: one line an object and officer in 15 minutes)."""
        line = journal.Line(self.now, self.actor_id, self.act, kind, object_id, reason, recipient)
        if self.is_autosave and journal.noted_since(self.connection, line):
            return
        journal.append(self.connection, self.identity.journal_key, line)


class Store:
    """An open store. Ordinary reads and writes run in the thread of the window (a commit is 1 to 5 ms)."""

    def __init__(
        self, engine: sa.Engine, path: Path, identity: Identity, clock: Clock, ids: Ids, connect: Connect
    ) -> None:
        self._engine, self.path, self.identity, self.clock, self.ids = engine, path, identity, clock, ids
        self.connect = connect  # on another file under the same key, or on this one beside the pool
        self.commits = 0  # made since it was opened: what was read at the same count still holds
        self.changes = 0  # those of them that a backup must hold
        self.make_room: Callable[[], bool] = lambda: False  # called when the disk is full: whether it found some
        self.trouble = ""  # why the disk did not take the last change; empty when it did
        self._files = _marks(path)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A consistent view that waits for nobody (BEGIN deferred) and changes nothing."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN DEFERRED")
            try:
                yield Transaction(connection, self.clock, self.ids, self.identity)
            finally:
                connection.rollback()

    @contextmanager
    def transaction(self, actor: Actor, act: str) -> Iterator[Transaction]:
        """One act: everything in it is committed together, or nothing is.

        Refusal `Unsaved` when the disk did not take it; the same act may be done again.
        """
        self._require_files()
        try:
            with self._begun(actor, act) as tx:
                yield tx
        except sa.exc.DatabaseError as error:
            told = self._told(error)
            if told is error:
                raise
            raise told from None
        self._require_files()
        self.trouble = ""
        self.commits += 1
        self.changes += act not in QUIET_ACTS

    @contextmanager
    def _begun(self, actor: Actor, act: str) -> Iterator[Transaction]:
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield Transaction(connection, self.clock, self.ids, self.identity, act, actor)
            except BaseException:
                _roll_back(connection)
                raise
            try:
                connection.commit()
            except BaseException:
                _roll_back(connection)
                raise

    def _require_files(self) -> None:
        """Refuse what would be written in a file that is no longer in its folder (a medium taken away)."""
        if _marks(self.path) != self._files:
            raise self._unsaved("store_gone")

    def _told(self, error: sa.exc.DatabaseError) -> Exception:
        """What the disk refused, for the officer; any other error of the engine stays a bug."""
        name = str(getattr(error.orig, "sqlite_errorname", ""))
        if name == "SQLITE_FULL":
            return self._unsaved("disk_full", released=self.make_room())
        if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")):
            return self._unsaved("store_gone" if _marks(self.path) != self._files else "store_unwritable")
        return error

    def _unsaved(self, code: str, **data: object) -> Unsaved:
        self.trouble = code
        return Unsaved(code, drive=drive_of(self.path), **data)

    @contextmanager
    def unattended(self) -> Iterator[Transaction]:
        """A change that no officer of the store makes (a restored backup); the caller writes its journal line."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield Transaction(connection, self.clock, self.ids, self.identity)
            connection.commit()

    def checkpoint(self) -> None:
        """Bring everything from the WAL into the file, so that little is lost if the WAL is."""
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()

    @contextmanager
    def alone(self) -> Iterator[Any]:
        """A connection while nobody else has one; others wait, and every connection is opened anew afterwards."""
        every = [self._engine.raw_connection() for _ in range(_POOL)]
        try:
            for other in every[1:]:
                other.driver_connection.close()  # type: ignore[union-attr]
            yield every[0].driver_connection
        finally:
            for one in every:
                one.invalidate()

    def still_open(self) -> Any:
        """One of the connections at work, even when the file has lost its name; closing it gives it back."""
        return self._engine.raw_connection()

    def journal_head(self) -> tuple[int, bytes]:
        """The last line of the journal: its number and its MAC; (0, zeros) when there is none."""
        with self.reading() as tx:
            return journal.head(tx.connection)

    def journal_mac(self, seq: int) -> bytes | None:
        """The MAC of one line of the journal, or None when it is not there."""
        with self.reading() as tx:
            return journal.mac_at(tx.connection, seq)

    def close(self) -> None:
        self._engine.dispose()


def _roll_back(connection: sa.Connection) -> None:
    """SQLite has already rolled back when a disk was full: asking again is an error that hides the first one."""
    with suppress(sa.exc.DatabaseError):
        connection.rollback()


def _marks(path: Path) -> tuple[int, int] | None:
    """What tells this very file from another put in its place; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def drive_of(path: Path) -> str:
    """The drive as a person names it: « D » on Windows, elsewhere where the medium is mounted."""
    place = path.absolute()
    if place.drive:
        return place.drive.rstrip(":")
    while not os.path.ismount(place):
        place = place.parent
    return str(place)


def make_engine(path: Path, key: bytes) -> sa.Engine:
    """An engine on an existing file, with the raw key; the file is never created here."""
    return _engine(partial(connector(key), path))


def _engine(creator: Callable[[], Any]) -> sa.Engine:
    return sa.create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=creator,
        poolclass=QueuePool,
        pool_size=_POOL,
        max_overflow=0,
        pool_reset_on_return="rollback",
        hide_parameters=True,
        isolation_level=None,
        skip_autocommit_rollback=False,
    )


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


def connector(key: bytes) -> Connector:
    return Connector(key)


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


def create_store(path: Path, key: bytes, store: UUID, clock: Clock, ids: Ids, *, demonstration: bool = False) -> Store:
    """Make a new store, named as its key file names it; Refusal `store_exists` rather than writing over anything."""
    from spip_desktop.db import migrate

    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise Refusal("store_exists", path=path) from None
    connect = connector(key)
    engine = _engine(partial(connect, path))
    migrate.upgrade(engine)
    identity = Identity(store, ids.new(), ids.random(KEY_BYTES), demonstration)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _write_identity(connection, identity)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.commit()
    return Store(engine, path, identity, clock, ids, connect)


def open_store(
    path: Path, key: bytes, clock: Clock, ids: Ids, before_migration: Callable[[Connect], object] | None = None
) -> Store:
    """Open an existing store. One of an older program is brought to this one's schema, after `before_migration`,
    which makes a verified backup with the connector it gets; StoreBroken when there is none to call.

    Refusals, none of which writes: store_missing, store_unreadable, store_damaged, store_foreign, wrong_key,
    store_newer (made by a newer program).
    """
    from spip_desktop.db import migrate

    look_at(path)
    refuse_wrong_key(path, key)
    connect = connector(key)
    engine = _engine(partial(connect, path))
    try:
        with engine.connect() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar()
            if application != APPLICATION_ID:
                raise Refusal("store_foreign", path=path)
            migrate.refuse_newer(connection)
            late = migrate.is_late(connection)
        if late:
            if before_migration is None:
                raise StoreBroken("a store is never migrated without a backup")
            before_migration(connect)
            migrate.upgrade(engine)
        with engine.connect() as connection:
            identity = _read_identity(connection)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise Refusal("store_damaged", path=path) from error
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, path, identity, clock, ids, connect)


def _write_identity(connection: sa.Connection, identity: Identity) -> None:
    rows = {
        "store": identity.store.bytes,
        "db_id": identity.db_id.bytes,
        "journal_key": identity.journal_key,
        "demonstration": b"1" if identity.demonstration else b"0",
    }
    connection.execute(INFO.insert(), [{"name": name, "value": value} for name, value in rows.items()])


def _read_identity(connection: sa.Connection) -> Identity:
    found: dict[str, bytes] = {row.name: row.value for row in connection.execute(sa.select(INFO))}
    return Identity(
        UUID(bytes=found["store"]),
        UUID(bytes=found["db_id"]),
        found["journal_key"],
        found["demonstration"] == b"1",
    )


__all__ = [
    "APPLICATION_ID",
    "AUTOSAVE",
    "Identity",
    "Store",
    "StoreBroken",
    "Transaction",
    "create_store",
    "open_store",
]
