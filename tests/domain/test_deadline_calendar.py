"""Working days and months as the law counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.deadline_calendar import Holiday, Unit, WorkingDays, easter
from spip_desktop.reference import working_days

DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))
COUNTED = st.sampled_from([Unit.WORKING_DAYS, Unit.OFFICE_DAYS])
TERRITORIES = st.sampled_from(["metropole", "alsace_moselle", "la_reunion", "polynesie"])
MAINLAND = working_days()


@pytest.mark.parametrize(
    "sunday",
    [date(1999, 4, 4), date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2025, 4, 20), date(2026, 4, 5)],
)
def test_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_eleven_holidays_of_a_year() -> None:
    """L. 3133-1 of the code du travail."""
    assert sorted(MAINLAND.of_year(2026)) == [
        date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25),
        date(2026, 7, 14), date(2026, 8, 15), date(2026, 11, 1), date(2026, 11, 11), date(2026, 12, 25),
    ]  # fmt: skip


def test_holidays_of_a_territory() -> None:
    def more(territory: str) -> set[date]:
        return set(working_days(territory).of_year(2026)) - set(MAINLAND.of_year(2026))

    assert more("alsace_moselle") == {date(2026, 4, 3), date(2026, 12, 26)}
    assert more("la_reunion") == {date(2026, 12, 20)}
    assert more("mayotte") == {date(2026, 4, 27)}
    assert more("inconnu") == set()


def test_a_holiday_begins_and_ends() -> None:
    days = WorkingDays((Holiday(month=3, day=1, since=date(2025, 1, 1), until=date(2025, 12, 31)),))
    assert [days.is_holiday(date(year, 3, 1)) for year in (2024, 2025, 2026)] == [False, True, False]


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        # Friday 20/11/2026: « ouvrés » leave Saturday out, « ouvrables » do not.
        (date(2026, 11, 20), 2, Unit.OFFICE_DAYS, date(2026, 11, 24)),
        (date(2026, 11, 20), 2, Unit.WORKING_DAYS, date(2026, 11, 23)),
        # Over 11 November.
        (date(2026, 11, 9), 3, Unit.OFFICE_DAYS, date(2026, 11, 13)),
        (date(2026, 11, 24), -2, Unit.OFFICE_DAYS, date(2026, 11, 20)),
        (date(2026, 11, 20), 5, Unit.DAYS, date(2026, 11, 25)),
        (date(2026, 11, 20), -2, Unit.WEEKS, date(2026, 11, 6)),
        # De quantième en quantième.
        (date(2026, 1, 31), 1, Unit.MONTHS, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, Unit.MONTHS, date(2025, 2, 28)),
        (date(2026, 8, 16), 3, Unit.MONTHS, date(2026, 11, 16)),
        (date(2026, 3, 31), -1, Unit.MONTHS, date(2026, 2, 28)),
    ],
)
def test_a_delay(start: date, count: int, unit: Unit, end: date) -> None:
    assert MAINLAND.add(start, count, unit) == end


@given(DAYS, st.integers(1, 60), COUNTED, TERRITORIES)
def test_a_delay_ends_on_a_worked_day_and_holds_that_many(start: date, count: int, unit: Unit, where: str) -> None:
    days = working_days(where)
    end = days.add(start, count, unit)
    between = [start + timedelta(days=one) for one in range(1, (end - start).days + 1)]
    assert days.is_worked(end, unit)
    assert sum(days.is_worked(one, unit) for one in between) == count


@given(DAYS, st.integers(1, 60), COUNTED)
def test_back_and_forth_from_a_worked_day(start: date, count: int, unit: Unit) -> None:
    start = MAINLAND.next_worked(start, unit)
    assert MAINLAND.add(MAINLAND.add(start, count, unit), -count, unit) == start


@given(DAYS, st.integers(1, 40), st.integers(1, 40), COUNTED)
def test_two_delays_are_their_sum(start: date, one: int, other: int, unit: Unit) -> None:
    assert MAINLAND.add(MAINLAND.add(start, one, unit), other, unit) == MAINLAND.add(start, one + other, unit)


@given(DAYS, DAYS, st.integers(-60, 60), st.sampled_from(list(Unit)))
def test_a_later_start_never_ends_earlier(one: date, other: date, count: int, unit: Unit) -> None:
    first, second = min(one, other), max(one, other)
    assert MAINLAND.add(first, count, unit) <= MAINLAND.add(second, count, unit)


@given(DAYS, st.integers(1, 60))
def test_ouvrables_are_never_longer_than_ouvres(start: date, count: int) -> None:
    assert MAINLAND.add(start, count, Unit.WORKING_DAYS) <= MAINLAND.add(start, count, Unit.OFFICE_DAYS)


@given(DAYS, st.integers(-240, 240))
def test_months_keep_the_day_or_end_on_the_last_of_the_month(start: date, count: int) -> None:
    end = MAINLAND.add(start, count, Unit.MONTHS)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
    assert end == add_months(start, count)


@given(DAYS)
def test_the_worked_day_around(day: date) -> None:
    assert MAINLAND.last_worked(day) <= day <= MAINLAND.next_worked(day)
    assert MAINLAND.is_worked(MAINLAND.last_worked(day), Unit.OFFICE_DAYS)


def test_a_release_due_on_a_holiday_is_the_worked_day_before() -> None:
    """CPP 716-3: 1 November 2026 is a Sunday and a holiday, the Saturday before is not worked in an office."""
    assert MAINLAND.last_worked(date(2026, 11, 1), Unit.WORKING_DAYS) == date(2026, 10, 31)
    assert MAINLAND.last_worked(date(2026, 11, 1)) == date(2026, 10, 30)
