"""A backup put in place of the store, on this machine or on a blank one; what was there is kept in quarantine.

A backup is verified once more before anything moves. The restored store is another database from then on (`db_id`):
what it will write is never taken for what the former one wrote.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from spip_desktop.db import backup as copies
from spip_desktop.db import info, journal
from spip_desktop.db.backup import Findings, Progress
from spip_desktop.db.connection import Connector
from spip_desktop.db.store import Store, open_store
from spip_desktop.domain.clock import PARIS, Clock
from spip_desktop.domain.dates import hour
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.security import anchor
from spip_desktop.security.files import (
    ANCHOR,
    KEYS,
    PREVIOUS_KEYS,
    digest,
    make_durable,
    replace_file,
    sync_folder,
)
from spip_desktop.services import backup_files as files
from spip_desktop.services import losses
from spip_desktop.services.backup_files import Backup

if TYPE_CHECKING:
    from spip_desktop.security.derivation import Argon2
    from spip_desktop.security.opened import Opened
    from spip_desktop.security.vault import Vault

QUARANTINE, STORE = "quarantine", "store.db"
_PART = "restore.part"
#: The journal's word for what nobody inside the store did.
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the backup in place, where the former files are (None: there were none), and what is gone.

    `first` to `last` are the lines of the journal written after the backup, 0 when nothing tells of any.
    """

    backup: Backup
    quarantine: Path | None
    first: int = 0
    last: int = 0


