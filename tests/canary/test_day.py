"""A day at the real window with a word in every field, a kill, a print and a lock: the word is nowhere in clear.

The same day, deliberately leaking at its end, is found out in each form. strace tells the sockets and the files.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
import sqlalchemy as sa

from spip_desktop.domain.clock import PARIS, Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.unlock import Entrance, FirstStart, lock
from spip_desktop.wiring import make_services
from tests.canary.scanner import Scanner
from tests.prescription_fixtures import add_loic, add_missions, complete
from tests.rigs import listening
from tests.rigs.print_server import PrintServer, print_server
from tests.scenarios.conftest import PASSPHRASE
from tests.scenarios.far_hand import FarHand
from tests.scenarios.robot import LEAKS
from tests.store_fixtures import MovableClock, make_officer, make_service

WORD = "Kwyztélune"
NOBODY = "unix:path=/nowhere/at/all"
DAY = "2026-11-22"
_HEADER = b"SQLite format 3"
_PAGES = 40_000  # bytes: what is smaller is no database, and too short to be measured
#: What speaks with the print server.
_OF_PRINTING = {"lp", "lpoptions", "lpstat"}


@dataclass
class Place:
    """Everything the program may write to, and what was heard of it."""

    root: Path
    store: Path
    home: Path
    runtime: Path
    cups: PrintServer
    log: Path

    @property
    def folders(self) -> tuple[Path, ...]:
        return self.root, self.runtime

    @property
    def environment(self) -> dict[str, str]:
        return {
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "TMPDIR": str(self.root / "tmp"),
            "SQLITE_TMPDIR": str(self.root / "tmp"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "DBUS_SYSTEM_BUS_ADDRESS": NOBODY,
            "DBUS_SESSION_BUS_ADDRESS": NOBODY,
            **self.cups.environment,
        }


def make_store(folder: Path) -> None:
    """Claire, her mission locale, and Loïc with a sheet that is ready to be printed, the word in its objective."""
    clock = MovableClock(datetime(2026, 11, 22, 6, 0, tzinfo=PARIS)).clock
    ids = Ids(clock)
    entrance = Entrance(folder, clock, ids, cost=lambda: FLOOR)
    officer = replace(make_officer(ids), family_name=f"Vasseur-{WORD}")
    first = FirstStart(service=make_service(ids), officer=officer, passphrase=PASSPHRASE, notice_read=True)
    entry = entrance.first_start(first)
    entrance.confirm_paper(entry)
    context = entry.context
    add_missions(context)
    prescriptions = make_services(context).prescriptions
    sheet = complete(prescriptions, add_loic(context))
    prescriptions.draft.save_fields(sheet, {"objective_words": f"Je veux travailler avec {WORD}, en cuisine."})
    if prescriptions.view(sheet).unread:
        prescriptions.draft.mark_read(sheet)
    prescriptions.course.make_ready(sheet)
    lock(context, "close")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The day is played once; each test looks at what it left."""
    root = tmp_path_factory.mktemp("day")
    for name in ("home", "tmp"):
        (root / name).mkdir()
    make_store(root / "store")
    with (
        print_server(root / "cups", preserve="PreserveJobFiles No") as cups,
        TemporaryDirectory(dir="/dev/shm") as runtime,
    ):
        made = Place(root, root / "store", root / "home", Path(runtime), cups, root.parent / "strace.log")
        play(made)
        yield made


def start(place: Place, log: Path) -> FarHand:
    hand = FarHand(place.store, place.home, "--today", DAY, more=place.environment, watched_by=listening.command(log))
    hand.unlock(PASSPHRASE)
    return hand


def play(place: Place) -> None:
    """The word in every field of every page; a kill while typing; a paper printed, a lock, a close."""
    hand = start(place, place.log.with_suffix(".1"))
    filled = [*write_of_persons(hand), *write_of_perrin(hand), *write_of_others(hand)]
    assert len(filled) > 40, filled
    hand.open_situation(WORD)  # so is he named from now on
    hand.do("click", "situation.tabs.civil")
    hand.do("fill", "resources", "")
    robot = int(hand.do("pid"))
    hand.send("type_slowly", f"{WORD} {WORD} {WORD}", 30)
    hand.wait_for("typed")
    while not any(line == ["typed", 14] for _, line in hand.heard):
        hand.listen(5)
    os.kill(robot, signal.SIGKILL)
    hand.kill()
    hand = start(place, place.log.with_suffix(".2"))
    print_the_sheet(hand, place)
    hand.send("press", "L", True)
    hand.wait_for("ready")
    hand.unlock(PASSPHRASE)
    hand.close()
    hand.kill()


