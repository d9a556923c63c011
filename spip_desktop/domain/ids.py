"""Identifiers: UUIDv7 for records, short random signs for paper."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from spip_desktop.domain.clock import Clock

if TYPE_CHECKING:
    from uuid import UUID

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TYPED = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no O, 0, I, 1: a partner types it from paper
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIELD = 0b100101  # x⁵ + x² + 1: the 32 signs are the elements of a field, where each has its own double
_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes identifiers from an injected clock and source of randomness (bytes wanted → bytes)."""

    clock: Clock
    random: Callable[[int], bytes] = os.urandom

    def new(self) -> "UUID":
        """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits."""
        from uuid import UUID  # not at the top: the unlock page is painted without it

        milliseconds = (self.clock.now() - _EPOCH) // timedelta(milliseconds=1)
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
    """The check sign of a sheet number's first seven signs: any changed sign, any two swapped neighbours show.

    A Reed-Solomon check over the field of 32 elements; a sum modulo 31 would take 0 and Z for each other.
    """
    total = 0
    for sign in body:
        total = _double(total ^ CROCKFORD.index(sign))
    return CROCKFORD[total]


def _double(element: int) -> int:
    return element << 1 ^ (_FIELD if element & 16 else 0)


def is_sheet_number(text: str) -> bool:
    """Whether the text is a sheet number whose check sign holds; dashes and spaces are ignored, O reads 0."""
    signs = text.upper().replace("-", "").replace(" ", "").translate(_MISREAD)
    return len(signs) == 8 and set(signs) <= set(CROCKFORD) and check_sign(signs[:7]) == signs[7]


def read_answer_code(text: str) -> str:
    """The six signs of an answer code as typed or scanned, in capitals or not; nothing when it is none."""
    signs = text.upper().replace(" ", "").replace("-", "")
    return signs if len(signs) == 6 and set(signs) <= set(TYPED) else ""


def read_sheet_number(text: str) -> str:
    """The eight signs of a sheet number as they are kept; nothing when its check sign does not hold."""
    signs = text.upper().replace("-", "").replace(" ", "").translate(_MISREAD)
    return signs if is_sheet_number(signs) else ""


def grouped(signs: str, size: int) -> str:
    """The signs by groups, as printed: 7K3M-9QXD for a number, F7K 3QX for a code."""
    separator = "-" if size == 4 else " "
    return separator.join(signs[start : start + size] for start in range(0, len(signs), size))
