"""What goes into the vault and what comes out of it, as values."""

from dataclasses import dataclass, field
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.security.hardening import wipe
from spip_desktop.security.keyfile import KeyFile
from spip_desktop.security.sheet import RecoverySheet
from spip_desktop.security.slot import Slot, SlotKind


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
    """An unlocked key file: the key, the slot that gave it, and what the officer must be told (`notices`).

    Notices: `keys_previous_used` (keys.json was damaged or gone, its former generation served and is
    put back), `keys_altered` (keys.json was changed by someone who had not the key).

    `other` is the same way in under the key to come, while a change of key is under way; `modern` is the
    slot in today's form when it was made by an older program; `coming` says that the key itself is the one to
    come. Nothing is written before `Vault.settle`.
    """

    key: bytearray = field(repr=False)
    slot: Slot
    keys: KeyFile
    notices: tuple[Problem, ...] = ()
    other: "Opened | None" = None
    modern: Slot | None = None
    coming: bool = False

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
    def left_behind(self) -> bool:
        """Whether a change of key is under way that this secret is not part of, or is already the key to come."""
        return self.other is None and (self.keys.next is not None or self.coming)

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
        if self.other is not None:
            self.other.wipe()


@dataclass(slots=True)
class Rotation:
    """Another key for the store, drawn with its paper; `keys` is the file that follows, once it is announced."""

    key: bytearray = field(repr=False)
    slot: Slot = field(repr=False)
    sheet: RecoverySheet = field(repr=False)
    keys: KeyFile | None = None
