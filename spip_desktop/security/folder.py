"""Whether a folder can hold a store, looked at before anything is typed in it."""

import os
import re
import sys
from dataclasses import dataclass
from errno import EDQUOT, ENOSPC
from pathlib import Path

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.security.files import STORE

# SQLite's write-ahead log needs shared memory and locks that only a disk of this machine gives.
NETWORK_TYPES = frozenset(
    {
        "9p",
        "afs",
        "afpfs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "davfs2",
        "fuse.davfs2",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.sshfs",
        "glusterfs",
        "fuse.glusterfs",
        "gfs2",
        "lustre",
        "ncp",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "vmhgfs",
        "fuse.vmhgfs-fuse",
    }
)
_SYNCHRONISED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mon drive": "Google Drive",
    "icloud": "iCloud",
    "kdrive": "kDrive",
    "pcloud": "pCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
}
_MARKERS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".owncloudsync.log": "ownCloud"}
_REMOVABLE_PLACES = (Path("/media"), Path("/run/media"))
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4  # GetDriveTypeW


@dataclass(frozen=True, slots=True)
class Mount:
    """One line of /proc/self/mounts: what is mounted, where, of which type."""

    source: str
    place: Path
    type: str


def prepare(folder: Path) -> tuple[Problem, ...]:
    """Make the folder (its owner's alone) if need be, refuse it when unfit, and return what to warn of.

    Refusals: `folder_network`, `folder_not_a_folder`, `folder_read_only`, `folder_full`.
    Warnings: `folder_synchronised` (product), `folder_removable`, `folder_full_now` where a store is there already:
    what it holds is read, and copied elsewhere.
    """
    place = Path(os.path.realpath(folder))
    if is_on_network(place):
        raise Refusal("folder_network", "folder")
    try:
        _try_writing(place)
    except Refusal as refusal:
        if refusal.code != "folder_full" or not (place / STORE).exists():
            raise
        return (Problem("folder_full_now", "folder"), *warnings(place))
    return warnings(place)


def warnings(folder: Path) -> tuple[Problem, ...]:
    """What may be accepted, yet should be known."""
    found = []
    product = synchroniser(folder)
    if product:
        found.append(Problem("folder_synchronised", "folder", {"product": product}))
    if is_removable(folder):
        found.append(Problem("folder_removable", "folder"))
    return tuple(found)


def is_on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        return str(folder).startswith("\\\\") or _windows_drive_type(folder) == _WINDOWS_REMOTE
    mount = mount_of(folder, read_mounts())
    return mount is not None and mount.type in NETWORK_TYPES


def is_removable(folder: Path) -> bool:
    """A USB stick, as far as the system tells."""
    if sys.platform == "win32":
        return _windows_drive_type(folder) == _WINDOWS_REMOVABLE
    if any(place in folder.parents for place in _REMOVABLE_PLACES):
        return True
    mount = mount_of(folder, read_mounts())
    return mount is not None and mount.source.startswith("/dev/") and _kernel_says_removable(mount.source)


def synchroniser(folder: Path) -> str | None:
    """The product that copies this folder elsewhere, by the names and marks it leaves."""
    for place in (folder, *folder.parents):
        name = place.name.casefold()
        for start, product in _SYNCHRONISED.items():
            if name == start or name.startswith((start + " ", start + "-", start + "_")):
                return product
        for marker, product in _MARKERS.items():
            if (place / marker).exists():
                return product
    return None


def read_mounts() -> str:
    table = Path("/proc/self/mounts")
    return table.read_text(encoding="utf-8", errors="surrogateescape") if table.exists() else ""


def mount_of(folder: Path, table: str) -> Mount | None:
    """The mount that holds the folder: the longest place that contains it, the last one where two are equal."""
    containing = {str(place) for place in (folder, *folder.parents)}
    best: list[str] = []
    for line in table.splitlines():
        words = [_unescaped(word) for word in line.split(" ")[:3]]
        # Of places that contain the same folder, the longest name is the deepest.
        if len(words) == 3 and words[1] in containing and (not best or len(words[1]) >= len(best[1])):
            best = words
    return Mount(best[0], Path(best[1]), best[2]) if best else None


def _try_writing(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refusal("folder_not_a_folder", "folder")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_and_remove(folder / f".trial-{os.getpid()}")
    except (FileExistsError, NotADirectoryError):
        raise Refusal("folder_not_a_folder", "folder") from None
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise Refusal("folder_full", "folder") from None
        raise Refusal("folder_read_only", "folder") from None


def _write_and_remove(trial: Path) -> None:
    descriptor = os.open(trial, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, bytes(4096))  # a disk of this machine says here that it is full, without fsync
    finally:
        os.close(descriptor)
        trial.unlink()


def _kernel_says_removable(device: str) -> bool:
    """A partition has no mark of its own: its disk, one folder up, has."""
    entry = Path("/sys/class/block") / Path(os.path.realpath(device)).name
    block = Path(os.path.realpath(entry))
    for place in (block / "removable", block.parent / "removable"):
        if place.is_file():
            return place.read_text().strip() == "1"
    return False


def _unescaped(text: str) -> str:
    """The table writes a space as \\040."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text) if "\\" in text else text


def _windows_drive_type(folder: Path) -> int:  # not verified: no Windows machine here
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\"))