def write_of_persons(hand: FarHand) -> list[str]:
    """The search, and a dossier that is begun and not created."""
    hand.do("press", "K", True)
    hand.do("type", WORD)
    hand.do("press", "Escape")
    hand.do("click", "rail.persons")
    hand.do("click", "persons.new")
    return list(hand.do("fill_every", WORD))


def write_of_perrin(hand: FarHand) -> list[str]:
    """Situation, evaluation and plan of a person."""
    hand.open_situation("perrin")
    filled: list[str] = []
    for tab in ("civil", "penal", "contacts"):
        hand.do("click", f"situation.tabs.{tab}")
        filled += hand.do("fill_every", WORD)
        for add in hand.do("buttons", "*.add"):
            hand.do("click", add)
            filled += hand.do("fill_every", WORD)
    hand.do("click", "rail.person.evaluation")
    hand.do("click", "kind.courte")
    for name in ("short_fields.entourage", "short_fields.formation_emploi", "short_fields.loisirs"):
        hand.do("click", name)
    hand.do("fill", "interview_on", "auj")
    hand.do("click", "next")
    for step in ("formation_emploi", "analyse"):
        hand.do("click", f"steps.{step}")
        filled += hand.do("fill_every", WORD)
    hand.do("click", "rail.person.pacep")
    filled += hand.do("fill_every", WORD)
    return filled


def write_of_others(hand: FarHand) -> list[str]:
    """A partner."""
    hand.do("click", "rail.partners")
    hand.do("click", "partners.add")
    hand.do("fill", "partners_new", WORD)
    hand.do("click", "partners.write")
    return list(hand.do("fill_every", WORD))


def print_the_sheet(hand: FarHand, place: Place) -> None:
    hand.find(WORD)
    hand.do("click", "rail.person.prescriptions")
    hand.do("focus", "sheets.table")
    hand.do("press", "Enter")
    hand.do("see", "sheet.next")
    hand.do("press", "P", True)
    hand.do("click", "printing.go")
    hand.do("read", "envoi à l’imprimante")
    place.cups.until_printed(1)


# -- what the day left -----------------------------------------------------------------------------------------


def places_in_store(place: Place) -> set[str]:
    """The columns of the store that hold the word, read with its key."""
    clock = Clock()
    context = Entrance(place.store, clock, Ids(clock), cost=lambda: FLOOR).unlock("valbrune-07", PASSPHRASE).context
    found = set()
    with context.store.reading() as tx:
        tables = tx.connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        for table in tables:
            for row in tx.connection.execute(sa.text(f'SELECT * FROM "{table}"')).mappings():
                found |= {f"{table}.{name}" for name, value in row.items() if WORD in str(value)}
    lock(context, "close")
    return found


def test_the_word_is_in_the_store(place: Place) -> None:
    """The control of the next test: it was typed, saved, drafted, and it can be read with the key."""
    assert len(places_in_store(place)) > 15


def test_the_word_is_nowhere_in_clear(place: Place) -> None:
    scanner = Scanner([WORD])
    assert [str(leak) for folder in place.folders for leak in scanner.in_folder(folder)] == []
    assert sum(path.is_file() for folder in place.folders for path in folder.rglob("*")) > 10


def bits_a_byte(content: bytes) -> float:
    """Shannon's entropy: 8 for noise, 4 or 5 for text and tables."""
    counts = Counter(content)
    return -sum(count / len(content) * log2(count / len(content)) for count in counts.values())


def test_the_store_its_log_and_its_backups_look_like_noise(place: Place, tmp_path: Path) -> None:
    """And a file of SQLite in clear does not."""
    clock = Clock()
    context = Entrance(place.store, clock, Ids(clock), cost=lambda: FLOOR).unlock("valbrune-07", PASSPHRASE).context
    services = make_services(context)
    services.partners.add(f"Association {WORD}")  # so that the log holds something
    files = [place.store / "store.db", place.store / "store.db-wal", *(place.store / "backups").rglob("*")]
    kept = [path for path in files if path.is_file() and path.stat().st_size > _PAGES]
    contents = {str(path.relative_to(place.store)): path.read_bytes() for path in kept}
    noisy = {name: (content[:15] != _HEADER, bits_a_byte(content)) for name, content in contents.items()}
    lock(context, "close")
    assert {"store.db", "store.db-wal"} <= set(noisy)
    assert len(noisy) > 2, "no backup was made"
    assert all(hidden and bits > 7.9 for hidden, bits in noisy.values()), noisy
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.executescript(
        "CREATE TABLE t(a); WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i+1 FROM n WHERE i < 9999) "
        "INSERT INTO t SELECT 'ligne ' || i FROM n"
    )
    plain.close()
    content = (tmp_path / "plain.db").read_bytes()
    assert content.startswith(_HEADER)
    assert bits_a_byte(content) < 7.9


