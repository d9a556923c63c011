"""The recovery sheet's code: with the key printed beside it, the paper and the database are enough.

It stands on the paper twice: as a QR code, and as lines to type (domain/recovery_code.py).
"""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from spip_desktop.domain import recovery_code
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

    def lines(self) -> tuple[str, ...]:
        """The QR code's content to type."""
        return recovery_code.lines(_data(self.qr).ljust(recovery_code.BYTES, b"\0"))


def payload(store: UUID, slot: Slot) -> str:
    """The text of the QR code (about 190 signs); without the printed key it opens nothing."""
    seconds = int(slot.created.timestamp())
    data = _LAYOUT.pack(store.bytes, slot.id.bytes, seconds, slot.kdf.salt, slot.nonce, slot.ct)
    return _PREFIX + base64.b32encode(data).decode("ascii").rstrip("=")


def read_payload(text: str) -> tuple[UUID, Slot]:
    """The store and the slot of a QR code, or of its lines as typed.

    Refusals: `recovery_sheet_unreadable`, `recovery_code_length`, `recovery_code_line`.
    """
    try:
        scanned = "".join(text.upper().split()).startswith(_PREFIX)
        data = _data(text) if scanned else recovery_code.read(text)[: _LAYOUT.size]
        store, slot_id, seconds, salt, nonce, ct = _LAYOUT.unpack(data)
        created = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, binascii.Error, struct.error, OverflowError, OSError):
        raise Refusal("recovery_sheet_unreadable", "recovery_code") from None
    slot = Slot(
        id=UUID(bytes=slot_id),
        kind=SlotKind.RECOVERY,
        created=created,
        kdf=Derivation(HKDF, salt),
        nonce=nonce,
        ct=ct,
    )
    return UUID(bytes=store), slot


def _data(qr: str) -> bytes:
    body = "".join(qr.upper().split()).removeprefix(_PREFIX)
    return base64.b32decode(body + "=" * (-len(body) % 8))
