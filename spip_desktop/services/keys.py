"""Who opens the store and how: passphrases, colleagues let in and out, the recovery paper, the store's own key.

The store's key is not kept after the unlocking: what needs it asks for the passphrase again, and derives it. All
of it is called from the worker: deriving takes 0.2 to 1 s, another key for the store 1 to 2 s for 150 MB, its
backups as long again each. Every act writes a line of kind « keys » in the journal, never a name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import key_marks
from spip_desktop.db import officer as officers
from spip_desktop.db.rekey import rekey
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Officer, Right
from spip_desktop.domain.text import clean, fold
from spip_desktop.security.passphrase import same_identifier
from spip_desktop.security.quick_unlock import QuickUnlock, check_pin, is_pin
from spip_desktop.security.vault import Credentials, Opened, Rotation, Vault
from spip_desktop.services import recovery_paper
from spip_desktop.services.account import AccountService, act_as
from spip_desktop.services.backup import BackupService
from spip_desktop.services.context import Context

KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Access:
    """An officer of the store and how they stand: `opens` when a passphrase of theirs opens it.

    A removal that was cut short is one to do again: the officer has no right any more, yet still opens.
    """

    officer: Officer
    opens: bool

    @property
    def removal_unfinished(self) -> bool:
        return self.opens and not self.officer.active


@dataclass(slots=True)
class DrawnPaper:
    """A recovery paper to be shown, printed and typed back; `in_force` when it opens already.

    `second_left`: copies on the second medium are under the former key still, since it was not there.
    """

    rotation: Rotation = field(repr=False)
    opened: Opened = field(repr=False)
    in_force: bool = False
    second_left: bool = False

    @property
    def text(self) -> str:
        return self.rotation.sheet.text


class KeyService:
    """Each method is one act of the officer; `vault` is the key file beside the store."""

    def __init__(
        self, context: Context, account: AccountService, backups: BackupService, vault: Vault | None = None
    ) -> None:
        self._context, self._account, self._backups = context, account, backups
        self._vault = vault or Vault(context.store.path.parent, context.clock)
        self._quick = QuickUnlock(self._vault, context.clock)

    # -- reading ---------------------------------------------------------------------------------------------

    def may_manage(self) -> bool:
        return self._context.actor.may(Right.MANAGE_KEYS)

    def accesses(self) -> list[Access]:
        """The officers who are in the store or still open it, in the order of their names."""
        every = self._account.officers()
        try:
            holders = self._vault.officers()
        except Refusal:  # the key file cannot be read: it is said at the unlocking, and nothing is known here
            holders = frozenset(one.id for one in every if one.active)
        accesses = [Access(one, one.id in holders) for one in every]
        return [one for one in accesses if one.officer.active or one.opens]

    def reauthenticate(self, current: str) -> None:
        """Make sure that the officer at work is the one at the keyboard. Refusal `current_passphrase_wrong`."""
        self._open_again(current).wipe()

    def confirm(self, typed: str) -> None:
        """The same by what the officer comes in with on this workstation: the passphrase, or the PIN where one is in
        force. Refusals: `current_passphrase_wrong`, `wrong_pin`, `quick_withdrawn`, `throttled`.
        """
        if self.quick_until() is None or not is_pin(typed):
            return self.reauthenticate(typed)
        try:
            self._quick.unlock(self._context.actor.officer.identifier, typed).wipe()
        except Refusal as refusal:
            raise Refusal(refusal.code, "current_passphrase", **refusal.problems[0].data) from None

    # -- one's own passphrase --------------------------------------------------------------------------------

    def change_passphrase(self, current: str, new: str) -> None:
        """Replace one's own passphrase. Refusals: `current_passphrase_wrong`, `passphrase_same`, the vault's."""
        self._require_writing()
        if current and current == new:
            raise Refusal("passphrase_same", "passphrase")
        with self._reopened(current) as opened:
            quick = self._quick.slots_of(opened.slot.identifier)
            self._vault.set_passphrase(opened, self._credentials(self._account.me(), new))
        for slot in quick:
            self._quick.withdraw(slot)
        self._backups.refresh_keys()
        self._note("change_passphrase", self._context.officer_id)

    # -- quick unlock on this workstation --------------------------------------------------------------------

    def quick_until(self) -> date | None:
        """The last day on which the officer at work comes in by PIN here; None when they do not."""
        mine = self._context.actor.officer.identifier
        try:
            every = self._quick.every()
        except Refusal:  # as in `accesses`
            return None
        return next((one.until for one in every if same_identifier(one.identifier, mine)), None)

    def require_quick_offered(self) -> None:
        """Refuse, saying why, where this workstation has no secure keyring."""
        self._quick.require_offered()

    def enable_quick(self, pin: str, current: str) -> date:
        """Come in by PIN on this workstation until the day returned. Refusals: those of quick_unlock.py,
        `current_passphrase_wrong`.
        """
        self._require_writing()
        check_pin(pin)
        with self._reopened(current) as opened:
            made = self._quick.enable(opened, pin)
        self._note("enable_quick_unlock", self._context.officer_id)
        return made.until

    def disable_quick(self, current: str) -> None:
        """Come in by passphrase only again."""
        self._require_writing()
        with self._reopened(current) as opened:
            self._quick.disable(opened)
        self._note("disable_quick_unlock", self._context.officer_id)

    # -- colleagues ------------------------------------------------------------------------------------------

    def add_officer(self, officer: Officer, passphrase: str, current: str) -> Officer:
        """Let a colleague in, with the passphrase they chose; `current` is that of the officer at work.

        Refusals: what is to be put right, `current_passphrase_wrong`, the vault's. The key file is written
        first: if the program is killed in between, the next attempt takes the same place in it.
        """
        self._require_managing()
        officer = replace(officer, identifier=clean(officer.identifier).strip(), active=True)
        self._account.check_officer(officer)
        with self._reopened(current) as opened:
            officer = replace(officer, id=self._unfinished(opened, officer) or officer.id)
            self._vault.set_passphrase(opened, self._credentials(officer, passphrase))
        with self._context.store.transaction(self._context.actor, "add_officer") as tx:
            officers.OFFICERS.save(tx, officer)
            tx.note(KEYS, officer.id)
        act_as(self._context, self._account.me())
        return officer

    def give_access(self, officer_id: UUID, passphrase: str, current: str) -> Officer:
        """Give an officer of the store a new passphrase, which they typed: theirs was forgotten or lost with
        the key file. Refusals: `officer_removed`, those of `add_officer`.
        """
        self._require_managing()
        officer = self._officer(officer_id)
        if not officer.active:
            raise Refusal("officer_removed")
        with self._reopened(current) as opened:
            self._vault.set_passphrase(opened, self._credentials(officer, passphrase))
        self._backups.refresh_keys()
        self._note("give_access", officer.id)
        return officer

    def remove_officer(self, officer_id: UUID, current: str) -> DrawnPaper:
        """Take an officer's way in away, and give the store and its backups another key.

        Whoever kept a copy of the files and the former passphrase opens that copy, and nothing written since.
        The new recovery paper is in force at once: it is shown, printed, typed back (`confirm_paper`). Killed
        at any instant, the store opens for those who stay. Refusals: `cannot_remove_oneself`,
        `officers_must_open_once`, `rekey_failed`, `current_passphrase_wrong`, those of a backup.
        """
        self._require_managing()
        if officer_id == self._context.officer_id:
            raise Refusal("cannot_remove_oneself")
        officer = self._officer(officer_id)
        opened = self._open_again(current)
        drawn = DrawnPaper(self._vault.draw_rotation(opened), opened, in_force=True)

        def remove(tx: Transaction) -> None:
            officers.OFFICERS.save(tx, replace(officer, active=False))
            key_marks.paper_drawn(tx)
            tx.note(KEYS, officer_id)

        self._rotate(drawn, "remove_officer", remove, without=officer_id)
        act_as(self._context, self._account.me())
        return drawn

    # -- the recovery paper ----------------------------------------------------------------------------------

    def draw_paper(self, current: str) -> DrawnPaper:
        """Draw a new recovery key, to be shown, printed and typed back; `confirm_paper` puts it in force."""
        self._require_managing()
        opened = self._open_again(current)
        return DrawnPaper(self._vault.draw_rotation(opened), opened)

    def paper(self, drawn: DrawnPaper) -> bytes:
        """The recovery sheet to print, from memory: it is never written to a file."""
        self._context.actor.require(Right.MANAGE_KEYS)
        return recovery_paper.render(self._context, drawn.rotation.sheet)

    def note_paper(self, printer: str, *, copy_accepted: bool = False, why: str = "") -> None:
        """Write in the journal that a recovery sheet goes to a printer, or, with `why`, that it did not."""
        self._context.actor.require(Right.MANAGE_KEYS)
        recovery_paper.write_line(self._context, printer, copy_accepted=copy_accepted, why=why)

    def confirm_paper(self, drawn: DrawnPaper) -> None:
        """The paper was copied: it opens from now on, and no former one does. The store takes another key for
        that, since a paper carries the key it was made for. Refusals: as `remove_officer`.
        """
        self._require_managing()
        if drawn.in_force:
            with self._context.store.transaction(self._context.actor, "recovery_paper_confirmed") as tx:
                key_marks.paper_confirmed(tx)
                tx.note(KEYS)
            return

        def confirm(tx: Transaction) -> None:
            key_marks.paper_confirmed(tx)
            tx.note(KEYS)

        self._rotate(drawn, "renew_recovery_paper", confirm)
        drawn.in_force = True

    def drop_paper(self, drawn: DrawnPaper) -> None:
        """The officer gave up: the former paper goes on opening the store."""
        drawn.opened.wipe()

    # -- the steps -------------------------------------------------------------------------------------------

    def _rotate(
        self, drawn: DrawnPaper, act: str, change: Callable[[Transaction], None], without: UUID | None = None
    ) -> None:
        """Announce the new key, put the act in the store, give the store its key, then the backups.

        What was under way is finished or undone at the next unlocking (services/unlock.py), since the store
        itself remembers its former key until the last backup is under the new one.
        """
        opened, rotation, store = drawn.opened, drawn.rotation, self._context.store
        former = bytes(opened.key)
        self._backups.before("rekey")
        self._vault.announce_rotation(opened, rotation, without)
        try:
            with store.transaction(self._context.actor, act) as tx:
                key_marks.keep_former_key(tx, former)
                change(tx)
            rekey(store, bytes(rotation.key))
        except Refusal:
            self._vault.undo_rotation(opened, rotation)
            opened.wipe()
            raise
        self._vault.end_rotation(opened, rotation)
        self._backups.renew(former, bytes(rotation.key))
        drawn.second_left = not self._backups.renew_second()
        with store.transaction(self._context.actor, "renew_backups") as tx:
            key_marks.forget_former_key(tx)
            key_marks.second_left(tx, drawn.second_left)
            tx.note(KEYS)
        opened.wipe()

    @contextmanager
    def _reopened(self, current: str) -> Iterator[Opened]:
        opened = self._open_again(current)
        try:
            yield opened
        finally:
            opened.wipe()

    def _open_again(self, current: str) -> Opened:
        try:
            opened = self._vault.unlock(self._context.actor.officer.identifier, current)
        except Refusal as refusal:
            if refusal.code == "wrong_passphrase":
                raise Refusal("current_passphrase_wrong", "current_passphrase") from None
            if refusal.code == "throttled":
                raise Refusal("throttled", "current_passphrase", **refusal.problems[0].data) from None
            raise
        opened.require_store(self._context.store.identity.store)
        return opened

    def _officer(self, officer_id: UUID) -> Officer:
        with self._context.store.reading() as tx:
            return officers.OFFICERS.get(tx, officer_id)

    def _credentials(self, officer: Officer, passphrase: str) -> Credentials:
        return credentials(officer, self._account, passphrase)

    def _unfinished(self, opened: Opened, officer: Officer) -> UUID | None:
        """The officer of a slot of that identifier whom the store does not know: an addition cut short."""
        with self._context.store.reading() as tx:
            known = {one.id for one in officers.OFFICERS.find(tx)}
        return next(
            (
                slot.officer_id
                for slot in opened.keys.slots
                if fold(slot.identifier) == fold(officer.identifier) and slot.officer_id not in {None, *known}
            ),
            None,
        )

    def _require_managing(self) -> None:
        self._context.actor.require(Right.MANAGE_KEYS)
        self._require_writing()

    def _require_writing(self) -> None:
        if self._context.actor.read_only:
            raise Refusal("store_read_only")

    def _note(self, act: str, officer_id: UUID) -> None:
        with self._context.store.transaction(self._context.actor, act) as tx:
            tx.note(KEYS, officer_id)


def credentials(officer: Officer, account: AccountService, passphrase: str) -> Credentials:
    """How an officer comes in, with the words their passphrase may not hold."""
    service = account.service()
    return Credentials(
        officer_id=officer.id,
        identifier=officer.identifier,
        passphrase=passphrase,
        names=(officer.family_name, officer.first_name),
        context=(service.name, service.branch, service.city),
    )
