"""Dates are typed any sensible way, and months counted as the law counts them."""

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spip_desktop.domain import dates
from spip_desktop.domain.dates import add_months, parse_date, parse_hour
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
#: Signs that dates are made of, so that the search for an odd exception is not lost in letters.
DATE_LIKE = st.text("0123456789/-. +jsmaJSMA\u00a0²٣", max_size=14)


def outcome(read: Callable[[], object]) -> object:
    """What was read, or the code of the refusal."""
    try:
        return read()
    except Refusal as refusal:
        return refusal.code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3/4/26", date(2026, 4, 3)),
        ("030426", date(2026, 4, 3)),
        ("03042026", date(2026, 4, 3)),
        ("3-4-2026", date(2026, 4, 3)),
        ("3.4.2026", date(2026, 4, 3)),
        ("3 4 26", date(2026, 4, 3)),
        (" 03/04/2026 ", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        ("3/4", date(2026, 4, 3)),
        ("29/02/2028", date(2028, 2, 29)),
        ("1/1/75", date(2075, 1, 1)),
        ("1/1/77", date(1977, 1, 1)),
        ("+3s", date(2026, 12, 13)),
        ("+ 3 s", date(2026, 12, 13)),
        ("-2m", date(2026, 9, 22)),
        ("+1a", date(2027, 11, 22)),
        ("+10", date(2026, 12, 2)),
        ("-10j", date(2026, 11, 12)),
        ("auj", TODAY),
        ("Aujourd’hui", TODAY),
        ("j", TODAY),
    ],
)
def test_a_date_is_read(typed: str, read: date) -> None:
    assert parse_date(typed, TODAY) == read


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_nothing_typed_is_no_date(typed: str) -> None:
    assert parse_date(typed, TODAY) is None
    assert parse_hour(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("29/02/2027", "date_impossible"),
        ("31/04", "date_impossible"),
        ("31/04/26", "date_impossible"),
        ("00/01/2026", "date_impossible"),
        ("1/13/2026", "date_impossible"),
        ("1/1/0000", "date_impossible"),
        ("+9999a", "date_impossible"),
        ("-9999s", None),
        ("29/02/20x", "date_unreadable"),
        ("29/02/202", "date_unreadable"),
        ("demain", "date_unreadable"),
        ("+3x", "date_unreadable"),
        ("3", "date_unreadable"),
    ],
)
def test_what_is_no_date_is_refused_with_its_words(typed: str, code: str | None) -> None:
    if code is None:
        assert parse_date(typed, TODAY) is not None
        return
    with pytest.raises(Refusal) as refusal:
        parse_date(typed, TODAY, "born")
    problem = refusal.value.problems[0]
    assert (problem.code, problem.field, problem.data) == (code, "born", {"text": typed})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3/4/04", date(2004, 4, 3)),
        ("3/4/26", date(2026, 4, 3)),
        ("25/12/26", date(1926, 12, 25)),
        ("22/11/26", TODAY),
        ("23/11/26", date(1926, 11, 23)),
        ("1/1/27", date(1927, 1, 1)),
        ("25/12", date(2025, 12, 25)),
        ("25/12/2030", date(2030, 12, 25)),
    ],
)
def test_a_birth_date_is_past(typed: str, read: date) -> None:
    assert parse_date(typed, TODAY, past=True) == read


@given(DATE_LIKE | st.text(max_size=20), st.booleans(), st.dates())
@example("+9999m", False, date.max)
@example("-9999a", False, date.min)
@example("29/2/00", True, date(2000, 1, 15))
@example("00/00/00", True, date.min)
def test_nonsense_is_refused_and_never_a_bug(text: str, past: bool, today: date) -> None:
    read = outcome(lambda: parse_date(text, today, past=past))
    assert read in (None, "date_unreadable", "date_impossible") or isinstance(read, date)


@given(DAYS, st.sampled_from(["{d:02}/{m:02}/{y:04}", "{d}-{m}-{y}", "{d:02}{m:02}{y:04}", "{y:04}-{m:02}-{d:02}"]))
def test_every_day_written_in_full_is_read_back(day: date, form: str) -> None:
    assert parse_date(form.format(d=day.day, m=day.month, y=day.year), TODAY) == day


@given(DAYS, DAYS)
def test_two_digit_years_of_birth_are_the_latest_past_ones(day: date, today: date) -> None:
    read = outcome(lambda: parse_date(f"{day.day}/{day.month}/{day.year % 100:02}", today, past=True))
    if isinstance(read, date):
        assert read <= today
        assert today.year - read.year <= 100
    else:
        assert (read, day.day, day.month) == ("date_impossible", 29, 2)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 30), 13, date(2027, 2, 28)),
        (date(2026, 11, 22), 14, date(2028, 1, 22)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 3, 15), -3, date(2025, 12, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_go_from_day_to_same_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@given(DAYS, st.integers(-240, 240))
def test_only_a_day_that_does_not_exist_is_moved_to_the_last(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or end.day == calendar.monthrange(end.year, end.month)[1] < day.day


@pytest.mark.parametrize(
    ("typed", "read"),
    [("14h30", (14, 30)), ("14 h 30", (14, 30)), ("14:30", (14, 30)), ("1430", (14, 30)), ("9h", (9, 0)),
     ("9", (9, 0)), ("0h05", (0, 5)), (f"14{NBSP}h{NBSP}30", (14, 30)), ("14.30", (14, 30))],
)  # fmt: skip
def test_an_hour_is_read(typed: str, read: tuple[int, int]) -> None:
    assert parse_hour(typed) == read


@given(DATE_LIKE | st.text(max_size=12))
@example("24h")
@example("14h60")
@example("midi")
def test_an_hour_that_is_none_is_refused(text: str) -> None:
    read = outcome(lambda: parse_hour(text))
    if isinstance(read, tuple):
        assert read[0] in range(24)
        assert read[1] in range(60)
    else:
        assert read in (None, "hour_unreadable")


def test_ages_change_on_the_birthday() -> None:
    born = date(2004, 2, 29)
    assert dates.age(born, date(2026, 2, 28)) == 21
    assert dates.age(born, date(2026, 3, 1)) == 22
    assert dates.age(date(2000, 11, 22), TODAY) == 26


def test_dates_as_they_are_read() -> None:
    assert dates.short(date(2026, 4, 3)) == "03/04/2026"
    assert dates.short(None) == ""
    assert dates.long(date(2026, 11, 20)) == "vendredi 20 novembre 2026"
    assert dates.long(date(2026, 8, 1)) == "samedi 1er août 2026"
    assert dates.short_with_day(TODAY) == "dim. 22/11/2026"
    assert dates.month_of(date(2027, 6, 1)) == "juin 2027"
    assert dates.days_between(date(2026, 11, 20), TODAY) == 2


def test_months_that_follow_are_said_by_the_first_and_the_last() -> None:
    days = [date(2025, 7, 5), date(2025, 8, 5), *(date(2025, month, 5) for month in (10, 11, 12)), date(2026, 1, 5)]
    assert dates.months_of(days) == "juillet 2025, août 2025, octobre 2025 à janvier 2026"
    assert dates.months_of([]) == ""


def test_hours_are_those_of_paris() -> None:
    summer, winter = datetime(2026, 7, 1, 12, 30, 5, tzinfo=UTC), datetime(2026, 12, 1, 12, 30, 5, tzinfo=UTC)
    assert dates.hour(summer) == f"14{NBSP}h{NBSP}30"
    assert dates.hour(winter) == f"13{NBSP}h{NBSP}30"
    assert dates.hour_with_seconds(winter) == "13:30:05"
