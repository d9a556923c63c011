"""Open the encrypted store and hand out transactions."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.pool import QueuePool

from spip_desktop.db import journal
from spip_desktop.db.connection import (
    APPLICATION_ID,
    BRINGS_IN,
    KEY_BYTES,
    LEAVES_IT,
    Connect,
    Connector,
    StoreBroken,
    look_at,
    refuse_wrong_key,
)
from spip_desktop.db.schema import INFO
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Actor

_POOL = 2
#: Seconds for which a thread waits for its turn to write: the window answers, a worker has the time.
_WINDOW_WAITS, _WORKER_WAITS = 0.08, 60.0
#: Seconds for which an act of a few milliseconds is waited for, by whom it may be.
_SHORT_ACT = 5.0
AUTOSAVE = "modification"
#: Acts that change nothing of what is kept about anyone: a backup need not be made again because of them.
QUIET_ACTS = (
    *("unlock", "recovery", "lock", "idle", "close", "sleep", "session", "twelve_hours", "interview"),
    *(
        "recovery_paper_confirmed",
        "consultation",
        "search",
        "print",
        "print_failed",
        "copy_block",
        "seat",
        "log",
        "check",
    ),
    *("clock_changed", "stage_package", "copy_block"),
)


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
        self._turn = threading.Lock()  # held by the one thread that writes
        self._package = False  # whether it is a package that it looks at or takes in, for seconds
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
    def transaction(
        self, actor: Actor, act: str, *, sliced: bool = False, package: bool = False
    ) -> Iterator[Transaction]:
        """One act: everything in it is committed together, or nothing is.

        `sliced`: one of many in a row, from the worker, who calls `bring_in` once the lock is given back: inside the
        commit that is most of the time, and the window would wait for it.
        `package`: a whole package in one act, which may take many seconds; the window is told so at once.
        Refusal `Unsaved` when the disk did not take it, or a package has the store; the same act may be done again.
        """
        self._require_files()
        try:
            with self._turn_of(package=package), self._begun(actor, act, LEAVES_IT if sliced else BRINGS_IN) as tx:
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
    def _turn_of(self, *, package: bool) -> Iterator[None]:
        """One thread writes at a time: the others learn why they wait, which SQLite's own lock does not say."""
        if not self._turn.acquire(timeout=self._patience()):
            raise Unsaved("package_under_way")
        self._package = package
        try:
            yield
        finally:
            self._package = False
            self._turn.release()

    def _patience(self) -> float:
        """Seconds to wait for one's turn."""
        if threading.current_thread() is not threading.main_thread():
            return _WORKER_WAITS
        return _WINDOW_WAITS if self._package else _SHORT_ACT

    @contextmanager
    def _begun(self, actor: Actor, act: str, at_the_end: str = BRINGS_IN) -> Iterator[Transaction]:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(at_the_end)
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
        if name.startswith("SQLITE_BUSY"):
            return Unsaved("store_busy")  # by another program, or a connection of one's own: the disk is well
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
        self._bring_in("TRUNCATE")

    def bring_in(self) -> None:
        """Bring what is in the WAL into the file, without waiting for anyone nor making anyone wait."""
        self._bring_in("PASSIVE")

    def _bring_in(self, how: str) -> None:
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute(f"PRAGMA wal_checkpoint({how})").fetchall()
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
    return _engine(partial(Connector(key), path))


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


def create_store(path: Path, key: bytes, store: UUID, clock: Clock, ids: Ids, *, demonstration: bool = False) -> Store:
    """Make a new store, named as its key file names it; Refusal `store_exists` rather than writing over anything."""
    from spip_desktop.db import migrate

    try:
        path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise Refusal("store_exists", path=path) from None
    connect = Connector(key)
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
    connect = Connector(key)
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
