"""The store's key, and the ways in: a passphrase for each officer, a recovery key on paper.

The key is 256 random bits; keys.json holds it wrapped, once for each slot. Deriving takes 0.2 to 1 s:
call `create`, `unlock`, `change_passphrase` and `set_passphrase` from the worker, never from the GUI thread.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

from spip_desktop.domain import recovery_key
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.security import derivation, keyfile, sheet
from spip_desktop.security.derivation import ARGON2ID, HKDF, Argon2, Derivation
from spip_desktop.security.generations import Found, Generations
from spip_desktop.security.hardening import wipe
from spip_desktop.security.keyfile import KeyFile
from spip_desktop.security.opened import Credentials, Opened, Rotation
from spip_desktop.security.passphrase import check_identifier, check_passphrase, same_identifier, secret_of
from spip_desktop.security.sheet import RecoverySheet
from spip_desktop.security.slot import NONCE_BYTES, Slot, SlotKind
from spip_desktop.security.throttle import Throttle


class Vault:
    """The key file of one store folder; the single-instance lock must be held."""

    def __init__(self, folder: Path, clock: Clock, cost: Callable[[], Argon2] = derivation.suitable_cost) -> None:
        self._clock = clock
        self._cost = cost
        self._files = Generations(folder, clock)
        self.throttle = Throttle(folder, clock)

    # -- reading ---------------------------------------------------------------------------------------------

    def exists(self) -> bool:
        """Whether the folder holds a key file, whole or damaged: such a folder is never started anew."""
        return self._files.exists()

    def read(self) -> Found:
        """The key file as it is. Refusals: `keys_missing`, `keys_damaged`, `keys_newer`, `keys_unreadable`."""
        return self._files.read()

    def identifiers(self) -> tuple[str, ...]:
        """The identifiers that may unlock, in order of arrival; refusals as `read`."""
        return tuple(slot.identifier for slot in self.read().keys.of_kind(SlotKind.PASSPHRASE))

    def officers(self) -> frozenset[UUID]:
        """The officers whose passphrase opens; refusals as `read`."""
        slots = self.read().keys.of_kind(SlotKind.PASSPHRASE)
        return frozenset(slot.officer_id for slot in slots if slot.officer_id is not None)

    # -- coming in: nothing is written before `settle` -------------------------------------------------------

    def create(self, first: Credentials) -> tuple[Opened, RecoverySheet]:
        """A new random key under the first officer's passphrase and a recovery key, which is shown once.

        Refusals: `keys_present` (nothing is ever overwritten), those of `set_passphrase`.
        """
        if self.exists():
            raise Refusal("keys_present")
        key = _random_key()
        keys = keyfile.empty(uuid4())
        slot = self._passphrase_slot(keys, key, first)
        recovery, paper = self._recovery_slot(keys.store, key)
        opened = Opened(key, slot, keys)
        self._write(opened, (slot, recovery))
        self._files.settle(opened.keys)  # two copies from the first minute on
        return opened, paper

    def unlock(self, identifier: str, passphrase: str) -> Opened:
        """Open with a passphrase.

        Refusals: `wrong_passphrase` (or no such identifier), `throttled` (seconds), `memory_short`, as `read`.
        """
        found = self.read()
        secret = secret_of(passphrase)
        with self.throttle.attempt():
            for slot in found.keys.of_kind(SlotKind.PASSPHRASE):
                if same_identifier(slot.identifier, identifier):
                    key = slot.unwrap(secret, found.keys.store)
                    if key is not None:
                        return self._opened(found, slot, key, secret)
            raise Refusal("wrong_passphrase", "passphrase")

    def unlock_with_recovery(self, text: str) -> Opened:
        """Open with the paper key; `set_passphrase` follows.

        Refusals: those of its reading (domain/recovery_key.py), `recovery_key_other`, as `read`.
        """
        secret = recovery_key.decode(text)
        found = self.read()
        # While the store's key is being changed, the former paper and the new one each open one of the two files.
        for keys in (found.keys, *([found.keys.next] if found.keys.next else [])):
            for slot in keys.of_kind(SlotKind.RECOVERY):
                key = slot.unwrap(secret, keys.store)
                if key is not None:
                    opened = self._opened(replace(found, keys=keys), slot, key, secret)
                    opened.coming = keys is not found.keys
                    return opened
        raise Refusal("recovery_key_other", "recovery_key")

    def unlock_with_sheet(self, qr: str, text: str) -> Opened:
        """Open with the whole paper when keys.json is lost; nothing is written before `set_passphrase`.

        Refusals: those of the code's reading (sheet.py) and of the key's, `recovery_key_other`, and
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
            return self._opened(found, slot, key, secret)
        return Opened(key, slot, replace(keyfile.empty(store), slots=(slot,)))

    def settle(self, opened: Opened) -> None:
        """Put the key files right, now that the key has opened the database: whole, both the same, up to date.

        A change of key that was cut short is undone or ended, as the database is. Refusal `keys_not_saved`.
        """
        if not opened.generation or any(notice.code == "keys_altered" for notice in opened.notices):
            return
        modern = opened.modern
        slots = tuple(modern if modern and slot.id == modern.id else slot for slot in opened.keys.slots)
        if opened.keys.next is not None or modern is not None:
            self._write(opened, slots)
            opened.modern = None
        self._files.settle(opened.keys)

    # -- passphrases and papers ------------------------------------------------------------------------------

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
        """Let an officer in: a new one, or one after a recovery; their former slots go in the same write.

        Refusals: `identifier_length`, `identifier_is_name`, `identifier_taken`, `passphrase_short`,
        `passphrase_context`, `passphrase_guessable`, `memory_short`, `keys_not_saved`.
        """
        base = self._base(opened)
        slot = self._passphrase_slot(base, opened.key, credentials)
        others = [s for s in base.slots if s.officer_id != credentials.officer_id]
        self._write(opened, _in_order((*others, slot)))
        if opened.officer_id == credentials.officer_id:
            opened.slot = slot

    # -- quick unlock (quick_unlock.py) ----------------------------------------------------------------------

    def quick_slot(self, opened: Opened, pin: str, beside: bytes) -> Slot:
        """A slot for the officer who opened, under a PIN and what this workstation keeps; not written yet."""
        owner = opened.slot
        slot = self._new_slot(
            SlotKind.QUICK, self._derivation(), identifier=owner.identifier, officer_id=owner.officer_id
        )
        return wrapped(slot, opened.key, secret_of(pin), opened.store, beside)

    def install_quick(self, opened: Opened, slot: Slot) -> None:
        """Put it in place of the officer's former one. Refusal `keys_not_saved`."""
        mine = (SlotKind.QUICK, slot.officer_id)
        others = [one for one in self._base(opened).slots if (one.kind, one.officer_id) != mine]
        self._write(opened, _in_order((*others, slot)))

    def drop_quick(self, opened: Opened, slot: Slot) -> None:
        """Refusal `keys_not_saved`."""
        self._write(opened, tuple(one for one in self._base(opened).slots if one.id != slot.id))

    def unlock_quick(self, slot: Slot, pin: str, beside: bytes) -> Opened:
        """Open with a PIN. Refusals: `wrong_pin`, `throttled`, `memory_short`, as `read`."""
        found = self.read()
        with self.throttle.attempt(str(slot.id)):
            key = slot.unwrap(secret_of(pin), found.keys.store, beside)
            if key is None:
                raise Refusal("wrong_pin", "pin")
        return self._opened(found, slot, key, b"")

    # -- another key for the store, and its paper ------------------------------------------------------------

    def draw_rotation(self, opened: Opened) -> Rotation:
        """A new key and its recovery paper, which open nothing yet: the former ones hold.

        A paper alone cannot be replaced: its QR code holds the key it was made for, whatever keys.json says.
        """
        key = _random_key()
        slot, paper = self._recovery_slot(opened.store, key)
        return Rotation(key, slot, paper)

    def announce_rotation(self, opened: Opened, rotation: Rotation, without: UUID | None = None) -> None:
        """Write in keys.json the key to come, for every officer but one; the database may then take it.

        From here on the program may be killed at any instant: the file opens the database under either key.
        Quick unlocks and the former paper do not pass. Refusals: `officers_must_open_once` (their slot is of
        an older program), `keys_not_saved`.
        """
        base = self._base(opened)
        stay = [slot for slot in base.of_kind(SlotKind.PASSPHRASE) if slot.officer_id != without]
        late = [slot.identifier for slot in stay if not slot.public]
        if late:
            raise Refusal("officers_must_open_once", identifiers=", ".join(late))
        slots = (*(slot.sealing(rotation.key, base.store) for slot in stay), rotation.slot)
        after = replace(base, generation=base.generation + 1).following(slots, rotation.key)
        announced = base.following(base.slots, opened.key, after)
        self._files.write(announced)
        opened.keys, rotation.keys = announced, after

    def end_rotation(self, opened: Opened, rotation: Rotation) -> None:
        """The database has taken the new key and holds nothing under the former one: forget that one."""
        assert rotation.keys is not None
        self._files.write(rotation.keys)
        self._files.settle(rotation.keys)
        wipe(opened.key)
        opened.key, opened.keys = rotation.key, rotation.keys

    def undo_rotation(self, opened: Opened, rotation: Rotation) -> None:
        """The database kept its key: what was announced is withdrawn. Refusal `keys_not_saved`."""
        self._write(opened, opened.keys.slots)
        wipe(rotation.key)

    # -- the steps -------------------------------------------------------------------------------------------

    def _passphrase_slot(self, keys: KeyFile, key: bytearray, credentials: Credentials) -> Slot:
        others = [s for s in keys.of_kind(SlotKind.PASSPHRASE) if s.officer_id != credentials.officer_id]
        identifier = check_identifier(credentials.identifier, credentials.names, (other.identifier for other in others))
        known = (*credentials.names, *credentials.context, identifier)
        check_passphrase(credentials.passphrase, known)
        slot = self._new_slot(
            SlotKind.PASSPHRASE, self._derivation(), identifier=identifier, officer_id=credentials.officer_id
        )
        return wrapped(slot, key, secret_of(credentials.passphrase), keys.store)

    def _recovery_slot(self, store: UUID, key: bytearray) -> tuple[Slot, RecoverySheet]:
        secret = secrets.token_bytes(recovery_key.SECRET_BYTES)
        slot = self._new_slot(SlotKind.RECOVERY, Derivation(HKDF, secrets.token_bytes(derivation.SALT_BYTES)))
        slot = wrapped(slot, key, secret, store)
        return slot, RecoverySheet(recovery_key.encode(secret), sheet.payload(store, slot), store, slot.created)

    def _derivation(self) -> Derivation:
        return Derivation(ARGON2ID, secrets.token_bytes(derivation.SALT_BYTES), self._cost())

    def _new_slot(self, kind: SlotKind, kdf: Derivation, identifier: str = "", officer_id: UUID | None = None) -> Slot:
        return Slot(
            id=uuid4(),
            kind=kind,
            identifier=identifier,
            officer_id=officer_id,
            created=self._clock.now().replace(microsecond=0),
            kdf=kdf,
            nonce=secrets.token_bytes(NONCE_BYTES),
        )

    def _opened(self, found: Found, slot: Slot, key: bytearray, secret: bytes) -> Opened:
        keys = found.keys
        if not keys.is_authentic(key):
            previous = self._files.previous()
            sound = previous if previous and previous.is_authentic(key) else keys
            return Opened(key, slot, sound, (*found.notices, Problem("keys_altered")))
        opened = Opened(key, slot, keys, found.notices)
        if slot.kind is SlotKind.PASSPHRASE and not slot.public:
            opened.modern = wrapped(slot, key, secret, keys.store)
        if keys.next is not None and slot.kind is not SlotKind.QUICK:
            opened.other = _other(keys.next, slot, secret)
        return opened

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
        keys = self._base(opened).following(slots, opened.key)
        self._files.write(keys)
        opened.keys = keys


def wrapped(slot: Slot, key: bytearray, secret: bytes, store: UUID, beside: bytes = b"") -> Slot:
    """The slot holding the key, tried before anything is written: a slot that does not open is a lost store."""
    full = slot.wrap(key, secret, store, beside)
    if full.unwrap(secret, store, beside) != key:
        raise AssertionError("a slot must open with the secret it was made with")
    return full


def _other(after: KeyFile, slot: Slot, secret: bytes) -> Opened | None:
    """The same way in under the key to come, None for who is to have none."""
    for coming in after.slots:
        if coming.id == slot.id:
            key = coming.unwrap(secret, after.store)
            if key is not None and after.is_authentic(key):
                return Opened(key, coming, after, coming=True)
    return None


def _in_order(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Passphrases in order of arrival, then the paper, then what is of one workstation."""
    return tuple(sorted(slots, key=lambda slot: list(SlotKind).index(slot.kind)))


def _random_key() -> bytearray:
    return bytearray(secrets.token_bytes(derivation.KEY_BYTES))


__all__ = ["Credentials", "Opened", "Rotation", "Vault", "wrapped"]
