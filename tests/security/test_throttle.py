"""The wait after wrong secrets: it grows, survives a restart, ends, and no clock makes it absurd."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.security.files import ATTEMPTS
from spip_desktop.security.throttle import Throttle
from spip_desktop.security.vault import Vault
from tests.security.kit import IDENTIFIER, OTHER_PHRASE, PHRASE, Ready, code_of


class Workstation:
    """A clock that tests set; each `throttle` is that of a program just started."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

    @property
    def throttle(self) -> Throttle:
        return Throttle(self.folder, Clock(lambda: self.now))

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def fail(self, pin: str = "") -> None:
        with pytest.raises(Refusal), self.throttle.attempt(pin):
            raise Refusal("wrong_pin" if pin else "wrong_passphrase")

    def succeed(self, pin: str = "") -> None:
        with self.throttle.attempt(pin):
            pass


@pytest.fixture
def station(tmp_path: Path) -> Workstation:
    return Workstation(tmp_path)


def test_the_wait_doubles_up_to_a_minute_and_stays_there(station: Workstation) -> None:
    waits = []
    for _ in range(12):
        station.fail()
        waits.append(station.throttle.seconds_left())
        station.move(waits[-1])
        assert station.throttle.seconds_left() == 0
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]


def test_a_restart_changes_nothing_and_no_attempt_passes_meanwhile(station: Workstation) -> None:
    for _ in range(3):
        station.fail()
        station.move(60)
    station.fail()
    station.move(3)
    assert station.throttle.seconds_left() == 5
    with pytest.raises(Refusal) as refusal, station.throttle.attempt():
        pytest.fail("the secret was tried")
    assert (refusal.value.code, refusal.value.problems[0].data) == ("throttled", {"seconds": 5})
    assert station.throttle.seconds_left() == 5  # asking costs nothing


def test_the_right_secret_ends_it_and_the_journal_hears_of_it(station: Workstation) -> None:
    start = station.now
    station.fail()
    station.move(1)
    station.fail()
    station.move(2)
    station.succeed()
    told = station.throttle.untold()
    assert (told.count, told.first, told.last) == (2, start, start + timedelta(seconds=1))
    station.throttle.told()
    assert not (station.folder / ATTEMPTS).exists()
    station.fail()
    assert station.throttle.seconds_left() == 1


def test_an_attempt_is_counted_before_it_is_made(station: Workstation) -> None:
    """Whoever kills the program in the middle of an attempt saves nothing."""
    with station.throttle.attempt():
        assert station.throttle.seconds_left() == 1
        assert station.throttle.untold().count == 1
    assert station.throttle.seconds_left() == 0


def test_what_is_not_a_mistake_costs_nothing(station: Workstation) -> None:
    with pytest.raises(Refusal), station.throttle.attempt():
        raise Refusal("memory_short", needed=256)
    assert (station.throttle.seconds_left(), station.throttle.untold().count) == (0, 0)


@pytest.mark.parametrize("back", [1, 3600, 86_400 * 400])
def test_a_clock_set_back_starts_the_wait_again_once(station: Workstation, back: int) -> None:
    for _ in range(5):
        station.fail()
        station.move(60)
    station.fail()
    station.move(-back)
    assert station.throttle.seconds_left() == 32
    station.move(20)
    assert station.throttle.seconds_left() == 12
    station.move(12)
    station.succeed()


def test_a_clock_set_forward_ends_the_wait_and_the_count_remains(station: Workstation) -> None:
    for _ in range(5):
        station.fail()
        station.move(60)
    station.fail()
    station.move(86_400)
    assert station.throttle.seconds_left() == 0
    station.fail()
    assert station.throttle.seconds_left() == 60


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"v":1', b'{"in_a_row":-1}', b'{"in_a_row":1e9}', b"[" * 100_000]
)
def test_a_damaged_file_counts_nothing(station: Workstation, content: bytes) -> None:
    station.fail()
    assert station.throttle.seconds_left() == 1  # the control
    (station.folder / ATTEMPTS).write_bytes(content)
    assert station.throttle.seconds_left() == 0
    station.succeed()


def test_a_folder_that_takes_no_file_keeps_nobody_out(station: Workstation) -> None:
    (station.folder / (ATTEMPTS + ".new")).mkdir()  # the temporary file cannot be made, even by root
    station.fail()
    station.succeed()


def test_the_file_says_nothing_but_numbers_and_instants(ready: Ready) -> None:
    assert code_of(lambda: ready.vault.unlock(IDENTIFIER, OTHER_PHRASE)) == "wrong_passphrase"
    written = (ready.folder / ATTEMPTS).read_text("ascii")
    assert '"in_a_row": 1' in written  # it is read
    for secret in (IDENTIFIER, *OTHER_PHRASE.split()):
        assert secret not in written


def test_a_wrong_passphrase_makes_the_right_one_wait(ready: Ready) -> None:
    station = Workstation(ready.folder)
    vault = Vault(ready.folder, Clock(lambda: station.now))
    assert code_of(lambda: vault.unlock(IDENTIFIER, OTHER_PHRASE)) == "wrong_passphrase"
    assert code_of(lambda: vault.unlock(IDENTIFIER, PHRASE)) == "throttled"
    station.move(1)
    assert bytes(vault.unlock(IDENTIFIER, PHRASE).key) == ready.key
