"""A store made by the real entrance at the floor cost, with one dossier, and programs that open it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.person import QuickStart
from spip_desktop.services.unlock import Entrance, FirstStart, lock
from spip_desktop.wiring import make_services
from tests.scenarios.far_hand import FarHand
from tests.store_fixtures import make_officer, make_service

PASSPHRASE = "quatre girafes boivent du thé tiède"
Open = Callable[..., FarHand]


@pytest.fixture(scope="session")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "store"
    clock = Clock()
    ids = Ids(clock)
    entrance = Entrance(folder, clock, ids, cost=lambda: FLOOR)
    first = FirstStart(service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True)
    entry = entrance.first_start(first)
    entrance.confirm_paper(entry)
    context = entry.context
    make_services(context).persons.quick_start(
        QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    )
    lock(context, "close")
    return folder


@pytest.fixture
def folder(made_store: Path, tmp_path: Path) -> Path:
    """A store folder of this test's own."""
    return Path(shutil.copytree(made_store, tmp_path / "store"))


@pytest.fixture
def start(folder: Path, tmp_path: Path) -> Iterator[Open]:
    """Start the program on the folder (or another one), without unlocking it; all are ended after the test.

    Words beside are variables of its environment.
    """
    started: list[FarHand] = []

    def begin(where: Path | None = None, **more: str) -> FarHand:
        hand = FarHand(where or folder, tmp_path / "home", more=more)
        started.append(hand)
        return hand

    yield begin
    for hand in started:
        hand.kill()


@pytest.fixture
def enter(start: Open) -> Open:
    """Start the program and unlock it."""

    def begin(where: Path | None = None, **more: str) -> FarHand:
        hand = start(where, **more)
        hand.unlock(PASSPHRASE)
        return hand

    return begin
