"""A real encrypted store for each test, copied from a template made once, and a clock that tests move."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import officer as officers
from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.db.store import Store, create_store, open_store
from spip_desktop.domain.clock import PARIS, Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Actor, Officer, Role, Service
from spip_desktop.domain.person import Assignment
from spip_desktop.services.context import Context

KEY = bytes(range(32))
STORE_ID = UUID("01a20000-0000-7000-8000-000000000001")
#: Day J of the reference pictures: Sunday 22 November 2026, 14:02 in Paris.
DAY_J = datetime(2026, 11, 22, 14, 2, 31, tzinfo=PARIS)


class MovableClock:
    """Stands for the workstation's clock: tests move it, nothing else does."""

    def __init__(self, start: datetime = DAY_J) -> None:
        self.instant = start.astimezone(UTC)
        self.clock = Clock(lambda: self.instant)

    @property
    def today(self) -> date:
        return self.clock.today()

    def move(self, **by: float) -> None:
        """Move by timedelta words: days=1, minutes=16…"""
        self.instant += timedelta(**by)

    def set_day(self, day: date) -> None:
        self.instant = datetime(day.year, day.month, day.day, 14, 2, 31, tzinfo=PARIS).astimezone(UTC)


def make_officer(ids: Ids, *roles: Role, identifier: str = "valbrune-07") -> Officer:
    return Officer(
        id=ids.new(),
        identifier=identifier,
        family_name="Vasseur",
        first_name="Claire",
        title="Madame",
        function="cpip",
        roles=roles or (Role.CPIP, Role.ADMIN_TECHNIQUE),
        milieu="mixte",
        phone="05 36 49 12 07",
        email="c.vasseur@antenne-valbrune.example",
        administrative_number="240117",
    )


def entrusted(context: Context, person_id: UUID, *roles: Role) -> Context:
    """A new officer of these roles at work in the same store, to whom the dossier is assigned."""
    officer = replace(make_officer(context.ids, *roles, identifier="falaise-31"), first_name="Ali")
    assignment = Assignment(
        id=context.ids.new(), person_id=person_id, officer_id=officer.id, starts=context.clock.today()
    )
    with context.store.transaction(context.actor, "add_officer") as tx:
        officers.OFFICERS.save(tx, officer)
        ASSIGNMENTS.save(tx, assignment)
        tx.note("officer", officer.id)
    return Context(context.store, replace(context.actor, officer=officer))


def make_service(ids: Ids) -> Service:
    return Service(
        id=ids.new(),
        name="SPIP",
        branch="antenne de Valbrune",
        address="4, rue des Tanneurs",
        postal_code="31999",
        city="Valbrune",
        phone="05 36 49 12 00",
        email="antenne@antenne-valbrune.example",
        neutral_name="Service d’accompagnement de Valbrune",
    )


@pytest.fixture
def moving() -> MovableClock:
    return MovableClock()


@pytest.fixture
def clock(moving: MovableClock) -> Clock:
    return moving.clock


@pytest.fixture
def ids(clock: Clock) -> Ids:
    return Ids(clock)


@pytest.fixture(scope="session")
def template_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a service and one officer, Claire Vasseur (CPIP)."""
    folder = tmp_path_factory.mktemp("template")
    clock = MovableClock().clock
    ids = Ids(clock)
    store = create_store(folder / "store.db", KEY, STORE_ID, clock, ids)
    claire = make_officer(ids)
    with store.transaction(Actor(claire), "first_start") as tx:
        officers.OFFICERS.save(tx, claire)
        officers.SERVICES.save(tx, make_service(ids))
        tx.note("officer", claire.id)
    store.checkpoint()
    store.close()
    return folder / "store.db"


@pytest.fixture
def store(template_store: Path, tmp_path: Path, clock: Clock, ids: Ids) -> Iterator[Store]:
    folder = tmp_path / "store"
    folder.mkdir()
    shutil.copy(template_store, folder / "store.db")
    opened = open_store(folder / "store.db", KEY, clock, ids)
    yield opened
    opened.close()


@pytest.fixture
def context(store: Store) -> Context:
    """The store with Claire Vasseur at work, in a service without a DPIP in the store."""
    with store.reading() as tx:
        return Context(store, officers.actor(tx, officers.by_identifier(tx, "valbrune-07")))


@pytest.fixture
def dpip_context(store: Store, context: Context) -> Context:
    """The same store with a DPIP at work; the store has a DPIP from then on."""
    dpip = make_officer(store.ids, Role.DPIP, identifier="valbrune-01")
    with store.transaction(context.actor, "add_officer") as tx:
        officers.OFFICERS.save(tx, dpip)
        tx.note("officer", dpip.id)
    with store.reading() as tx:
        return Context(store, officers.actor(tx, dpip))
