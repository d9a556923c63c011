"""One program at a time on a store: a lock of the operating system, held across the replacement of the process.

The lock is `flock` on POSIX and one locked byte on Windows, taken with the standard library on a file
descriptor of our own: that descriptor is what survives `execve`. (`filelock` makes the same system calls,
hides the descriptor, and costs 35 ms of import before the first window is painted.)
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from spip_desktop.domain.errors import Refusal
from spip_desktop.security.files import LOCK, RAISE_REQUEST

_HANDED_OVER = "SPIP_DESKTOP_LOCK"  # environment: the descriptor on POSIX, the word « wait » on Windows
_WAIT = "wait"
_WINDOWS_PATIENCE = 20.0  # seconds a replacement waits for the process it replaces to end
_OWNER_ONLY = 0o600


class InstanceLock:
    """Held until `release` or the end of the process, whichever way it ends."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self._folder = folder
        self._descriptor = descriptor

    def replace_process(self, command: Sequence[str]) -> NoReturn:
        """Become `command` (program and arguments), with this lock and without anything that was in memory.

        The caller has saved, closed the store and cleared the clipboard. On Windows, which cannot replace
        a process, the new one is started, waits for this one to end and takes the lock (not verified there).
        """
        sys.stdout.flush()
        sys.stderr.flush()
        environment = dict(os.environ)
        if sys.platform == "win32":
            import subprocess

            environment[_HANDED_OVER] = _WAIT
            subprocess.Popen(list(command), env=environment)
            os._exit(0)
        # Inheritable only now: a printing command started earlier must not keep the store locked.
        os.set_inheritable(self._descriptor, True)
        environment[_HANDED_OVER] = str(self._descriptor)
        try:
            os.execve(command[0], list(command), environment)
        except OSError:
            os.set_inheritable(self._descriptor, False)
            raise

    def release(self) -> None:
        """Let another start have the store."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def take(folder: Path) -> InstanceLock:
    """Lock the store folder, or adopt the lock handed over by the process this one replaces.

    Refusal `already_running` when another program holds it: call `request_raise` and stop. The folder
    must exist and be writable (folder.prepare).
    """
    handed_over = os.environ.pop(_HANDED_OVER, "")
    adopted = _adopt(folder, handed_over)
    if adopted is not None:
        return InstanceLock(folder, adopted)
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    deadline = time.monotonic() + (_WINDOWS_PATIENCE if handed_over == _WAIT else 0.0)
    while not _lock(descriptor):
        if time.monotonic() >= deadline:
            os.close(descriptor)
            raise Refusal("already_running")
        time.sleep(0.05)
    raise_requests_path(folder).touch(_OWNER_ONLY)
    return InstanceLock(folder, descriptor)


def raise_requests_path(folder: Path) -> Path:
    """The file whose change asks the first window to come forward; it exists while the lock is held."""
    return folder / RAISE_REQUEST


def request_raise(folder: Path) -> None:
    """Ask the program that holds the store to show its window; nothing happens when none listens."""
    raise_requests_path(folder).write_text(str(time.monotonic_ns()), encoding="ascii")


def _adopt(folder: Path, handed_over: str) -> int | None:
    """The inherited descriptor when it is truly this folder's lock, closed again to children."""
    if not handed_over.isdigit():
        return None
    descriptor = int(handed_over)
    try:
        same = os.path.samestat(os.fstat(descriptor), os.stat(folder / LOCK))
    except (OSError, OverflowError):
        return None  # a stale variable: the number names nothing, or the folder was changed
    if not same or not _lock(descriptor):
        return None
    os.set_inheritable(descriptor, False)
    return descriptor


def _lock(descriptor: int) -> bool:
    """One attempt, never waiting; true too when this very descriptor holds it already."""
    if sys.platform == "win32":
        import msvcrt

        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
