"""The way in: first start, unlocking, locking. Nothing heavy is imported before the first page is painted.

db, documents and cryptography are imported inside the functions, which run in the worker thread.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any

if TYPE_CHECKING:
    from spip_desktop.db.connection import Connect
    from spip_desktop.db.store import Store
    from spip_desktop.domain.clock import Clock
    from spip_desktop.domain.ids import Ids
    from spip_desktop.domain.officer import Officer, Service
    from spip_desktop.security.derivation import Argon2
    from spip_desktop.security.quick_unlock import QuickUnlock
    from spip_desktop.security.sheet import RecoverySheet
    from spip_desktop.security.vault import Credentials, Opened, Vault
    from spip_desktop.services.context import Context
    from spip_desktop.services.restore import Restoration

STORE_FILE = "store.db"
#: Beside the store while a first start is under way: without it, a key file is never touched.
_UNDER_WAY = "first-start"
_KEY_FILES = ("keys.json", "keys.json.1")
_ATTEMPTS = "attempts.json"
_UNFINISHED = ("store.part", "store.part-wal", "store.part-shm", *_KEY_FILES)
_NOT_COPIED = "paper_unconfirmed"  # of key_repair.py


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStart:
    """What the first page asks for; the officer becomes CPIP and technical administrator."""

    service: "Service"
    officer: "Officer"
    passphrase: str = field(repr=False)
    notice_read: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An open store with its officer at work, and what they must be told (`notices`).

    `paper` is set when a recovery key was just made: it is shown, printed, typed back, and forgotten.
    """

    context: "Context"
    notices: tuple[Problem, ...] = ()
    paper: "RecoverySheet | None" = None


@dataclass(slots=True)
class Recovered:
    """A store opened with the paper key, by one of these officers, who then choose a new passphrase."""

    opened: "Opened"
    identifiers: tuple[str, ...]


