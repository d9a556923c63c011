"""What live processes of the program hold: everything while the store is open, nothing once it is locked."""

from datetime import date
from pathlib import Path

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.security.derivation import FLOOR
from spip_desktop.security.vault import Vault
from spip_desktop.services.person import QuickStart
from spip_desktop.services.unlock import Entrance, lock
from spip_desktop.wiring import make_services
from tests.canary.scanner import Scanner
from tests.scenarios.conftest import PASSPHRASE, Open
from tests.scenarios.far_hand import FarHand

NOTE = "Kwyztélune ne dort plus"
#: What no lock may leave behind. The name was in the store before the program started, the note was typed in it.
NAME = "Wojtczakówna"
WORDS = {"note": NOTE, "name": NAME, "passphrase": PASSPHRASE}


def add_person(folder: Path) -> None:
    """Someone whose name no docstring of the program bears."""
    clock = Clock()
    entrance = Entrance(folder, clock, Ids(clock), cost=lambda: FLOOR)
    context = entrance.unlock("valbrune-07", PASSPHRASE).context
    make_services(context).persons.quick_start(
        QuickStart(birth_name=NAME, first_names="Anna", birth_date=date(1990, 1, 2), ecrou_number="54321")
    )
    lock(context, "close")


def scanner_of(folder: Path) -> Scanner:
    """The key is taken out of its file in this process, which is not the program."""
    key = bytes(Vault(folder, Clock(), lambda: FLOOR).unlock("valbrune-07", PASSPHRASE).key)
    return Scanner(WORDS.values(), keys=[key], in_memory=True)


def family(pid: int, home: Path) -> set[int]:
    """The program and every process it started, even those it let go: their profile tells."""
    told = f"HOME={home}".encode()
    found = {pid}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if told in (process / "environ").read_bytes().split(b"\0"):
                found.add(int(process.name))
        except OSError:
            continue  # ended meanwhile, or another account's
    return found


def held(hand: FarHand, home: Path, scanner: Scanner) -> set[str]:
    """Which secrets the live processes of the program hold."""
    forms = {form for pid in family(hand.pid, home) for form in scanner.in_memory(pid)}
    return {name for name, word in WORDS.items() if any(word in form for form in forms)} | (
        {"key"} if any("key" in form for form in forms) else set()
    )


def test_the_memory_holds_everything_while_open_and_nothing_once_locked(
    start: Open, folder: Path, tmp_path: Path
) -> None:
    add_person(folder)
    home, scanner = tmp_path / "home", scanner_of(folder)
    hand = start(ROBOT_READABLE="1")
    hand.do("see", "open")
    hand.do("fill", "identifier", "valbrune-07")
    hand.do("fill", "passphrase", PASSPHRASE)
    assert held(hand, home, scanner) == {"passphrase"}
    hand.do("press", "Enter")
    hand.do("see", "top_bar")
    hand.open_situation("wojtcz")
    hand.do("fill", "resources", NOTE)
    hand.do("wait", 1_800)
    assert held(hand, home, scanner) >= {"note", "name", "key"}
    hand.send("press", "L", True)
    hand.wait_for("ready")
    hand.do("see", "open")
    hand.do("wait", 300)
    assert held(hand, home, scanner) == set()
