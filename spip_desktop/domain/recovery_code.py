"""What the square code of the recovery paper holds, as lines to type where no scanner is at hand.

Each line is 32 signs and a check of four, in nine groups; the check takes the line's number in, so that a line typed
in the place of another is seen.
"""

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import CROCKFORD
from spip_desktop.domain.recovery_key import GROUP_SIGNS, PRIME, base32, plain, value_of

BYTES = 120
LINES = 6
_LINE_BYTES = BYTES // LINES
_DATA, _CHECK = 32, 4
_SIGNS = _DATA + _CHECK


def lines(data: bytes) -> tuple[str, ...]:
    """Six lines of nine groups for 120 bytes."""
    if len(data) != BYTES:
        raise ValueError(f"the code holds {BYTES} bytes, not {len(data)}")
    return tuple(_line(place, data[place * _LINE_BYTES : (place + 1) * _LINE_BYTES]) for place in range(LINES))


def read(text: str) -> bytes:
    """The 120 bytes of lines as typed, read as leniently as the key itself.

    Refusals: `recovery_code_length` (count, expected), `recovery_code_line` (line: the first that is wrong).
    """
    signs = plain(text)
    if len(signs) != LINES * _SIGNS:
        raise Refusal("recovery_code_length", "recovery_code", count=len(signs), expected=LINES * _SIGNS)
    data = b""
    for place in range(LINES):
        line = signs[place * _SIGNS : (place + 1) * _SIGNS]
        if any(sign not in CROCKFORD for sign in line) or value_of(line[_DATA:]) != _check(place, line[:_DATA]):
            raise Refusal("recovery_code_line", "recovery_code", line=place + 1)
        data += value_of(line[:_DATA]).to_bytes(_LINE_BYTES, "big")
    return data


def _line(place: int, data: bytes) -> str:
    held = base32(int.from_bytes(data, "big"), _DATA)
    signs = held + base32(_check(place, held), _CHECK)
    return " ".join(signs[start : start + GROUP_SIGNS] for start in range(0, _SIGNS, GROUP_SIGNS))


def _check(place: int, held: str) -> int:
    return (((place + 1) << (5 * _DATA)) + value_of(held)) % PRIME
