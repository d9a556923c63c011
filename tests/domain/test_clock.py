"""Instants are UTC, days are those of Paris."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from spip_desktop.domain.clock import PARIS, Clock


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_the_day_changes_at_midnight_in_paris(instant: datetime, day: date) -> None:
    assert Clock(lambda: instant).today() == day


def test_an_instant_of_another_zone_is_told_in_utc() -> None:
    clock = Clock(lambda: datetime(2026, 11, 22, 3, 0, tzinfo=timezone(timedelta(hours=-10))))
    assert clock.now() == datetime(2026, 11, 22, 13, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    assert clock.local().tzinfo is PARIS
    assert clock.local().hour == 14


def test_the_usual_clock_goes_forward() -> None:
    clock = Clock()
    assert clock.now() <= clock.now()
