"""Identifiers: UUIDv7 for records, short random signs for paper."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from spip_desktop.domain.clock import Clock

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TYPED = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no O, 0, I, 1: a partner types it from paper
_CHECK_BASE = 31  # prime, so that a changed sign and two swapped neighbours are both seen


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes identifiers from an injected clock and source of randomness (bytes wanted → bytes)."""

    clock: Clock
    random: Callable[[int], bytes] = secrets.token_bytes

    def new(self) -> UUID:
        """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits."""
        milliseconds = int(self.clock.now().timestamp() * 1000)
        value = (milliseconds << 80) | int.from_bytes(self.random(10), "big")
        value &= ~(0xF000 << 64) & ~(0xC000 << 48)
        value |= (0x7 << 76) | (0x2 << 62)
        return UUID(int=value)

    def sheet_number(self) -> str:
        """Eight Crockford signs, the last one a check; random, as stations number sheets offline."""
        body = self._signs(CROCKFORD, 7)
        return body + check_sign(body)

    def answer_code(self) -> str:
        """Six signs without O, 0, I, 1: what a partner copies when answering apart from the sheet."""
        return self._signs(TYPED, 6)

    def _signs(self, alphabet: str, count: int) -> str:
        return "".join(alphabet[byte % 32] for byte in self.random(count))


def check_sign(body: str) -> str:
    """The check sign of a sheet number's first seven signs."""
    total = sum(weight * CROCKFORD.index(sign) for weight, sign in enumerate(body, start=2))
    return CROCKFORD[total % _CHECK_BASE]


def is_sheet_number(text: str) -> bool:
    """Whether the text is a sheet number whose check sign holds; dashes and spaces are ignored."""
    signs = text.upper().replace("-", "").replace(" ", "")
    return len(signs) == 8 and set(signs) <= set(CROCKFORD) and check_sign(signs[:7]) == signs[7]


def grouped(signs: str, size: int) -> str:
    """The signs by groups, as printed: 7K3M-9QXD for a number, F7K 3QX for a code."""
    separator = "-" if size == 4 else " "
    return separator.join(signs[start : start + size] for start in range(0, len(signs), size))
