"""The machine's clock is set back and forward, and the hour changes: shown, in the journal, and nothing is upset."""

from datetime import UTC, datetime, timedelta

from spip_desktop.db import journal
from spip_desktop.db.schema import JOURNAL
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.dates import hour_with_seconds
from spip_desktop.domain.text import NBSP
from spip_desktop.services.health import HealthService
from spip_desktop.services.unlock import lock
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from tests.faults.conftest import House
from tests.faults.day import new_person
from tests.store_fixtures import MovableClock


def acts(services: Services) -> list[str]:
    with services.context.store.reading() as tx:
        return list(tx.connection.scalars(JOURNAL.select().with_only_columns(JOURNAL.c.act).order_by(JOURNAL.c.seq)))


def holds(services: Services) -> bool:
    store = services.context.store
    with store.reading() as tx:
        return journal.first_break(tx.connection, store.identity.journal_key) is None


def test_a_clock_set_back_is_said_and_journalled_and_order_holds(house: House, moving: MovableClock) -> None:
    services = house.services()
    first = services.persons.quick_start(new_person(700))
    lock(services.context)
    moving.move(days=-3)
    services = house.services()
    (notice,) = services.health.begin()
    assert (notice.code, notice.data) == ("clock_back", {"now": "19/11/2026", "latest": "22/11/2026"})
    assert "22/11/2026" in sentence(notice)
    second = services.persons.quick_start(new_person(701))
    assert holds(services)
    said = acts(services)
    assert said[said.index("clock_changed") - 1] == "unlock"
    assert set(said[said.index("clock_changed") + 1 :]) == {"start_person"}
    with services.context.store.reading() as tx:
        lines = list(
            tx.connection.exec_driver_sql("SELECT object FROM journal WHERE act = 'start_person' ORDER BY seq")
        )
    told = [line[0] for line in lines]
    assert told.index(str(first)) < told.index(str(second))
    # What was due goes on being due.
    services.backups.make("work")
    assert services.backups.status().days == 0
    lock(services.context)


def test_a_clock_set_back_by_some_hours_is_told_by_its_hours(house: House, moving: MovableClock) -> None:
    lock(house.services().context)
    moving.move(hours=-2)
    (notice,) = house.services().health.begin()
    said = sentence(notice).replace(NBSP, " ")
    assert "elle dit le 22/11/2026 à 13 h 02" in said
    assert "le magasin a déjà écrit le 22/11/2026 à 15 h 02" in said


def test_a_normal_morning_says_nothing(house: House, moving: MovableClock) -> None:
    """Control."""
    lock(house.services().context)
    moving.move(days=21)
    services = house.services()
    assert services.health.begin() == ()
    assert "clock_changed" not in acts(services)


def test_a_store_closed_longer_than_any_leave_asks_to_look_at_the_date(house: House, moving: MovableClock) -> None:
    lock(house.services().context)
    moving.move(days=400)
    (notice,) = house.services().health.begin()
    assert notice.code == "clock_forward"


def test_a_clock_that_jumps_while_one_works_is_seen(house: House, moving: MovableClock) -> None:
    services = house.services()
    ticking = [0.0]
    health = HealthService(services.context, lambda: ticking[0])

    def pass_time(seconds: float, *, by_the_clock: float | None = None) -> timedelta | None:
        ticking[0] += seconds
        moving.move(seconds=seconds if by_the_clock is None else by_the_clock)
        jump = health.watch_clock()
        return jump.by if jump else None

    assert pass_time(60) is None
    assert pass_time(60) is None
    assert pass_time(8 * 3600) is None  # the machine slept: time went by for both
    assert pass_time(60, by_the_clock=60 - 3600) == timedelta(hours=-1)
    assert pass_time(60) is None
    assert pass_time(60, by_the_clock=86_460) == timedelta(days=1)
    assert pass_time(60, by_the_clock=61) is None  # corrected by a second, as clocks are
    assert acts(services).count("clock_changed") == 2


def test_the_night_the_hour_changes_twice_is_the_same_hour(house: House, moving: MovableClock) -> None:
    """25 October 2026: 2 h to 3 h comes twice in Paris, once in UTC."""
    moving.instant = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    lock(house.services().context)  # of before what the store remembers: it is said once
    services = house.services()
    health = HealthService(services.context, lambda: moving.instant.timestamp())
    shown, instants = [], []
    for number in range(6):
        services.persons.quick_start(new_person(700 + number))
        shown.append(hour_with_seconds(services.clock.now()))
        instants.append(services.clock.now())
        assert health.watch_clock() is None
        moving.move(minutes=20)
    assert instants == sorted(set(instants))
    assert shown[0] == shown[3]  # 2:30 comes twice
    assert {instant.astimezone(PARIS).date() for instant in instants} == {datetime(2026, 10, 25, tzinfo=PARIS).date()}
    assert holds(services)
    made = services.backups.make("work")
    moving.move(minutes=29)
    services.persons.quick_start(new_person(720))
    assert not services.backups.due()
    moving.move(minutes=1)
    assert services.backups.due()
    assert services.backups.status().newest == made
