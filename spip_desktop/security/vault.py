"""The store's key, and the ways in: a passphrase for each officer, a recovery key on paper.

The key is 256 random bits; keys.json holds it wrapped, once for each slot. Deriving takes 0.2 to 1 s:
call `create`, `unlock`, `change_passphrase` and `set_passphrase` from the worker, never from the GUI thread.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

from spip_desktop.domain import recovery_key
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.security import derivation, keyfile, sheet
from spip_desktop.security.derivation import ARGON2ID, HKDF, Argon2, Derivation
from spip_desktop.security.generations import Found, Generations
from spip_desktop.security.hardening import wipe
from spip_desktop.security.keyfile import KeyFile, Slot, SlotKind
from spip_desktop.security.passphrase import check_identifier, check_passphrase, same_identifier, secret_of
from spip_desktop.security.sheet import RecoverySheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How an officer will come in.

    `names` (family and first names) may not be the identifier; with `context` (department, prison,
    antenne) they do not count in the passphrase. None of the two is written anywhere.
    """

    officer_id: UUID
    identifier: str
    passphrase: str = field(repr=False)
    names: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(slots=True)
class Opened:
    """An unlocked store: its key, the slot that opened it, and what the officer must be told (`notices`).

    Notices: `keys_previous_used` (keys.json was damaged or gone, its former generation served and was
    put back), `keys_altered` (keys.json was changed by someone who had not the key).
    """

    key: bytearray = field(repr=False)
    slot: Slot
    keys: KeyFile
    notices: tuple[Problem, ...] = ()

    @property
    def store(self) -> UUID:
        return self.keys.store

    @property
    def generation(self) -> int:
        """Grows at every change of keys.json: one smaller than the store remembers is an old file put back."""
        return self.keys.generation

    @property
    def officer_id(self) -> UUID | None:
        """Who unlocked; None after the recovery key, which belongs to nobody."""
        return self.slot.officer_id

    @property
    def by_recovery(self) -> bool:
        return self.slot.kind is SlotKind.RECOVERY

    def require_store(self, store: UUID) -> None:
        """Refuse (`foreign_store`) when the database just opened says it is another store."""
        if store != self.store:
            raise Refusal("foreign_store")

    def wipe(self) -> None:
        """Overwrite the key (best effort: only the replacement of the process is sure)."""
        wipe(self.key)


