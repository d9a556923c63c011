"""A store made by the real entrance at the floor cost, with its keys, its anchor and a hundred dossiers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spip_desktop.db.connection import Connect
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, lock
from spip_desktop.wiring import Services, make_services
from tests.faults.day import new_person
from tests.store_fixtures import MovableClock, make_officer, make_service

PASSPHRASE = "quatre girafes boivent du thé tiède"
PERSONS = 60


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the store, and its recovery key as the paper has it."""
    folder = tmp_path_factory.mktemp("faults") / "store"
    clock = MovableClock().clock
    ids = Ids(clock)
    entrance = Entrance(folder, clock, ids, cost=lambda: FLOOR)
    first = FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)
    entry = entrance.first_start(first)
    assert entry.paper is not None
    entrance.confirm_paper(entry)
    services = make_services(entry.context)
    for number in range(PERSONS):
        services.persons.quick_start(new_person(number))
    lock(entry.context, "close")
    return folder, entry.paper.text


@pytest.fixture
def folder(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "store"))


@pytest.fixture
def paper(made: tuple[Path, str]) -> str:
    return made[1]


class House:
    """A store folder and how one comes in."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self._open: list[Entry] = []

    @property
    def store(self) -> Path:
        return self.folder / "store.db"

    @property
    def entrance(self) -> Entrance:
        return Entrance(self.folder, self.clock, Ids(self.clock), cost=lambda: FLOOR)

    def enter(self) -> Entry:
        entry = self.entrance.unlock("valbrune-07", PASSPHRASE)
        self._open.append(entry)
        return entry

    def services(self) -> Services:
        return make_services(self.enter().context)

    def leave(self) -> None:
        """As a kill does: nothing is said to the store."""
        while self._open:
            self._open.pop().context.store.close()


@pytest.fixture
def house(folder: Path, moving: MovableClock) -> Iterator[House]:
    moving.move(hours=1)
    made = House(folder, moving.clock)
    yield made
    made.leave()


def connect_of(entry: Entry) -> Connect:
    return entry.context.store.connect
