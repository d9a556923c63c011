"""Removes an officer in forked children that kill themselves, each at one instant: `program JSON-of-the-jobs`.

A job names a copy of the store folder, its key, the officer who leaves, and when to die: at the n-th file operation
(`operation`), after so many seconds of the database's own writing (`seconds`), or never. One line of JSON a job says
how the child ended, how many file operations it counted, how long the database wrote.
"""

import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db.rekey import rekey
from spip_desktop.db.store import open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.security import derivation
from spip_desktop.security.vault import Vault
from spip_desktop.services.account import AccountService
from spip_desktop.services.backup import BackupService
from spip_desktop.services.context import Context
from spip_desktop.services.keys import KeyService

#: What changes something in a folder, as Python announces it before doing it.
OPERATIONS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree"}


def main() -> None:
    for job in json.loads(sys.argv[1]):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _work(job, writer)
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as told:
            lines = told.read().split()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print(json.dumps({"killed": killed, "failed": bool(status) and not killed, "told": lines}), flush=True)


def _work(job: dict[str, object], told: int) -> None:
    clock = Clock()
    folder, key = Path(str(job["folder"])), bytes.fromhex(str(job["key"]))
    store = open_store(folder / "store.db", key, clock, Ids(clock))
    with store.reading() as tx:
        context = Context(store, officers.actor(tx, officers.by_identifier(tx, "valbrune-07")))
    vault = Vault(folder, clock, lambda: derivation.FLOOR)
    if job.get("careless"):
        # The control: the database takes its key before keys.json knows of it.
        rekey(store, os.urandom(32))
        os.kill(os.getpid(), signal.SIGKILL)
    service = KeyService(context, AccountService(context), BackupService(context), vault)
    if job.get("full"):
        _no_larger_than(folder / "store.db")
        try:
            service.remove_officer(UUID(str(job["officer"])), str(job["passphrase"]))
        except Refusal as refusal:
            os.write(told, refusal.code.encode())
        return
    watch = _Watch(int(str(job.get("operation", 0))), float(str(job.get("seconds", 0))))
    sys.addaudithook(watch.hear)
    drawn = service.remove_officer(UUID(str(job["officer"])), str(job["passphrase"]))
    os.write(told, f"{watch.count} {watch.written:.4f} {drawn.text}".encode())


def _no_larger_than(store: Path) -> None:
    """No file may grow past the store's size: a backup still fits, its pages in the WAL, with their headers, do not."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    most = store.stat().st_size + 8192
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


class _Watch:
    """Counts what Python does to files, and dies before the n-th, or so long after keys.json told of the new key."""

    def __init__(self, last: int, seconds: float) -> None:
        self._last, self._seconds = last, seconds
        self.count, self.written, self._announced = 0, 0.0, 0.0

    def hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in OPERATIONS or (event == "open" and arguments[1] in ("r", "rb")):
            return
        self.count += 1
        if self.count == self._last:
            _die()
        if event == "os.rename" and str(arguments[1]).endswith("/keys.json") and "backups" not in str(arguments[1]):
            self._tell_time()

    def _tell_time(self) -> None:
        if not self._announced:
            self._announced = time.perf_counter()
            if self._seconds:
                threading.Timer(self._seconds, _die).start()
        elif not self.written:
            self.written = time.perf_counter() - self._announced


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