class Vault:
    """The key file of one store folder; the single-instance lock must be held."""

    def __init__(self, folder: Path, clock: Clock, cost: Callable[[], Argon2] = derivation.suitable_cost) -> None:
        self._clock = clock
        self._cost = cost
        self._files = Generations(folder, clock)

    def exists(self) -> bool:
        """Whether the folder holds a key file, whole or damaged: such a folder is never started anew."""
        return self._files.exists()

    def read(self) -> Found:
        """The key file as it is. Refusals: `keys_missing`, `keys_damaged`, `keys_newer`, `keys_unreadable`."""
        return self._files.read()

    def identifiers(self) -> tuple[str, ...]:
        """The identifiers that may unlock, in order of arrival; refusals as `read`."""
        return tuple(slot.identifier for slot in self.read().keys.of_kind(SlotKind.PASSPHRASE))

    def create(self, first: Credentials) -> tuple[Opened, RecoverySheet]:
        """A new random key under the first officer's passphrase and a recovery key, which is shown once.

        Refusals: `keys_present` (nothing is ever overwritten), those of `set_passphrase`.
        """
        if self.exists():
            raise Refusal("keys_present")
        key = bytearray(secrets.token_bytes(derivation.KEY_BYTES))
        keys = keyfile.empty(uuid4())
        slot = self._passphrase_slot(keys, key, first)
        recovery, paper = self._recovery_slot(keys.store, key)
        opened = Opened(key, slot, keys)
        self._write(opened, (slot, recovery))
        self._files.settle(opened.keys)  # two copies from the first minute on
        return opened, paper

    def unlock(self, identifier: str, passphrase: str) -> Opened:
        """Open with a passphrase. Refusals: `wrong_passphrase` (or no such identifier), `memory_short`, as `read`."""
        found = self.read()
        for slot in found.keys.of_kind(SlotKind.PASSPHRASE):
            if same_identifier(slot.identifier, identifier):
                key = slot.unwrap(secret_of(passphrase), found.keys.store)
                if key is not None:
                    return self._opened(found, slot, key)
        raise Refusal("wrong_passphrase", "passphrase")

    def unlock_with_recovery(self, text: str) -> Opened:
        """Open with the paper key; `set_passphrase` follows.

        Refusals: those of its reading (domain/recovery_key.py), `recovery_key_other`, as `read`.
        """
        secret = recovery_key.decode(text)
        found = self.read()
        for slot in found.keys.of_kind(SlotKind.RECOVERY):
            key = slot.unwrap(secret, found.keys.store)
            if key is not None:
                return self._opened(found, slot, key)
        raise Refusal("recovery_key_other", "recovery_key")

    def unlock_with_sheet(self, qr: str, text: str) -> Opened:
        """Open with the whole paper when keys.json is lost; nothing is written before `set_passphrase`.

        Refusals: `recovery_sheet_unreadable`, those of the key's reading, `recovery_key_other`, and
        `foreign_store` when a whole keys.json of another store lies there.
        """
        secret = recovery_key.decode(text)
        store, slot = sheet.read_payload(qr)
        found = self._found()
        if found and found.keys.store != store:
            raise Refusal("foreign_store")
        key = slot.unwrap(secret, store)
        if key is None:
            raise Refusal("recovery_key_other", "recovery_key")
        if found and found.keys.is_authentic(key):
            return self._opened(found, slot, key)
        return Opened(key, slot, replace(keyfile.empty(store), slots=(slot,)))

    def change_passphrase(self, opened: Opened, current: str, new: str, known_words: Iterable[str] = ()) -> None:
        """Replace one's own passphrase. Refusals: `wrong_passphrase`, those of `set_passphrase`."""
        slot = opened.slot
        if slot.officer_id is None or slot.unwrap(secret_of(current), opened.store) is None:
            raise Refusal("wrong_passphrase", "current_passphrase")
        renewed = Credentials(
            officer_id=slot.officer_id,
            identifier=slot.identifier,
            passphrase=new,
            context=tuple(known_words),
        )
        self.set_passphrase(opened, renewed)

    def set_passphrase(self, opened: Opened, credentials: Credentials) -> None:
        """Let an officer in: a new one, or one after a recovery; their former slot goes in the same write.

        Refusals: `identifier_length`, `identifier_is_name`, `identifier_taken`, `passphrase_short`,
        `passphrase_context`, `passphrase_guessable`, `memory_short`, `keys_not_saved`.
        """
        base = self._base(opened)
        slot = self._passphrase_slot(base, opened.key, credentials)
        officers = [s for s in base.of_kind(SlotKind.PASSPHRASE) if s.officer_id != credentials.officer_id]
        self._write(opened, (*officers, slot, *base.of_kind(SlotKind.RECOVERY)))
        if opened.officer_id == credentials.officer_id:
            opened.slot = slot

    def renew_recovery(self, opened: Opened) -> RecoverySheet:
        """A new recovery key, shown once; the former paper no longer opens. Refusal `keys_not_saved`."""
        slot, paper = self.draw_recovery(opened)
        self.install_recovery(opened, slot)
        return paper

    def draw_recovery(self, opened: Opened) -> tuple[Slot, RecoverySheet]:
        """A new recovery key that opens nothing yet: until `install_recovery`, the former paper holds."""
        return self._recovery_slot(opened.store, opened.key)

    def install_recovery(self, opened: Opened, slot: Slot) -> None:
        """Put a drawn recovery key in place of the former one. Refusal `keys_not_saved`."""
        self._write(opened, (*self._base(opened).of_kind(SlotKind.PASSPHRASE), slot))

    def _passphrase_slot(self, keys: KeyFile, key: bytearray, credentials: Credentials) -> Slot:
        others = [s for s in keys.of_kind(SlotKind.PASSPHRASE) if s.officer_id != credentials.officer_id]
        identifier = check_identifier(credentials.identifier, credentials.names, (other.identifier for other in others))
        known = (*credentials.names, *credentials.context, identifier)
        check_passphrase(credentials.passphrase, known)
        slot = Slot(
            id=uuid4(),
            kind=SlotKind.PASSPHRASE,
            identifier=identifier,
            officer_id=credentials.officer_id,
            created=self._clock.now().replace(microsecond=0),
            kdf=Derivation(ARGON2ID, secrets.token_bytes(derivation.SALT_BYTES), self._cost()),
            nonce=secrets.token_bytes(keyfile.NONCE_BYTES),
        )
        return _wrapped(slot, key, secret_of(credentials.passphrase), keys.store)

    def _recovery_slot(self, store: UUID, key: bytearray) -> tuple[Slot, RecoverySheet]:
        secret = secrets.token_bytes(recovery_key.SECRET_BYTES)
        slot = Slot(
            id=uuid4(),
            kind=SlotKind.RECOVERY,
            created=self._clock.now().replace(microsecond=0),
            kdf=Derivation(HKDF, secrets.token_bytes(derivation.SALT_BYTES)),
            nonce=secrets.token_bytes(keyfile.NONCE_BYTES),
        )
        slot = _wrapped(slot, key, secret, store)
        return slot, RecoverySheet(recovery_key.encode(secret), sheet.payload(store, slot), store, slot.created)

    def _opened(self, found: Found, slot: Slot, key: bytearray) -> Opened:
        if found.keys.is_authentic(key):
            self._files.settle(found.keys)
            return Opened(key, slot, found.keys, found.notices)
        previous = self._files.previous()
        sound = previous if previous and previous.is_authentic(key) else found.keys
        return Opened(key, slot, sound, (*found.notices, Problem("keys_altered")))

    def _found(self) -> Found | None:
        try:
            return self.read()
        except Refusal as refusal:
            if refusal.code not in ("keys_missing", "keys_damaged"):
                raise
            return None

    def _base(self, opened: Opened) -> KeyFile:
        """The file on disk when this key wrote it, else what was known at unlocking."""
        found = self._found()
        return found.keys if found and found.keys.is_authentic(opened.key) else opened.keys

    def _write(self, opened: Opened, slots: tuple[Slot, ...]) -> None:
        keys = self._base(opened).next(slots, opened.key)
        self._files.write(keys)
        opened.keys = keys


def _wrapped(slot: Slot, key: bytearray, secret: bytes, store: UUID) -> Slot:
    """The slot holding the key, tried before anything is written: a slot that does not open is a lost store."""
    full = slot.wrap(key, secret, store)
    if full.unwrap(secret, store) != key:
        raise AssertionError("a slot must open with the secret it was made with")
    return full
