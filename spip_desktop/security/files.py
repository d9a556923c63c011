"""Files on disk: names of those beside the store, a replacement that leaves the old or the new, what is durable."""

import hashlib
import os
from pathlib import Path

STORE = "store.db"
KEYS = "keys.json"
PREVIOUS_KEYS = "keys.json.1"
ANCHOR = "anchor.json"
ATTEMPTS = "attempts.json"
LOCK = "store.lock"
RAISE_REQUEST = "raise.request"
RESERVE = "reserve.bin"
RESCUE = "rescue.bin"
IN_USE = "in-use"

_OWNER_ONLY = 0o600


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` under `path`: temporary file, fsync, rename, fsync of the folder. OSError leaves the old file."""
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)  # left by a power cut, never read by anyone
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the folder's names durable; Windows has no such call and its renames are journalled."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_durable(path: Path) -> None:
    """Return once the medium has what was written."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget_cached(path: Path) -> None:
    """What is read next comes from the medium itself, where the system can be told so."""
    if not hasattr(os, "posix_fadvise"):
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
