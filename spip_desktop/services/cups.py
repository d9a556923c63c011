"""What CUPS keeps of a job, as far as a program without privileges can know: its server, its queues, its two files."""

import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spip_desktop.domain.errors import Problem
from spip_desktop.security.disk import Medium, medium_of

_LONGEST_ANSWER = 5.0  # seconds
_USUAL_FILES = Path("/etc/cups")
_USUAL_SPOOL = "/var/spool/cups"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
#: What cupsd.conf(5) accepts for « keep nothing »; anything else, and silence, keeps the files (one day usually).
_KEEPS_NOTHING = re.compile(r"no|off|false|disabled|0+[smhdw]?", re.IGNORECASE)
#: The option of a queue that prints on both sides, and what it is called where it prints on one.
_SIDES = re.compile(r"(Duplex|sides)/")
_ONE_SIDE = frozenset({"None", "one-sided", "False"})
_WRITES_A_FILE = frozenset({"cups-pdf"})
_OF_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Spool:
    """Whether a paper sent to a printer would leave a copy in clear.

    `kept`: yes, and `problem` says what to ask; `unsure`: it cannot be known, and `problem` says why; else no.
    """

    kept: bool = False
    unsure: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _Daemon:
    """The two files that rule a print server: cupsd.conf and cups-files.conf."""

    main: Path
    files: Path


CLEAN = Spool()


def _kept(code: str, **data: object) -> Spool:
    return Spool(kept=True, problem=Problem(code, data=data))


def _unsure(code: str, **data: object) -> Spool:
    return Spool(unsure=True, problem=Problem(code, data=data))


def ask(*command: str) -> list[str]:
    """The lines a command of CUPS answers, in English; none when it does not answer."""
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST_ANSWER, env=environment, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.decode("utf-8", "replace").splitlines() if done.returncode == 0 else []


def spool_of(printer: str) -> Spool:
    """What a paper sent to that printer would leave on this workstation (docs/decisions/0015)."""
    if sys.platform == "win32":
        return _unsure("spool_windows")
    if shutil.which("lpstat") is None:
        return _unsure("spool_unseen")
    if _writes_a_file(printer):
        return _kept("printer_writes_file", printer=printer)
    server = next(iter(ask("lpstat", "-H")), "").strip()
    if not _is_here(server):
        return _unsure("spool_elsewhere", server=server.rpartition(":")[0] or server or "?")
    answers = [_spool_under(daemon, printer) for daemon in _daemons() if _may_serve(daemon, server)]
    kept = next((one for one in answers if one.kept), None)
    unsure = next((one for one in answers if one.unsure), None)
    return kept or unsure or (CLEAN if answers else _unsure("spool_unseen"))


def takes_both_sides(printer: str) -> bool:
    """Whether this queue can print on both sides of a leaf; yes where it does not say what it can do."""
    options = ask("lpoptions", "-p", printer, "-l")
    duplex = [line.partition(":") for line in options if _SIDES.match(line)]
    return not options or any(word.lstrip("*") not in _ONE_SIDE for _, _, words in duplex for word in words.split())


def _spool_under(daemon: _Daemon, printer: str) -> Spool:
    medium = _medium_of_spool(daemon.files)
    if medium in (Medium.MEMORY, Medium.ENCRYPTED):
        return CLEAN
    deletes = _deletes(daemon.main)
    if deletes:
        # Deleted once printed: a printer that is stopped would leave it waiting on the disk.
        return _kept("printer_stopped", printer=printer) if _is_stopped(printer) else CLEAN
    if deletes is None or medium is Medium.UNKNOWN:
        return _unsure("spool_unseen")
    return _kept("spool_kept")


def _writes_a_file(printer: str) -> bool:
    """Whether the queue ends in a file of this workstation rather than in a printer (`lpstat` leaves out « file: »)."""
    uri = next((line.partition(": ")[2] for line in ask("lpstat", "-v", printer)), "").strip()
    if uri.startswith(("/", "file:")):
        return not uri.removeprefix("file:").lstrip("/").startswith("dev/")
    return uri.partition(":")[0] in _WRITES_A_FILE


def _is_stopped(printer: str) -> bool:
    return any("disabled" in line for line in ask("lpstat", "-p", printer))


def _is_here(server: str) -> bool:
    return server.startswith("/") or server.rpartition(":")[0].strip("[]") in _LOCAL


# -- the files of the server ---------------------------------------------------------------------------------


def _daemons() -> list[_Daemon]:
    """The print servers running here, by their command lines; the usual files when none is seen."""
    found = []
    for process in sorted(_OF_PROCESSES.glob("[0-9]*")):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="surrogateescape").split("\0")
        except OSError:
            continue  # ended meanwhile
        if Path(words[0]).name == "cupsd":
            found.append(_daemon_of(words))
    return found or [_Daemon(_USUAL_FILES / "cupsd.conf", _USUAL_FILES / "cups-files.conf")]


def _daemon_of(words: list[str]) -> _Daemon:
    after = dict(itertools.pairwise(words))
    main = Path(after.get("-c", str(_USUAL_FILES / "cupsd.conf")))
    return _Daemon(main, Path(after.get("-s", str(main.with_name("cups-files.conf")))))


def _may_serve(daemon: _Daemon, server: str) -> bool:
    """Whether this server listens where papers are sent; one whose file cannot be read may."""
    directives = _directives(daemon.main)
    if directives is None:
        return True
    places = [words for name, words in directives if name in ("listen", "port")]
    if server.startswith("/"):
        return any(os.path.realpath(place) == os.path.realpath(server) for place in places)
    return any(place.rpartition(":")[2] == server.rpartition(":")[2] for place in places)


def _medium_of_spool(files: Path) -> Medium:
    directives = _directives(files)
    if directives is None:
        return Medium.UNKNOWN
    place = Path(next((words for name, words in reversed(directives) if name == "requestroot"), _USUAL_SPOOL))
    return medium_of(Path(os.path.realpath(place))) if place.is_absolute() else Medium.UNKNOWN


def _deletes(main: Path) -> bool | None:
    """Whether job files are deleted once printed; None when it cannot be known."""
    directives = _directives(main)
    if directives is None or any(name == "include" for name, _ in directives):
        return None
    words = next((words for name, words in reversed(directives) if name == "preservejobfiles"), "")
    return bool(_KEEPS_NOTHING.fullmatch(words))


def _directives(path: Path) -> list[tuple[str, str]] | None:
    """Names (in small letters) and words of a file of CUPS; None when it cannot be read."""
    try:
        return list(_lines_of(path.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        return None


def _lines_of(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        words = line.partition("#")[0].split(None, 1)
        if words and not words[0].startswith("<"):
            yield words[0].casefold(), words[1].strip() if len(words) > 1 else ""
