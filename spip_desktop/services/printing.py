"""Sending a paper to a printer. On CUPS the bytes go to `lp` on standard input: no file, vectors stay vectors.

The journal line is committed before the job; a failure adds a second one (design.md §7, security.md §4.1).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from spip_desktop.domain.officer import Right
from spip_desktop.security.disk import Medium, medium_of
from spip_desktop.security.folder import read_mounts
from spip_desktop.services.context import Context
from spip_desktop.services.cups import ask

JOB_TITLE = "Document"
COPY_ACCEPTED = "copie possible acceptée"
_LONGEST_JOB = 30.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Printable:
    """A paper ready to be shown and printed. `title` names nobody; `issued_id` is None for what is not kept.

    `others` are the further objects of the same kind that one print holds: each has its line in the journal.
    """

    title: str
    content: bytes = field(repr=False)
    kind: str
    object_id: UUID
    issued_id: UUID | None = None
    others: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Printer:
    name: str
    is_default: bool = False


class PrintingService:
    """The lines of the journal around each job."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def note(self, paper: Printable, printer: str, *, copy_accepted: bool = False) -> None:
        """Write and commit that this paper goes to a printer, before it does.

        `copy_accepted`: nobody knows whether the workstation keeps a copy, and the officer prints all the same.
        """
        self._context.actor.require(Right.PRINT)
        reasons = ("" if paper.issued_id else "projet", COPY_ACCEPTED if copy_accepted else "")
        with self._context.store.transaction(self._context.actor, "print") as tx:
            for object_id in (paper.object_id, *paper.others):
                tx.note(paper.kind, object_id, ", ".join(filter(None, reasons)), printer)

    def note_failure(self, paper: Printable, printer: str, why: str) -> None:
        """Add that the job did not go through."""
        self._context.actor.require(Right.PRINT)
        with self._context.store.transaction(self._context.actor, "print_failed") as tx:
            for object_id in (paper.object_id, *paper.others):
                tx.note(paper.kind, object_id, why, printer)


def has_cups() -> bool:
    """Whether papers go to `lp` here; elsewhere ui/printing.py uses Qt."""
    return sys.platform != "win32" and shutil.which("lp") is not None


def cups_printers() -> tuple[Printer, ...]:
    """The queues that CUPS offers, the default one first; nothing when CUPS does not answer."""
    if not has_cups() or shutil.which("lpstat") is None:
        return ()
    names = ask("lpstat", "-e")
    default = next((line.rpartition(":")[2].strip() for line in ask("lpstat", "-d") if ":" in line), "")
    found = [Printer(name.strip(), name.strip() == default) for name in names if name.strip()]
    return tuple(sorted(found, key=lambda one: (not one.is_default, one.name.casefold())))


#: The commands that wait for their print server now: a lock cannot wait as long.
_under_way: set["subprocess.Popen[bytes]"] = set()


def one_sided(content: bytes) -> bytes:
    """The pages for one side of the leaves: several papers in one print have blank backs between them."""
    from spip_desktop.documents.kit.joining import one_sided as without_backs  # pikepdf: not before it is needed

    return without_backs(content)


def send(content: bytes, printer: str, folder: Path, *, two_sided: bool = True) -> str:
    """Give the bytes to `lp`; returns nothing when it took them, else why not (a word for the journal)."""
    sides = "two-sided-long-edge" if two_sided else "one-sided"
    command = ["lp", "-d", printer, "-t", JOB_TITLE, "-o", "media=A4", "-o", f"sides={sides}", "-"]
    nobody = subprocess.DEVNULL
    try:
        job = subprocess.Popen(command, env=_environment(folder), stdin=subprocess.PIPE, stdout=nobody, stderr=nobody)
    except OSError:
        return "lp introuvable"
    _under_way.add(job)
    try:
        job.communicate(content, timeout=_LONGEST_JOB)
    except subprocess.TimeoutExpired:
        job.kill()
        job.communicate()
        return "délai dépassé"
    finally:
        _under_way.discard(job)
    if job.returncode < 0:
        return "interrompue"
    return "" if job.returncode == 0 else f"lp a répondu {job.returncode}"


def give_up() -> None:
    """End the commands that still wait: what they were given is not printed, and `send` says so."""
    for job in tuple(_under_way):
        job.kill()


def memory_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """A folder in memory for what a printing command sets down for a moment, or None: then nothing is printed.

    The spool of the print system is another matter: services/cups.py.
    """
    if sys.platform == "win32":
        return Path(environment.get("TEMP", "."))
    mounts = read_mounts()
    for name in (environment.get("XDG_RUNTIME_DIR", ""), "/dev/shm", environment.get("TMPDIR", "")):
        folder = Path(name)
        if name and folder.is_dir() and medium_of(folder, mounts) is Medium.MEMORY and os.access(folder, os.W_OK):
            return folder
    return None


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(folder), "LC_ALL": "C"}
