"""The recovery key as an officer reads and types it: 14 groups of 4 signs, the last group a check."""

import re
import secrets
from collections.abc import Callable, Mapping

from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.ids import CROCKFORD

SECRET_BYTES = 32
GROUPS = 14
GROUP_SIGNS = 4
_SIGNS = GROUPS * GROUP_SIGNS
_CHECK_SIGNS = 4
_PADDING_BITS = 4  # 52 signs hold 260 bits, the secret 256; the four others are zero
# The largest prime under 32**4. The check is the 52 signs, read as one number, modulo this prime: a changed
# sign moves that number by d × 32^i and two swapped neighbours by d × 31 × 32^i, with d under 32, which the
# prime never divides. So both mistakes are always seen; a hash would only see them almost always.
PRIME = 1_048_573
_SEPARATORS = re.compile(r"[\s\u00ad\u200b\u2010-\u2015\u2212._\-]+")
_MISREAD = str.maketrans("OILU", "011V")


def encode(secret: bytes) -> str:
    """The 32 bytes as text: « 7K3M-9QXD-… », 14 groups, capitals and digits without I, L, O, U."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a recovery key holds {SECRET_BYTES} bytes, not {len(secret)}")
    number = int.from_bytes(secret, "big") << _PADDING_BITS
    signs = base32(number, _SIGNS - _CHECK_SIGNS) + base32(number % PRIME, _CHECK_SIGNS)
    return "-".join(signs[start : start + GROUP_SIGNS] for start in range(0, _SIGNS, GROUP_SIGNS))


def decode(text: str) -> bytes:
    """The 32 bytes of a key as typed; O reads 0, I and L read 1, U reads V, spaces and dashes are free.

    Refusals: `recovery_key_sign` (group, sign), `recovery_key_length` (count, expected),
    `recovery_key_check` (the signs are possible, yet one at least is wrong).
    """
    signs = plain(text)
    for position, sign in enumerate(signs):
        if sign not in CROCKFORD:
            raise Refusal("recovery_key_sign", "recovery_key", group=position // GROUP_SIGNS + 1, sign=sign)
    if len(signs) != _SIGNS:
        raise Refusal("recovery_key_length", "recovery_key", count=len(signs), expected=_SIGNS)
    number = value_of(signs[:-_CHECK_SIGNS])
    padding = number & ((1 << _PADDING_BITS) - 1)
    if padding or number % PRIME != value_of(signs[-_CHECK_SIGNS:]):
        raise Refusal("recovery_key_check", "recovery_key")
    return (number >> _PADDING_BITS).to_bytes(SECRET_BYTES, "big")


def plain(text: str) -> str:
    """The signs alone, in capitals, misread letters put right."""
    return _SEPARATORS.sub("", text).upper().translate(_MISREAD)


def groups(text: str) -> tuple[str, ...]:
    """The groups of four, as printed."""
    signs = plain(text)
    return tuple(signs[start : start + GROUP_SIGNS] for start in range(0, len(signs), GROUP_SIGNS))


def groups_to_type_back(below: Callable[[int], int] = secrets.randbelow) -> tuple[int, int]:
    """Two different groups to type back, as indices from 0, the smaller first; `below(n)` draws in 0..n-1."""
    first = below(GROUPS)
    second = (first + 1 + below(GROUPS - 1)) % GROUPS
    return min(first, second), max(first, second)


def check_typed_back(text: str, typed: Mapping[int, str]) -> None:
    """Refuse (`recovery_group_differs`, with the group's number from 1) each group that is not the key's."""
    expected = groups(text)
    refuse_if_any(
        Problem("recovery_group_differs", f"group_{index + 1}", {"group": index + 1})
        for index, answer in typed.items()
        if plain(answer) != expected[index]
    )


def base32(number: int, count: int) -> str:
    """A number as so many Crockford signs, the highest first."""
    return "".join(CROCKFORD[(number >> (5 * place)) & 31] for place in reversed(range(count)))


def value_of(signs: str) -> int:
    """The number these Crockford signs write."""
    number = 0
    for sign in signs:
        number = number << 5 | CROCKFORD.index(sign)
    return number
