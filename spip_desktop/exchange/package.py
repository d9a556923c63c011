"""The package `.spipx`: age over raw deflate over JSON Lines, a signed manifest as the last of them.

Written in one pass and read in one pass, in a few megabytes of memory whatever the package holds. Nothing of what
`read` hands on may be believed before it has returned: a file cut short gives most of its lines first.
docs/format-spipx.md describes the format for others.
"""

import hashlib
import io
import os
from collections.abc import Callable, Iterable
from typing import BinaryIO, Protocol

import pyrage

from spip_desktop.domain.errors import Refusal
from spip_desktop.exchange import strict_json
from spip_desktop.exchange.header import Header, Record, Sound
from spip_desktop.exchange.identity import StationKeys
from spip_desktop.exchange.packing import PURPOSE, Outgoing
from spip_desktop.exchange.padding import MODULUS, Padding, Stream, scrypt_padding
from spip_desktop.exchange.unpacking import Incoming

SUFFIX = ".spipx"
MOST_FILE = 2 * 1024**3
"""Bytes of a package."""
MOST_UNDER_PHRASE = 16 * 1024 * 1024
"""Bytes of a package under a phrase: age has it in memory whole, several times over."""
_MAGIC, _ANY_AGE = b"age-encryption.org/v1\n", b"age-encryption.org/"
_PIECE = 64 * 1024


class Writable(Protocol):
    def write(self, data: bytes, /) -> object: ...


def write(
    out: Writable,
    header: Header,
    records: Iterable[Record],
    keys: StationKeys,
    *,
    phrase: str = "",
    progress: Callable[[int], object] = lambda done: None,
) -> Sound:
    """Write a package for the recipients of its header, or under a phrase when it has none.

    `out` keeps the bytes; it is neither flushed nor closed here. `progress` gets the number of records done, and may
    raise to stop. Refusals: `package_record_unfit` (kind, id), `package_too_big_for_phrase`, `recipient_unfit`.
    """
    counted = _Counted(out)
    lines = Outgoing(header, records, keys, progress)
    if phrase:
        content = lines.read()
        if len(content) > MOST_UNDER_PHRASE:
            raise Refusal("package_too_big_for_phrase")
        counted.write(pyrage.passphrase.encrypt(content + scrypt_padding(len(content)), phrase))
    else:
        try:
            encrypt(Padding(lines, lambda: counted.bytes), counted, header.recipients)
        except (pyrage.EncryptError, OSError) as error:
            raise lines.failure or counted.failure or error from None
    assert lines.tally is not None
    return Sound(header=header, tally=lines.tally, file_sha256=counted.digest(), file_bytes=counted.bytes)


def read(
    source: BinaryIO,
    opener: StationKeys | str,
    receive: Callable[[Record], object],
    newest_schema: int,
    *,
    progress: Callable[[int, int], object] = lambda done, total: None,
) -> Sound:
    """Read a package with the keys of this station, or with a phrase; `receive` gets each record, to be set aside.

    `progress` gets the bytes read and their total, and may raise to stop. Refusals: `package_unreadable` (no package,
    or a medium that gives no more), `package_too_big`, `package_truncated`, `package_newer` (version),
    `package_wrong_key`, `package_wrong_phrase`, `package_altered`, `package_not_for_us`, `package_malformed` (line).
    """
    _look_at(source)
    taken = _Taken(source, progress)
    incoming = Incoming(receive, newest_schema)
    try:
        if isinstance(opener, StationKeys):
            pyrage.decrypt_io(taken, incoming, [opener.identity()])
        else:
            incoming.write(_decrypted(taken, opener))
    except (pyrage.DecryptError, OSError) as error:
        raise incoming.failure or taken.failure or _refusal(error) from None
    return _sound(incoming, taken, opener)


def encrypt(source: Stream, out: Writable, recipients: Iterable[str]) -> None:
    """What age does of a stream, alone. Refusal `recipient_unfit`."""
    try:
        keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    except (pyrage.RecipientError, ValueError):
        raise Refusal("recipient_unfit") from None
    pyrage.encrypt_io(source, out, keys)


def is_under_phrase(source: BinaryIO) -> bool:
    """Whether a package is opened by a phrase rather than by a station's key."""
    source.seek(0)
    return source.read(len(_MAGIC) + 10).startswith(_MAGIC + b"-> scrypt ")


# -- the steps -------------------------------------------------------------------------------------------------


def _look_at(source: BinaryIO) -> None:
    """What can be said before any key is tried; leaves the source at its start."""
    try:
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        start = source.read(len(_MAGIC))
        source.seek(0)
    except OSError:
        raise Refusal("package_unreadable") from None
    if size > MOST_FILE:
        raise Refusal("package_too_big")
    if start != _MAGIC:
        if start.startswith(_ANY_AGE) and len(start) == len(_MAGIC):
            raise Refusal("package_newer", version=start[len(_ANY_AGE) :].decode("ascii", "replace").strip())
        raise Refusal("package_unreadable")
    if size % MODULUS:
        raise Refusal("package_truncated")


def _decrypted(taken: "_Taken", phrase: str) -> bytes:
    if taken.total > MOST_UNDER_PHRASE + MODULUS:
        raise Refusal("package_too_big")
    content = b"".join(iter(lambda: taken.read(_PIECE), b""))
    return bytes(pyrage.passphrase.decrypt(content, phrase))


def _refusal(error: Exception) -> Refusal:
    """What age's words mean here: no key fits, or what a key opened is not what was written."""
    said = str(error)
    if said == "No matching keys found":
        return Refusal("package_wrong_key")
    if said == "Decryption failed":
        return Refusal("package_wrong_phrase", "phrase")
    return Refusal("package_altered")


def _sound(incoming: Incoming, taken: "_Taken", opener: StationKeys | str) -> Sound:
    header, signed = incoming.header, incoming.manifest
    if not incoming.whole or header is None or signed is None:
        raise Refusal("package_malformed", line=0)
    tally = incoming.tally()
    agreed = strict_json.canonical(tally.manifest(header)) == strict_json.canonical(signed["m"])
    if not agreed or not header.sender.keys.holds(PURPOSE, strict_json.canonical(signed["m"]), signed["sig"]):
        raise Refusal("package_altered")
    if isinstance(opener, StationKeys) and opener.public().recipient not in header.recipients:
        raise Refusal("package_not_for_us")
    return Sound(header=header, tally=tally, file_sha256=taken.digest(), file_bytes=taken.done)


class _Counted:
    """What goes out, counted and hashed; a failure of the medium is kept, since age hides it."""

    def __init__(self, out: Writable) -> None:
        self._out, self._digest = out, hashlib.sha256()
        self.bytes = 0
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._out.write(data)
        except BaseException as error:
            self.failure = error
            raise
        self._digest.update(data)
        self.bytes += len(data)
        return len(data)

    def flush(self) -> None:
        """The caller makes it durable."""

    def digest(self) -> str:
        return self._digest.hexdigest()


class _Taken:
    """What comes in, counted and hashed."""

    def __init__(self, source: BinaryIO, progress: Callable[[int, int], object]) -> None:
        self._source, self._progress, self._digest = source, progress, hashlib.sha256()
        self.total = source.seek(0, io.SEEK_END)
        source.seek(0)
        self.done = 0
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            content = self._source.read(size)
            self._digest.update(content)
            self.done += len(content)
            self._progress(self.done, self.total)
        except OSError as error:
            self.failure = Refusal("package_unreadable")
            raise self.failure from error
        except BaseException as error:
            self.failure = error
            raise
        return content

    def digest(self) -> str:
        return self._digest.hexdigest()
