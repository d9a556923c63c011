"""The recovery sheet's QR code: with the key printed beside it, the paper and the database are enough."""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.security.derivation import HKDF, SALT_BYTES, Derivation
from spip_desktop.security.slot import NONCE_BYTES, WRAPPED_BYTES, Slot, SlotKind

_PREFIX = "SPIPK1:"  # capitals, digits and the colon: the QR code's dense alphabet
_LAYOUT = struct.Struct(f">16s16sQ{SALT_BYTES}s{NONCE_BYTES}s{WRAPPED_BYTES}s")


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the recovery paper carries; shown and printed from memory, never saved as a file."""

    text: str
    qr: str
    store: UUID
    created: datetime


def payload(store: UUID, slot: Slot) -> str:
    """The text of the QR code (about 190 signs); without the printed key it opens nothing."""
    seconds = int(slot.created.timestamp())
    data = _LAYOUT.pack(store.bytes, slot.id.bytes, seconds, slot.kdf.salt, slot.nonce, slot.ct)
    return _PREFIX + base64.b32encode(data).decode("ascii").rstrip("=")


def read_payload(text: str) -> tuple[UUID, Slot]:
    """The store and the slot of a QR code; Refusal `recovery_sheet_unreadable`."""
    signs = "".join(text.upper().split())
    try:
        if not signs.startswith(_PREFIX):
            raise ValueError
        body = signs.removeprefix(_PREFIX)
        data = base64.b32decode(body + "=" * (-len(body) % 8))
        store, slot_id, seconds, salt, nonce, ct = _LAYOUT.unpack(data)
        created = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, binascii.Error, struct.error, OverflowError, OSError):
        raise Refusal("recovery_sheet_unreadable", "recovery_sheet") from None
    slot = Slot(
        id=UUID(bytes=slot_id),
        kind=SlotKind.RECOVERY,
        created=created,
        kdf=Derivation(HKDF, salt),
        nonce=nonce,
        ct=ct,
    )
    return UUID(bytes=store), slot
