"""The receipt told by phone, where its file cannot travel: sixteen signs, in four groups.

Ten bits of what was rejected, ten of what is to be settled, forty that only who opened the package can work out, and a
check of twenty. What was accepted is not told: the file of a receipt says it.
"""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import CROCKFORD, grouped
from spip_desktop.domain.recovery_key import PRIME, base32, plain, value_of

SIGNS, _CHECK = 16, 4
_COUNT_BITS, _PROOF_BITS = 10, 40
_MOST = (1 << _COUNT_BITS) - 1
_PURPOSE = "spip-spoken-receipt-v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a code says: of which package as its reader found it, and what came of it."""

    package: UUID
    file_sha256: str
    content_sha256: str
    signing: str
    rejected: int
    conflicts: int

    def proof(self) -> int:
        """What only a station that opened the package knows: its content is the key."""
        said = "\0".join(
            (_PURPOSE, str(self.package), self.file_sha256, self.signing, f"{self.rejected}", f"{self.conflicts}")
        )
        digest = hmac.digest(bytes.fromhex(self.content_sha256), said.encode(), hashlib.sha256)
        return int.from_bytes(digest, "big") >> (8 * len(digest) - _PROOF_BITS)


def write(told: Told) -> str:
    """The code as it is read out: four groups of four. Refusal `spoken_too_many` beyond 1,023 of a count."""
    if max(told.rejected, told.conflicts) > _MOST:
        raise Refusal("spoken_too_many")
    number = (told.rejected << _COUNT_BITS | told.conflicts) << _PROOF_BITS | told.proof()
    signs = base32(number, SIGNS - _CHECK)
    return grouped(signs + base32(number % PRIME, _CHECK), _CHECK)


def read(typed: str) -> tuple[int, int, int]:
    """What was rejected, what is to be settled, the proof; of a code as typed, misread letters put right.

    Refusals: `spoken_length` (count, expected), `spoken_check`.
    """
    signs = plain(typed)
    if len(signs) != SIGNS:
        raise Refusal("spoken_length", "code", count=len(signs), expected=SIGNS)
    if not set(signs) <= set(CROCKFORD) or value_of(signs[:-_CHECK]) % PRIME != value_of(signs[-_CHECK:]):
        raise Refusal("spoken_check", "code")
    number = value_of(signs[:-_CHECK])
    counts = number >> _PROOF_BITS
    return counts >> _COUNT_BITS, counts & _MOST, number & ((1 << _PROOF_BITS) - 1)
