"""What a folder is kept on: memory, an encrypted disk, a disk in clear. Linux says it to anyone; Windows does not."""

import os
from enum import StrEnum
from pathlib import Path

from spip_desktop.security.folder import mount_of, read_mounts

#: The kernel keeps its devices in a tmpfs of its own.
_IN_MEMORY = frozenset({"tmpfs", "ramfs", "devtmpfs"})
_ENCRYPTING = frozenset({"ecryptfs", "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs"})
#: cryptsetup names these too, and they check without hiding anything.
_ONLY_CHECKED = ("CRYPT-VERITY-", "CRYPT-INTEGRITY-")


class Medium(StrEnum):
    MEMORY = "memory"
    ENCRYPTED = "encrypted"
    PLAIN = "plain"
    UNKNOWN = "unknown"


def medium_of(folder: Path, table: str | None = None, blocks: Path = Path("/sys/class/block")) -> Medium:
    """What holds the folder, by the table of mounts and what the kernel says of the device.

    Memory may be swapped out and a disk may encrypt by itself: neither can be seen from here.
    """
    mount = mount_of(folder, read_mounts() if table is None else table)
    if mount is None:
        return Medium.UNKNOWN
    if mount.type in _IN_MEMORY:
        return Medium.MEMORY
    if mount.type in _ENCRYPTING:
        return Medium.ENCRYPTED
    if not mount.source.startswith("/dev/"):
        return Medium.UNKNOWN  # a share, a container's layers, a pool of several disks
    return _medium_of_device(blocks / Path(os.path.realpath(mount.source)).name)


def _medium_of_device(entry: Path) -> Medium:
    """A mapped or assembled device is as safe as the least safe of those below it."""
    if not entry.exists() or entry.name.startswith("loop"):
        return Medium.UNKNOWN
    if entry.name.startswith("zram"):
        return Medium.MEMORY
    if (entry / "partition").exists():
        disk = Path(os.path.realpath(entry)).parent
        return _medium_of_device(entry.parent / disk.name)
    uuid = _read(entry / "dm" / "uuid")
    if uuid.startswith("CRYPT-") and not uuid.startswith(_ONLY_CHECKED):
        return Medium.ENCRYPTED
    below = {_medium_of_device(entry.parent / one.name) for one in _children(entry / "slaves")}
    for worst in (Medium.PLAIN, Medium.UNKNOWN, Medium.ENCRYPTED):
        if worst in below:
            return worst
    return Medium.PLAIN


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
