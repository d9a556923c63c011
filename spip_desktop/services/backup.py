"""Backups of the open store: made, verified, rotated, tried, copied to a second medium.

`make`, `before`, `renew` and `try_newest` take 1 s for 50 MB: they are called from the worker, on a connection of
their own, and leave the window free. `before(what)` comes first in whatever could go wrong for a whole store.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from spip_desktop.db import info, journal
from spip_desktop.db.backup import Progress, chain_break, frozen
from spip_desktop.db.connection import Connect, Connector, Mode
from spip_desktop.db.store import QUIET_ACTS
from spip_desktop.domain.clock import PARIS, Clock
from spip_desktop.domain.dates import days_between
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.security.files import digest
from spip_desktop.services import backup_files as files
from spip_desktop.services.backup_files import Backup, Making
from spip_desktop.services.context import Context

#: At most so often while one works, in minutes.
EVERY = timedelta(minutes=30)
#: After so many days without a verified backup, the window says so in red.
LATE = 7
_SECOND = "second_backups"


def _silently(done: int, total: int) -> None:
    """Nobody follows the progress."""


@dataclass(frozen=True, slots=True)
class Status:
    """The newest verified backup and its age in days, None when there is none."""

    newest: Backup | None
    days: int | None

    @property
    def late(self) -> bool:
        return self.days is None or self.days > LATE


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying a backup found: it opened, every page and every line of its journal holds."""

    backup: Backup
    persons: int
    lines: int