class Entrance:
    """The door of one store folder; the single-instance lock must be held."""

    def __init__(
        self,
        folder: Path,
        clock: "Clock",
        ids: "Ids",
        *,
        demonstration: bool = False,
        cost: "Callable[[], Argon2] | None" = None,
    ) -> None:
        self.folder, self._clock, self._ids = folder, clock, ids
        self._demonstration, self._cost = demonstration, cost

    @property
    def path(self) -> Path:
        return self.folder / STORE_FILE

    def is_new(self) -> bool:
        """Whether nothing was ever kept in this folder (an interrupted first start counts as nothing)."""
        keys = any((self.folder / name).exists() for name in _KEY_FILES)
        return not self.path.exists() and ((self.folder / _UNDER_WAY).exists() or not keys)

    def identifiers(self) -> tuple[str, ...]:
        """The identifiers that may unlock; refusals as the vault's."""
        return self._vault().identifiers()

    def seconds_left(self) -> int:
        """How long until another passphrase may be tried, after wrong ones."""
        if not (self.folder / _ATTEMPTS).exists():
            return 0  # asked before the first page is painted: nothing more is imported
        from spip_desktop.security.throttle import Throttle

        return Throttle(self.folder, self._clock).seconds_left()

    def keys_lost(self) -> bool:
        """Whether neither key file can be read: only the whole recovery paper opens then."""
        try:
            self._vault().read()
        except Refusal as refusal:
            return refusal.code in ("keys_missing", "keys_damaged")
        return False

    def functions(self) -> tuple[tuple[str, str], ...]:
        """Codes and labels of an officer's functions."""
        from spip_desktop import reference

        return reference.load("officer_functions").options(self._clock.today())

    def paper(self, entry: Entry) -> bytes:
        """The recovery sheet to print, from memory: it is never written to a file."""
        from spip_desktop.services import recovery_paper

        assert entry.paper is not None
        return recovery_paper.render(entry.context, entry.paper)

    def note_paper(self, entry: Entry, printer: str, *, copy_accepted: bool = False, why: str = "") -> None:
        """Write in the journal that the recovery sheet goes to a printer, or, with `why`, that it did not."""
        from spip_desktop.services import recovery_paper

        recovery_paper.write_line(entry.context, printer, copy_accepted=copy_accepted, why=why)

    def confirm_paper(self, entry: Entry) -> Entry:
        """Note that the officer holds the paper: two groups were typed back; nothing is to be told of it any more."""
        from spip_desktop.db import key_marks

        context = entry.context
        with context.store.transaction(context.actor, "recovery_paper_confirmed") as tx:
            key_marks.paper_confirmed(tx)
            tx.note("keys")
        return replace(entry, notices=tuple(one for one in entry.notices if one.code != _NOT_COPIED))

    def first_start(self, first: FirstStart) -> Entry:
        """Make the key file and the store, with the service and its first officer.

        Killed at any instant, the folder is either as before or finished. Refusals: what the officer has to
        put right, `notice_not_read`, those of the vault.
        """
        from spip_desktop.domain.officer import Role, officer_problems

        problems = officer_problems(first.officer) + _service_problems(first.service)
        if not first.notice_read:
            problems.insert(0, Problem("notice_not_read", "notice_read"))
        refuse_if_any(problems)
        self._begin_anew()
        opened, paper = self._vault().create(self._credentials(first.officer, first.service, first.passphrase))
        officer = replace(first.officer, roles=(Role.CPIP, Role.ADMIN_TECHNIQUE), identifier=opened.slot.identifier)
        self._make_store(opened, officer, first.service)
        (self.folder / _UNDER_WAY).unlink()
        entry = self._enter(opened, officer.identifier)
        # That the paper is not copied yet is told from the next opening on: it is being shown.
        return replace(entry, notices=tuple(one for one in entry.notices if one.code != _NOT_COPIED), paper=paper)

    def unlock(self, identifier: str, passphrase: str) -> Entry:
        """Open with a passphrase. Refusals: `wrong_passphrase`, those of the vault and of the store."""
        refuse_if_any(
            Problem("required", name)
            for name, typed in (("identifier", identifier), ("passphrase", passphrase))
            if not typed.strip()
        )
        opened = self._vault().unlock(identifier, passphrase)
        return self._enter(opened, opened.slot.identifier)

    def quick_identifiers(self) -> tuple[str, ...]:
        """Who may come in by PIN on this workstation, by the files alone; none where they cannot be read."""
        try:
            return tuple(one.identifier for one in self._quick().every())
        except Refusal:
            return ()

    def unlock_by_pin(self, identifier: str, pin: str) -> Entry:
        """Open with a PIN and this workstation's keyring. Refusals: those of quick_unlock.py and of the store."""
        refuse_if_any(
            Problem("required", name) for name, typed in (("identifier", identifier), ("pin", pin)) if not typed.strip()
        )
        opened = self._quick().unlock(identifier, pin)
        return self._enter(opened, opened.slot.identifier, reason="PIN")

    def recover(self, text: str, code: str = "") -> Recovered:
        """Open with the paper key, and with the text of its square code when keys.json is lost.

        `finish_recovery` follows; until then nothing is written. Refusals: those of the vault, `foreign_store`.
        """
        from spip_desktop.db import officer as officers

        vault = self._vault()
        opened = vault.unlock_with_sheet(code, text) if code.strip() else vault.unlock_with_recovery(text)
        store, opened = self._open(opened)
        try:
            with store.reading() as tx:
                present = [one for one in officers.OFFICERS.find(tx) if one.active]
        finally:
            store.close()
        return Recovered(opened, tuple(sorted(one.identifier for one in present)))

    def finish_recovery(self, recovered: Recovered, identifier: str, passphrase: str) -> Entry:
        """Give an officer of the store a new passphrase, and let them in. Refusal `unknown_officer`."""
        from spip_desktop.db import officer as officers
        from spip_desktop.db.store import open_store

        vault, opened = self._vault(), recovered.opened
        store = open_store(self.path, bytes(opened.key), self._clock, self._ids)
        try:
            with store.reading() as tx:
                officer, service = officers.by_identifier(tx, identifier.strip()), officers.service(tx)
        except Refusal:
            raise Refusal("unknown_officer", "identifier") from None
        finally:
            store.close()
        vault.settle(opened)
        vault.set_passphrase(opened, self._credentials(officer, service, passphrase))
        return self._enter(opened, officer.identifier, act="recovery")

    def restoration(self) -> "Restoration":
        """What puts a backup in place of this folder's store."""
        from spip_desktop.services.restore import Restoration

        return Restoration(self.folder, self._clock, self._ids, self._cost)

    # -- the steps -------------------------------------------------------------------------------------------

    def _vault(self) -> "Vault":
        from spip_desktop.security.vault import Vault

        return Vault(self.folder, self._clock, self._cost) if self._cost else Vault(self.folder, self._clock)

    def _quick(self) -> "QuickUnlock":
        from spip_desktop.security.quick_unlock import QuickUnlock

        return QuickUnlock(self._vault(), self._clock)

    def _credentials(self, officer: "Officer", service: "Service", passphrase: str) -> "Credentials":
        from spip_desktop.security.vault import Credentials

        return Credentials(
            officer_id=officer.id,
            identifier=officer.identifier,
            passphrase=passphrase,
            names=(officer.family_name, officer.first_name),
            context=(service.name, service.branch, service.city),
        )

    def _begin_anew(self) -> None:
        if not self.is_new():
            raise Refusal("store_exists", path=self.path)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / _UNDER_WAY).touch()
        for name in _UNFINISHED:
            (self.folder / name).unlink(missing_ok=True)

    def _make_store(self, opened: "Opened", officer: "Officer", service: "Service") -> None:
        """Under another name until it is whole: a store.db is always a finished one."""
        from spip_desktop.db import key_marks
        from spip_desktop.db import officer as officers
        from spip_desktop.db.store import create_store
        from spip_desktop.domain.officer import Actor
        from spip_desktop.services import losses

        part = self.folder / "store.part"
        store = create_store(
            part, bytes(opened.key), opened.store, self._clock, self._ids, demonstration=self._demonstration
        )
        try:
            with store.transaction(Actor(officer), "first_start") as tx:
                officers.OFFICERS.save(tx, officer)
                officers.SERVICES.save(tx, service)
                key_marks.paper_drawn(tx)
                tx.note("officer", officer.id)
            store.checkpoint()
            losses.anchor_store(store)
        finally:
            store.close()
        part.rename(self.path)

    def _open(self, opened: "Opened") -> "tuple[Store, Opened]":
        """The database under this key, or under the one to come where a change of key was cut short.

        Nothing is written with a key that does not open it. Refusals: `foreign_store`, `store_damaged`, or the
        refusal of the secret itself when it is one that a change of key left behind.
        """
        from spip_desktop.db.store import open_store

        for one in (opened, opened.other):
            try:
                store = open_store(self.path, bytes(one.key), self._clock, self._ids, self._back_up) if one else None
            except Refusal as refusal:
                if refusal.code != "wrong_key":
                    raise
                continue
            if one and store:
                try:
                    one.require_store(store.identity.store)
                except Refusal:
                    store.close()
                    raise
                return store, one
        raise self._not_its_key(opened)

    def _back_up(self, connect: "Connect") -> None:
        """Before a migration: a verified backup, or the store stays as it is."""
        from spip_desktop.services.backup import make_of

        make_of(self.path, connect, "migration", self._clock, lambda done, total: None)

    def _not_its_key(self, opened: "Opened") -> Refusal:
        """Why a key that the key file vouches for does not open the database."""
        from spip_desktop.security import anchor

        if anchor.store_named(self.folder) not in (None, opened.store):
            return Refusal("foreign_store")
        if opened.left_behind:
            code = ("recovery_key_other", "recovery_key") if opened.by_recovery else ("wrong_passphrase", "passphrase")
            return Refusal(*code)
        return Refusal("store_damaged")

    def _enter(self, opened: "Opened", identifier: str, act: str = "unlock", reason: str = "") -> Entry:
        from spip_desktop.db import officer as officers
        from spip_desktop.services import key_repair, losses
        from spip_desktop.services.context import Context

        store, opened = self._open(opened)
        try:
            with store.reading() as tx:
                actor = officers.actor(tx, officers.by_identifier(tx, identifier))
            if not actor.officer.active:
                raise Refusal("officer_removed", "identifier")
            self._vault().settle(opened)
            self._quick().tidy(opened)
            loss = losses.found(store)  # before anything is written in the journal
            actor = replace(actor, read_only=loss is not None)
            context = Context(store, actor)
            repaired = key_repair.finish(context, opened)
            opened.wipe()
            notices = (*opened.notices, *((loss,) if loss else ()), *repaired)
            self._tell_failures(context)
            with store.transaction(actor, act) as tx:
                if act == "recovery":
                    tx.note("keys", actor.id)  # a passphrase was replaced with the paper
                else:
                    tx.note("store", reason=reason)
                if loss:
                    losses.remember(tx, loss)
        except BaseException:
            store.close()  # nobody is in: nothing of the store stays open
            raise
        return Entry(context, notices)

    def _tell_failures(self, context: "Context") -> None:
        """Wrong secrets typed since the last unlocking: how many, from when to when."""
        from spip_desktop.domain import dates
        from spip_desktop.security.throttle import Throttle

        throttle = Throttle(self.folder, self._clock)
        failures = throttle.untold()
        if failures.first and failures.last:
            first, last = (f"{dates.short(one)} {dates.hour(one)}" for one in (failures.first, failures.last))
            with context.store.transaction(context.actor, "failed_unlocks") as tx:
                tx.note("keys", reason=f"{failures.count} : {first} – {last}")
        throttle.told()


def lock(context: "Context", reason: str = "lock") -> None:
    """Put everything away: journal line, checkpoint, anchor, engine closed. The caller replaces the process."""
    from spip_desktop.services import losses

    store = context.store
    with store.transaction(context.actor, reason) as tx:
        tx.note("store")
    store.checkpoint()
    losses.write_anchor(context)
    store.close()


def _service_problems(service: "Service") -> list[Problem]:
    return [Problem("required", f"service.{name}") for name in ("name", "branch") if not getattr(service, name).strip()]