class Restoration:
    """Works on a closed store folder; the single-instance lock must be held. `restore` is called from the worker."""

    def __init__(self, folder: Path, clock: Clock, ids: Ids, cost: "Callable[[], Argon2] | None" = None) -> None:
        self._folder, self._clock, self._ids, self._cost = folder, clock, ids, cost

    def backups(self, elsewhere: Path | None = None) -> list[Backup]:
        """The backups of the store folder, or those in a folder someone chose, or that folder itself as one."""
        if elsewhere is None:
            return files.every(self._folder / files.FOLDER)
        alone = files.read(elsewhere)
        return [alone] if alone else files.every(elsewhere) or files.every(elsewhere / files.FOLDER)

    def unlock(self, one: Backup, identifier: str, passphrase: str) -> "Opened":
        """Open a backup's own key file with a passphrase of its day. Refusals: those of the vault."""
        return self._vault(one).unlock(identifier, passphrase)

    def recover(self, one: Backup, text: str, code: str = "") -> "Opened":
        """The same with the paper, and with the text of its square code when the backup has lost its key file."""
        vault = self._vault(one)
        return vault.unlock_with_sheet(code, text) if code.strip() else vault.unlock_with_recovery(text)

    def newest_whole(self, opened: "Opened", every: Sequence[Backup], progress: Progress) -> Backup | None:
        """The first of these backups, the newest first, that this key opens and that reads back whole."""
        for done, one in enumerate(every):
            progress(done, len(every))
            with suppress(Refusal):
                self._key_of(one, opened)
                return one
        return None

    def findings(self, opened: "Opened") -> Findings:
        """What is wrong in the store file as it lies there, page by page; nothing is written."""
        return copies.check_file(Connector(bytes(opened.key)), self._folder / STORE)

    def restore(self, one: Backup, opened: "Opened", progress: Progress) -> Restored:
        """Put a backup in place. Refusals, nothing moved: `backup_not_verified`, `backup_no_room`, those of a store."""
        key = self._key_of(one, opened)
        progress(40, 100)
        part = self._folder / _PART
        shutil.rmtree(part, ignore_errors=True)
        with files.told(self._folder):
            part.mkdir(mode=0o700)
            files.require_room(self._folder, one.store)
            shutil.copyfile(one.store, part / STORE)
            lost = self._make_another(part, key, one)
            progress(80, 100)
            aside = self._set_aside()
            self._put_in_place(part, one)
        shutil.rmtree(part, ignore_errors=True)
        return Restored(one, aside, *lost)

    def put(self, one: Backup, every: Sequence[Backup], open_: Callable[[], "Opened"]) -> Restored:
        """Open a backup, put it in place, and forget its key; one that does not read back points to a better one.

        Refusals: those of the key and of `restore`; `backup_unfit` with `backup`, the newest of `every` that is
        whole, or `backup_unfit_all`.
        """
        opened = open_()
        try:
            return self.restore(one, opened, _silently)
        except Refusal as refusal:
            if refusal.code != "backup_not_verified":
                raise
            newest = self.newest_whole(opened, [other for other in every if other != one], _silently)
        finally:
            opened.wipe()
        if newest is None:
            raise Refusal("backup_unfit_all")
        raise Refusal.of([Problem("backup_unfit", data=moment(newest) | {"backup": newest})])

    # -- the steps -------------------------------------------------------------------------------------------

    def _vault(self, one: Backup) -> "Vault":
        from spip_desktop.security.vault import Vault

        return Vault(one.folder, self._clock, self._cost) if self._cost else Vault(one.folder, self._clock)

    def _key_of(self, one: Backup, opened: "Opened") -> bytes:
        """The key that opens a backup, once all of it was read. Refusal `backup_not_verified`."""
        keys = [bytes(found.key) for found in (opened, opened.other) if found]
        if digest(one.store) == one.sha256:
            for key in keys:
                with suppress(Refusal):
                    files.verified_facts(Connector(key), one.store, lambda done, total: None)
                    return key
        raise Refusal("backup_not_verified", pages=())

    def _make_another(self, part: Path, key: bytes, one: Backup) -> tuple[int, int]:
        """Give the copy a database id of its own, say so in its journal, anchor it; which lines are gone."""
        store = open_store(part / STORE, key, self._clock, self._ids, lambda connect: None)
        try:
            lost = self._lines_gone(store)
            said = f"{one.number} du {one.made_at.astimezone(PARIS):%d/%m/%Y %H:%M}"
            with store.unattended() as tx:
                info.keep(tx, "db_id", self._ids.new().bytes)
                losses.forget(tx)
                line = journal.Line(tx.now, NOBODY, "restore", "store", None, said)
                journal.append(tx.connection, store.identity.journal_key, line)
            store.checkpoint()
        finally:
            store.close()
        again = open_store(part / STORE, key, self._clock, self._ids)
        try:
            again.checkpoint()
            losses.anchor_store(again)
        finally:
            again.close()
        return lost

    def _lines_gone(self, store: Store) -> tuple[int, int]:
        """By the anchor of the folder, when it is this store's: the lines written after the backup."""
        known = anchor.read(self._folder, store.identity.journal_key)
        if not isinstance(known, anchor.Anchor) or known.db_id != store.identity.db_id:
            return 0, 0
        seq, _ = store.journal_head()
        return (seq + 1, known.seq) if known.seq > seq else (0, 0)

    def _set_aside(self) -> Path | None:
        """Move what was there to quarantine, whole; nothing is deleted."""
        names = (STORE, f"{STORE}-wal", f"{STORE}-shm", PREVIOUS_KEYS, ANCHOR)
        present = [name for name in names if (self._folder / name).exists()]
        if not present:
            return None
        stamp = f"{self._clock.now():%Y%m%dT%H%M%S%f}Z"
        beside = len(list((self._folder / QUARANTINE).glob(f"{stamp}*")))  # the clock may have been set back
        aside = self._folder / QUARANTINE / (f"{stamp}-{beside}" if beside else stamp)
        aside.mkdir(mode=0o700, parents=True)
        if (self._folder / KEYS).exists():
            replace_file(aside / KEYS, (self._folder / KEYS).read_bytes())
        for name in present:
            (self._folder / name).rename(aside / name)
        sync_folder(aside)
        return aside

    def _put_in_place(self, part: Path, one: Backup) -> None:
        """The key file first: a store is never there without the keys that open it."""
        if (one.folder / KEYS).exists():
            replace_file(self._folder / KEYS, (one.folder / KEYS).read_bytes())
        for name in (ANCHOR, STORE):
            make_durable(part / name)
            os.replace(part / name, self._folder / name)
        sync_folder(self._folder)


def moment(one: Backup) -> dict[str, object]:
    """When a backup was made, as sentences say it."""
    return {"day": f"{one.made_at.astimezone(PARIS):%d/%m/%Y}", "hour": hour(one.made_at)}


def _silently(done: int, total: int) -> None:
    """Nobody follows."""
