"""Zeros after the deflated lines, which bring the file to a multiple of MODULUS bytes.

A cut file is so known by its length, before any key is tried, and the length says less of what is inside. 1009 is
prime: a file cut where a medium's blocks end (multiples of 512) is a multiple of it one time in 1009.
"""

from collections.abc import Callable
from typing import Protocol

MODULUS = 1009
#: age (C2SP): a nonce, then chunks of 64 KiB, each with its tag.
_NONCE, _CHUNK, _TAG = 16, 64 * 1024, 16
#: An age header whose only stanza is scrypt, its cost written with two digits.
_SCRYPT_HEADER = 150
MOST_ZEROS = 2 * _CHUNK + MODULUS
"""What a reader takes after the deflated lines."""


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Padding:
    """The stream, then the zeros. How long age's header is shows only when the first chunk has gone out (age adds a
    stanza of chance to it): zeros are given until then.
    """

    def __init__(self, stream: Stream, written: Callable[[], int]) -> None:
        self._stream, self._written = stream, written
        self._given = 0
        self._left: int | None = None

    def read(self, size: int = -1) -> bytes:
        if self._left is None:
            content = self._stream.read(size)
            if not content:
                content = self._zeros(size)
        else:
            content = bytes(min(size, self._left))
            self._left -= len(content)
        self._given += len(content)
        return content

    def _zeros(self, size: int) -> bytes:
        out = self._written()
        if not out:
            return bytes(size)
        self._left = zeros_wanted(out % (_CHUNK + _TAG), self._given)
        content = bytes(min(size, self._left))
        self._left -= len(content)
        return content


def scrypt_padding(size: int) -> bytes:
    """The zeros after `size` bytes of a package under a phrase."""
    return bytes(zeros_wanted(_SCRYPT_HEADER + _NONCE, size))


def zeros_wanted(before: int, size: int) -> int:
    """How many zeros after `size` bytes, when `before` bytes (header, nonce) come first in the file."""
    for zeros in range(2 * MODULUS):
        chunks = max(1, -(-(size + zeros) // _CHUNK))
        if (before + size + zeros + chunks * _TAG) % MODULUS == 0:
            return zeros
    raise AssertionError("a tag is shorter than MODULUS: some number of zeros fits")