class BackupService:
    """One of it for an open store; two backups are never made at once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._one_at_a_time = threading.Lock()
        self._changes = 0  # of the store, at the last backup

    @property
    def root(self) -> Path:
        return self._context.store.path.parent / files.FOLDER

    # -- reading ---------------------------------------------------------------------------------------------

    def every(self) -> list[Backup]:
        """Those of this store, the newest first."""
        store = self._context.store.identity.store
        return [one for one in files.every(self.root) if one.facts.store == store]

    def status(self) -> Status:
        newest = next(iter(self.every()), None)
        if newest is None:
            return Status(None, None)
        today = self._context.clock.today()
        return Status(newest, max(0, days_between(newest.made_at.astimezone(PARIS).date(), today)))

    def changed(self) -> bool:
        """Whether something was written since the newest backup."""
        newest = self.status().newest
        if newest is None or newest.facts.db_id != self._context.store.identity.db_id:
            return True
        return self._context.store.changes != self._changes or self._last_change() > newest.facts.seq

    def due(self) -> bool:
        """Whether one is to be made now, while one works; a clock set back makes it due."""
        newest = self.status().newest
        age = self._context.clock.now() - newest.made_at if newest else EVERY
        return (age >= EVERY or age < timedelta(0)) and self.changed()

    # -- making ----------------------------------------------------------------------------------------------

    def make(self, reason: str = "asked", progress: Progress = _silently) -> Backup:
        """Make and verify a backup, then let go of those the rotation does not keep; refusals of `files.make`."""
        store = self._context.store
        with self._one_at_a_time:
            changes = store.changes
            made = make_of(store.path, store.connect, reason, self._context.clock, progress)
            self._changes = changes
            files.rotate(self.root)
        return made

    def make_everywhere(self, reason: str, progress: Progress = _silently) -> Backup:
        """The same, then its copy in the second folder where one was chosen and is there.

        Refusals as `make`; `backup_second_missing` when only the copy could not be made.
        """
        made, second = self.make(reason, progress), self.second_folder()
        if second is not None:
            try:
                files.copy_to(made, second, _silently)
                files.rotate(second)
            except (Refusal, OSError):
                raise Refusal("backup_second_missing", folder=second) from None
        return made

    def before(self, what: str, progress: Progress = _silently) -> Backup:
        """A verified backup before `what` (migration, rekey, import, purge); a Refusal: do not go on."""
        return self.make(what, progress)

    def renew(self, old_key: bytes, new_key: bytes, progress: Progress = _silently) -> int:
        """Put every backup under the store's new key and its present keys.json; returns how many are under it.

        Cut short, it goes on where it stopped when called again. What the old key does not open whole is
        removed, once one good backup under the new key is there: it would only serve who has the old key.
        """
        self._context.actor.require(Right.MANAGE_KEYS)
        return renew(self._context.store.path, Connector(old_key), Connector(new_key), progress)

    def start_over(self, progress: Progress = _silently) -> Path | None:
        """Make a backup and delete every older one, copies included: what was erased is in none of them any more.

        Returns the second folder when it could not be reached: what was erased is still there.
        """
        if not self._context.actor.could(Right.ERASE):
            raise Refusal("not_allowed", right=Right.ERASE.value)
        made = self.make("purge", progress)
        second = self.second_folder()
        reached = second is None or self._copied_alone(made, second, progress)
        for one in self.every():
            if one != made:
                files.remove(one.folder)
        return None if reached else second

    def _copied_alone(self, made: Backup, second: Path, progress: Progress) -> bool:
        """Whether the second folder holds this backup and no older one."""
        try:
            copied = files.copy_to(made, second, progress)
            for one in files.every(second):
                if one.facts.store == made.facts.store and one.folder != copied.folder:
                    files.remove(one.folder)
        except (Refusal, OSError):
            return False
        return True

    def refresh_keys(self) -> None:
        """Give every backup, copies included, the present keys.json: a passphrase that was replaced opens none of
        them any more, and who restores one types today's. Best effort: what is not there keeps its own.
        """
        second = self.second_folder()
        for root in (self.root, *([second] if second else [])):
            for one in files.every(root):
                mine = one.facts.store == self._context.store.identity.store
                with suppress(OSError):
                    if mine and _opens(self._context.store.connect, one):
                        files.copy_keys(self._context.store.path.parent, one.folder)

    def renew_second(self, progress: Progress = _silently) -> bool:
        """Leave in the second folder, where there is one, the newest backup alone, under the store's present key;
        False when the folder is not there.
        """
        second, newest = self.second_folder(), next(iter(self.every()), None)
        return second is None or (newest is not None and self._copied_alone(newest, second, progress))

    # -- trying ----------------------------------------------------------------------------------------------

    def try_newest(self, progress: Progress = _silently) -> Trial:
        """Open the newest backup and read all of it. Refusals: `backup_none`, `backup_not_verified`."""
        newest = next(iter(self.every()), None)
        if newest is None:
            raise Refusal("backup_none")
        return try_one(newest, self._context.store.connect, self._context.store.identity.journal_key, progress)

    # -- a second medium -------------------------------------------------------------------------------------

    def second_folder(self) -> Path | None:
        """Where a second copy of each backup goes, on another device; kept in the store."""
        with self._context.store.reading() as tx:
            found = info.value(tx, _SECOND)
        return Path(found.decode()) if found else None

    def may_choose_second(self) -> bool:
        return self._context.actor.may(Right.SET_SERVICE)

    def set_second_folder(self, folder: Path | None) -> None:
        """Choose it, or give it up (None)."""
        self._context.actor.require(Right.SET_SERVICE)
        with self._context.store.transaction(self._context.actor, "set_second_backups") as tx:
            tx.require_writing()
            info.keep(tx, _SECOND, str(folder).encode() if folder else None)
            tx.note("store")

    def copy_to(self, folder: Path, progress: Progress = _silently) -> Backup:
        """Make a backup of the work as it is on another medium, read again there; nothing is asked of a full disk.

        Also when the store's file was taken away under the program: what is open still holds it.
        """
        store = self._context.store
        making = Making(
            source=store.path, origin=store.still_open, write=store.connect, keys=store.path.parent,
            reason="export", now=self._context.clock.now(),
        )  # fmt: skip
        with self._one_at_a_time, files.told(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return files.make(making, folder, progress)

    def _last_change(self) -> int:
        with self._context.store.reading() as tx:
            return journal.last_but(tx.connection, QUIET_ACTS)


def try_one(one: Backup, connect: Connect, journal_key: bytes, progress: Progress) -> Trial:
    """Read all of a backup. Refusal `backup_not_verified`."""
    if digest(one.store) != one.sha256:
        raise Refusal("backup_not_verified", pages=())
    progress(20, 100)
    facts = files.verified_facts(connect, one.store, progress)
    with frozen(connect, one.store) as connection:
        broken = chain_break(connection, journal_key)
    if facts != one.facts or broken is not None:
        raise Refusal("backup_not_verified", pages=())
    return Trial(one, facts.counts.get("person", 0), facts.seq)


def make_of(store: Path, connect: Connect, reason: str, clock: Clock, progress: Progress) -> Backup:
    """A backup of a store file that may not be open yet (before a migration)."""
    making = Making(
        source=store, origin=lambda: connect(store), write=connect, keys=store.parent, reason=reason, now=clock.now()
    )
    return files.make(making, store.parent / files.FOLDER, progress)


def renew(store: Path, old: Connect, new: Connect, progress: Progress) -> int:
    """BackupService.renew, before a store is open too: a rotation of the key cut short ends at the unlocking."""
    root = store.parent / files.FOLDER
    files.remove_unfinished(root)  # one that was being removed is under the former key
    stale = [one for one in reversed(files.every(root)) if not _opens(new, one)]
    for done, one in enumerate(stale):
        progress(done, len(stale))
        with _unreadable_passed_over():
            files.make(_renewed(one, store, old, new), root, _silently)
            files.remove(one.folder)
    fresh = [one for one in files.every(root) if _opens(new, one)]
    for one in fresh:
        files.copy_keys(store.parent, one.folder)
    if fresh:
        for one in stale:
            files.remove(one.folder)
    return len(fresh)


def _renewed(one: Backup, store: Path, old: Connect, new: Connect) -> Making:
    return Making(
        source=one.store, origin=lambda: old(one.store, Mode.FROZEN), write=new, keys=store.parent,
        reason=one.reason, now=one.made_at,
    )  # fmt: skip


@contextmanager
def _unreadable_passed_over() -> Iterator[None]:
    """A backup that its own key does not open whole is passed over; a full disk is not."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code not in ("store_page_damaged", "backup_not_verified", "wrong_key"):
            raise


def _opens(connect: Connect, one: Backup) -> bool:
    try:
        connect(one.store, Mode.FROZEN).close()
    except Refusal:
        return False
    return True