def test_the_printed_paper_held_the_word(place: Place, tmp_path: Path) -> None:
    """The control of the spool: the same paper sent by `lp` to a server that keeps its jobs is found."""
    clock = Clock()
    context = Entrance(place.store, clock, Ids(clock), cost=lambda: FLOOR).unlock("valbrune-07", PASSPHRASE).context
    services = make_services(context)
    with context.store.reading() as tx:
        sheets = tx.connection.execute(sa.text("SELECT object FROM journal WHERE act = 'print'")).scalars().all()
    paper = services.prescriptions.papers.issued(UUID(sheets[0]))
    lock(context, "close")
    with print_server(tmp_path / "cups", preserve="PreserveJobFiles Yes") as keeping:
        subprocess.run(
            ["lp", "-d", "Bureau", "-"], input=paper.content, env={**os.environ, **keeping.environment}, check=True
        )
        keeping.until_printed(1)
        assert any("PDF" in str(leak) for leak in Scanner([WORD]).in_folder(keeping.spool))


def test_a_leaking_program_is_found_out_in_each_form(place: Place) -> None:
    leaks = place.root / "tmp" / "leaks"
    leaks.mkdir()
    hand = start(place, place.log.with_suffix(".3"))
    hand.open_situation(WORD)
    hand.do("click", "situation.tabs.civil")
    hand.do("fill", "resources", f"Dit {WORD} souvent")
    forms = hand.do("leak", str(leaks))
    hand.kill()
    found = [str(leak) for leak in Scanner([WORD]).in_folder(place.root)]
    missed = [form for form in forms if not any(f"leaks/{form}" in one for one in found)]
    assert sorted(forms) == sorted(LEAKS)
    assert missed == []
    assert any("the name" in one for one in found)
    shutil.rmtree(leaks)


def heard_of(place: Place, *numbers: int) -> listening.Heard:
    every = [listening.heard(place.log.with_suffix(f".{number}")) for number in numbers]
    paths = {path for heard in every for path in heard.written}
    return listening.Heard(
        [one for heard in every for one in heard.internet],
        {one for heard in every for one in heard.reached},
        {path: {one for heard in every for one in heard.written.get(path, ())} for path in paths},
        {one for heard in every for one in heard.programs},
    )


def test_no_socket_of_the_internet_but_those_of_printing_to_its_server(place: Place) -> None:
    heard = heard_of(place, 1, 2)
    assert heard.programs >= _OF_PRINTING
    assert {program for program, _ in heard.internet} == _OF_PRINTING
    assert {(host, port) for _, host, port in heard.reached} == {("127.0.0.1", place.cups.port)}


def test_a_program_that_opens_a_socket_is_heard(tmp_path: Path) -> None:
    """The control of the test above."""
    code = "from socket import *; socket().connect_ex(('127.0.0.1', 9)); "
    code += "socket(AF_INET, SOCK_DGRAM).sendto(b'x', ('127.0.0.9', 53))"
    subprocess.run([*listening.command(tmp_path / "log"), sys.executable, "-c", code], check=True)
    heard = listening.heard(tmp_path / "log")
    assert {(host, port) for _, host, port in heard.reached} == {("127.0.0.1", 9), ("127.0.0.9", 53)}
    assert heard.internet


def test_nothing_is_written_but_where_the_scanner_looks(place: Place) -> None:
    """A file written elsewhere, or made and deleted again, would escape the scan."""
    written = heard_of(place, 1, 2).written
    elsewhere = {path for path in written if not any(path.is_relative_to(folder) for folder in place.folders)}
    assert {path for path in elsewhere if not str(path).startswith(("/dev/", "/proc/"))} == set()
    inside = {path for path in written if any(path.is_relative_to(folder) for folder in place.folders)}
    assert inside
    gone = {path for path in inside if not path.exists() and path.is_relative_to(place.root)}
    assert {str(path) for path in gone if not passing(path.relative_to(place.root), written[path])} == set()


def passing(path: Path, programs: set[str]) -> bool:
    """What is made to be renamed or removed: encrypted (the store), a look (the settings), what a printer can do.

    `lpoptions` is given the name of a printer and nothing else: what it writes is the description of that printer.
    """
    return path.parts[0] == "store" or path.suffix == ".part" or programs == {"lpoptions"}
