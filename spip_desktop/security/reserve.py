"""Room kept on the disk for the day it is full, and a place in it for the words that could not be saved.

`reserve.bin` (32 MiB) holds nothing. When the disk is full all of it but 1 MiB is given back, so that the work
under way is saved; what still cannot be is sealed into that last MiB, which is allocated already: writing there
asks the disk for nothing.
"""

import os
import sys
from pathlib import Path

from spip_desktop.security import derivation
from spip_desktop.security.files import RESERVE, sync_folder

SIZE = 32 * 1024 * 1024
KEPT = 1024 * 1024
_MARK = b"SPIPRESCUE1"
_LENGTH_BYTES, _NONCE_BYTES = 8, 12
_OWNER_ONLY = 0o600


class Reserve:
    """The reserve of one store folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RESERVE

    def take(self) -> bool:
        """Take the room when it is not taken and the disk has twice as much; whether it is taken."""
        try:
            if self._path.exists() and self._path.stat().st_size >= SIZE:
                return True
            if _free(self._path.parent) < 2 * SIZE:
                return False
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
            try:
                _allocate(descriptor)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            sync_folder(self._path.parent)
        except OSError:
            return False
        return True

    def release(self) -> bool:
        """Give the room back to the disk, the last MiB excepted; whether there was any to give."""
        try:
            if self._path.stat().st_size <= KEPT:
                return False
            os.truncate(self._path, KEPT)
        except OSError:
            return False
        return True


def seal(path: Path, text: bytes, key: bytes, nonce: bytes) -> None:
    """Write sealed words at the start of a file, in place, and make them durable. OSError when that cannot be."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = nonce + AESGCM(derivation.expand(key, "rescue")).encrypt(nonce, text, _MARK)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    try:
        _write_all(descriptor, _MARK + len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def unseal(path: Path, key: bytes) -> bytes | None:
    """The words sealed in a file under this key; None when there is none, or not under it."""
    try:
        with path.open("rb") as file:
            if file.read(len(_MARK)) != _MARK:
                return None
            length = int.from_bytes(file.read(_LENGTH_BYTES), "big")
            sealed = file.read(min(length, SIZE))
    except OSError:
        return None
    from cryptography.exceptions import InvalidTag  # only where there is something to open: most days there is not
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(derivation.expand(key, "rescue")).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _MARK)
    except (InvalidTag, ValueError):
        return None


def forget(path: Path) -> None:
    """The words are back in the store: overwrite them, the room stays."""
    try:
        with path.open("r+b") as file:
            start = file.read(len(_MARK) + _LENGTH_BYTES)
            if start.startswith(_MARK):
                file.seek(0)
                file.write(bytes(len(start) + min(int.from_bytes(start[len(_MARK) :], "big"), SIZE)))
                file.flush()
                os.fsync(file.fileno())
    except OSError:
        return


def _free(folder: Path) -> int:
    import shutil

    return shutil.disk_usage(folder).free


def _allocate(descriptor: int) -> None:
    """Real blocks, not a hole: a sparse file would reserve nothing."""
    if sys.platform == "linux":
        os.posix_fallocate(descriptor, 0, SIZE)
        return
    _write_all(descriptor, os.urandom(KEPT) * (SIZE // KEPT))


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
