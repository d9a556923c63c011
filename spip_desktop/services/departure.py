"""A large file on its way to a medium that may be full, pulled out or lying: whole under its name, or not there.

In this order: room first; written under a name that ends in `.part`; durable; its own name; the folder durable; read
again from the medium itself. Nothing else in the folder is opened or changed.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import BinaryIO, TypeVar

from spip_desktop.domain.errors import Refusal
from spip_desktop.security.files import digest, forget_cached, sync_folder
from spip_desktop.security.folder import mount_of, read_mounts
from spip_desktop.services.leaving import require_outside_stores

T = TypeVar("T")
PART = ".part"
#: Room asked for beyond the file.
_ROOM = 1.05
#: A file of FAT32 has at most 4 GiB less one byte.
_FAT, _FAT_MOST = frozenset({"vfat", "msdos"}), 4 * 1024**3 - 1
_OWNER_ONLY = 0o600


class Departure:
    """One file in a folder that the officer chose. Refusals, after which no file looks whole: `target_missing`,
    `target_no_room`, `target_too_big`, `target_not_written`, `target_not_verified` (each with its folder),
    `file_in_store`.
    """

    def __init__(self, folder: Path, name: str, most_bytes: int, left_over: Iterable[str] = ()) -> None:
        """`left_over` are the names of this station's files that never became whole: their beginnings go."""
        self.path = folder / name
        self._part = folder / (name + PART)
        require_outside_stores(self.path)
        if not folder.is_dir():
            raise Refusal("target_missing", folder=folder)
        with self._told():
            for one in {name, *left_over}:
                (folder / (one + PART)).unlink(missing_ok=True)
            if shutil.disk_usage(folder).free < most_bytes * _ROOM:
                raise Refusal("target_no_room", folder=folder)
            mount = mount_of(Path(os.path.realpath(folder)), read_mounts())
            if mount is not None and mount.type in _FAT and most_bytes > _FAT_MOST:
                raise Refusal("target_too_big", folder=folder)

    def write(self, fill: Callable[[BinaryIO], T]) -> T:
        """Let `fill` write the content, then make it durable, under a name that nobody takes for the file's."""
        with self._told():
            descriptor = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
            with os.fdopen(descriptor, "wb") as file:
                told = fill(file)
                file.flush()
                os.fsync(file.fileno())
            return told

    def publish(self) -> None:
        """Give the file its name."""
        with self._told():
            os.replace(self._part, self.path)
            sync_folder(self.path.parent)

    def verify(self, sha256: str) -> None:
        """Read the file again from the medium, and compare."""
        with self._told():
            verify(self.path, sha256)

    def withdraw(self) -> None:
        """Take away what there is, as far as the medium lets it."""
        for path in (self.path, self._part):
            with suppress(OSError):
                path.unlink(missing_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Leave nothing, and say in the medium's terms why."""
        try:
            yield
        except OSError as error:
            self.withdraw()
            code = "target_no_room" if error.errno in (ENOSPC, EDQUOT) else "target_not_written"
            raise Refusal(code, folder=self.path.parent) from error
        except BaseException:
            self.withdraw()
            raise


def verify(path: Path, sha256: str) -> None:
    """Read a file from its medium, past the system's memory of it. Refusal `target_not_verified`."""
    try:
        forget_cached(path)
        same = digest(path) == sha256
    except OSError as error:
        raise Refusal("target_not_verified", folder=path.parent) from error
    if not same:
        raise Refusal("target_not_verified", folder=path.parent)
