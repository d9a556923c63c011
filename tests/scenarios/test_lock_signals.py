"""The session locks, the screen saver starts, the machine sleeps, twelve hours go by: the real program locks itself.

Real buses of the tests' own carry the real signals; logind and the screen saver are played at their other end.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.security import instance
from tests.rigs.bus import ANOTHER_SESSION, Login, Speaker, bus
from tests.rigs.print_server import until
from tests.scenarios.conftest import PASSPHRASE, Open
from tests.scenarios.far_hand import FarHand

TYPED = "Dit dormir mal"
IDENTITY = {
    "service.name": "SPIP de l’Orsanne",
    "service.branch": "antenne de Valbrune",
    "identifier": "valbrune-07",
    "family_name": "Vasseur",
    "first_name": "Claire",
    "phone": "05 36 49 12 07",
}
NOBODY = "unix:path=/nowhere/at/all"


@dataclass
class Buses:
    system: str
    session: str

    @property
    def environment(self) -> dict[str, str]:
        return {"DBUS_SYSTEM_BUS_ADDRESS": self.system, "DBUS_SESSION_BUS_ADDRESS": self.session}


@pytest.fixture(scope="module")
def buses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Buses]:
    folder = tmp_path_factory.mktemp("buses")
    with bus(folder / "system") as system, bus(folder / "session") as session:
        yield Buses(system, session)


@pytest.fixture
def login(buses: Buses) -> Iterator[Login]:
    made = Login(buses.system)
    yield made
    made.close()


@pytest.fixture
def hand(enter: Open, buses: Buses, login: Login) -> FarHand:
    """The program at work, half a sentence typed, listening to both buses."""
    made = enter(**buses.environment)
    until(lambda: {"Inhibit", "GetSession"} <= set(login.asked), "the program asks logind")
    made.open_situation("perrin")
    made.do("fill", "resources", TYPED)
    made.do("wait", 50)  # the answers of logind are heard
    return made


def assert_locked(hand: FarHand, folder: Path, why: str) -> None:
    """It locked by itself, said why, kept the store, and gives the text back."""
    hand.wait_for("ready")
    hand.do("read", "Verrouillé à")
    hand.do("read", why)
    with pytest.raises(Refusal, match="already_running"):
        instance.take(folder)
    hand.unlock(PASSPHRASE)
    assert hand.do("text", "resources") == TYPED


def assert_awake(hand: FarHand) -> None:
    """The control: what is not a reason to lock leaves everything as it is."""
    hand.do("wait", 300)
    assert hand.do("text", "resources") == TYPED


def test_sleep_waits_until_the_program_is_locked(hand: FarHand, login: Login, folder: Path) -> None:
    login.prepare_for_sleep(False)  # waking up
    assert_awake(hand)
    assert login.held()
    login.prepare_for_sleep()
    hand.wait_for("ready")
    until(lambda: not login.held(), "the delay is let go")
    hand.heard.clear()
    hand.do("read", "à la mise en veille du poste")
    hand.unlock(PASSPHRASE)
    assert hand.do("text", "resources") == TYPED


def test_several_signals_at_once_make_one_lock(hand: FarHand, login: Login, buses: Buses, folder: Path) -> None:
    """Closing the lid tells all of them within a few milliseconds."""
    speaker = Speaker(buses.session)
    for saver in ("org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver"):
        speaker.tell(f"/{saver.replace('.', '/')}", saver, "ActiveChanged", True)
    login.lock_session()
    login.prepare_for_sleep()
    assert_locked(hand, folder, "Votre travail est enregistré")
    speaker.close()


def test_the_lock_of_this_session_locks_and_not_that_of_another(hand: FarHand, login: Login, folder: Path) -> None:
    login.lock_session(ANOTHER_SESSION)
    assert_awake(hand)
    login.lock_session()
    assert_locked(hand, folder, "avec la session du poste")


@pytest.mark.parametrize("saver", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_a_screen_saver_that_starts_locks(hand: FarHand, buses: Buses, folder: Path, saver: str) -> None:
    speaker = Speaker(buses.session)
    path = f"/{saver.replace('.', '/')}"
    speaker.tell(path, saver, "ActiveChanged", False)
    assert_awake(hand)
    speaker.tell(path, saver, "ActiveChanged", True)
    assert_locked(hand, folder, "avec la session du poste")
    speaker.close()


def test_where_logind_does_not_know_our_session_any_lock_is_ours(enter: Open, buses: Buses, folder: Path) -> None:
    with ExitStack() as stack:
        login = Login(buses.system, knows_sessions=False)
        stack.callback(login.close)
        hand = enter(**buses.environment)
        until(lambda: "GetSession" in login.asked, "the program asks logind")
        hand.open_situation("perrin")
        hand.do("fill", "resources", TYPED)
        login.lock_session(ANOTHER_SESSION)
        assert_locked(hand, folder, "avec la session du poste")


def test_twelve_hours_lock_whatever_one_does(enter: Open, folder: Path) -> None:
    hand = enter(DBUS_SYSTEM_BUS_ADDRESS=NOBODY, DBUS_SESSION_BUS_ADDRESS=NOBODY)
    hand.open_situation("perrin")
    hand.do("fill", "resources", TYPED)
    hand.do("jump", 12 * 3600 - 120, 60)
    assert_awake(hand)
    hand.send("jump", 180, 60)
    assert_locked(hand, folder, "après douze heures d’ouverture")


def test_a_sleep_that_nobody_announced_is_seen_on_waking_up(enter: Open, folder: Path) -> None:
    hand = enter(DBUS_SYSTEM_BUS_ADDRESS=NOBODY, DBUS_SESSION_BUS_ADDRESS=NOBODY)
    hand.open_situation("perrin")
    hand.do("fill", "resources", TYPED)
    hand.do("jump", 80)
    assert_awake(hand)
    hand.send("jump", 1200)
    assert_locked(hand, folder, "à la mise en veille du poste")


def test_the_key_shown_at_the_entrance_does_not_wait_for_whoever_comes_by(
    start: Open, buses: Buses, login: Login, tmp_path: Path
) -> None:
    """A first start left on the page of the recovery key: the store is open behind it."""
    new = tmp_path / "new"
    new.mkdir()
    hand = start(new, **buses.environment)
    hand.do("click", "notice_read")
    hand.do("click", "next")
    for name, text in IDENTITY.items():
        hand.do("fill", name, text)
    login.lock_session()
    hand.do("wait", 300)
    hand.do("see", "phone")  # the control: nothing is open yet, and what was typed stays
    hand.do("click", "next")
    hand.do("fill", "passphrase", PASSPHRASE)
    hand.do("fill", "again", PASSPHRASE)
    hand.do("click", "next")
    hand.do("see", "confirm")
    until(lambda: {"Inhibit", "GetSession"} <= set(login.asked), "the program asks logind")
    hand.do("wait", 50)
    login.lock_session()
    hand.wait_for("ready")
    hand.do("read", "Personne n’était entré")
    hand.unlock(PASSPHRASE)
    hand.do("read", "clé de secours")
