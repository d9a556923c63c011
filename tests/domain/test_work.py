"""Travail d'intérêt général: done and left add up, nights count whole, R. 623-16 is told week by week."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.measure import Measure, Suspension
from spip_desktop.domain.work import WorkSession, WorkTerms, count, latest_end, length, session_problems

NOBODY, TODAY = UUID(int=0), date(2026, 11, 22)


def measure(**more: Any) -> Measure:
    return Measure(id=NOBODY, person_id=NOBODY, kind="TIG", hours=more.pop("hours", 105), **more)


def session(
    number: int, on: date = TODAY, begins: int | None = 480, finishes: int | None = 900, **more: Any
) -> WorkSession:
    minutes = more.pop("minutes", length(begins, finishes, more.get("pause", 0)))
    return WorkSession(
        id=UUID(int=number), person_id=NOBODY, measure_id=NOBODY, done_on=on, begins=begins, finishes=finishes,
        minutes=minutes, **more,
    )  # fmt: skip


def found_in(
    one: WorkSession, others: Sequence[WorkSession] = (), decided: date | None = None
) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in session_problems(one, others, decided, TODAY)]


@given(st.lists(st.integers(1, 12 * 60), max_size=40), st.integers(20, 400))
def test_done_and_left_make_what_was_ordered_until_it_is_done(lengths: list[int], hours: int) -> None:
    every = [session(number, minutes=minutes) for number, minutes in enumerate(lengths, 1)]
    found = count(measure(hours=hours), every, (), TODAY)
    assert found.done == sum(lengths)
    assert found.left is not None
    assert found.left >= 0
    assert found.done + found.left == max(hours * 60, found.done)
    assert found.is_done is (found.done >= hours * 60)


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_a_session_lasts_less_than_a_day_past_midnight_or_not(begins: int, finishes: int) -> None:
    assert 0 <= length(begins, finishes, 0) < 24 * 60
    assert (length(begins, finishes, 0) + begins - finishes) % (24 * 60) == 0


def test_a_night_counts_whole() -> None:
    assert length(21 * 60, 5 * 60, 30) == 7 * 60 + 30
    assert found_in(session(1, begins=480, finishes=480)) == [("work_length", "finishes")]
    assert found_in(session(1, finishes=None, minutes=60)) == [("required", "finishes")]
    assert found_in(session(1, begins=None, finishes=None, minutes=40 * 60)) == []


def test_the_same_hours_are_not_counted_twice() -> None:
    morning = session(1, begins=480, finishes=720)
    assert found_in(session(2, begins=660, finishes=840), [morning]) == [("work_overlaps", "begins")]
    assert found_in(session(2, begins=720, finishes=840), [morning]) == []
    night = session(3, morning.done_on - timedelta(days=1), begins=22 * 60, finishes=9 * 60)
    assert found_in(morning, [night]) == [("work_overlaps", "begins")]


def test_no_session_is_before_the_decision() -> None:
    one = session(1, begins=480, finishes=720)
    assert found_in(one, decided=one.done_on + timedelta(days=1)) == [("work_before_decision", "done_on")]
    assert found_in(one, decided=one.done_on) == []


def test_a_day_over_its_mark_is_told_sooner_for_who_is_under_eighteen() -> None:
    day = [session(1, begins=480, finishes=720), session(2, begins=780, finishes=1080)]
    born = TODAY.replace(year=TODAY.year - 17)
    assert count(measure(), day, (), TODAY).long_days == ()
    assert [(one.minutes, one.limit) for one in count(measure(), day, (), TODAY, born).long_days] == [(540, 480)]
    longer = [*day, session(3, begins=1080, finishes=1200)]
    assert [one.limit for one in count(measure(), longer, (), TODAY).long_days] == [600]


def test_the_delay_is_that_of_the_decision_else_eighteen_months_with_what_was_suspended() -> None:
    assert latest_end(measure(), TODAY) is None
    enforceable = measure(definitive_on=date(2026, 3, 10))
    assert latest_end(enforceable, TODAY) == date(2027, 9, 10)
    held = Suspension(id=NOBODY, starts=date(2026, 5, 1), ends=date(2026, 5, 31), reason="detention")
    later = measure(definitive_on=date(2026, 3, 10), suspensions=(held,))
    assert latest_end(later, TODAY) == date(2027, 9, 10) + timedelta(days=30)
    assert latest_end(measure(definitive_on=date(2026, 3, 10), ends_planned=date(2027, 3, 10)), TODAY) == date(
        2027, 3, 10
    )


def test_a_week_over_the_legal_week_and_twelve_hours_is_told() -> None:
    monday = date(2026, 11, 16)
    terms = WorkTerms(
        id=NOBODY, person_id=NOBODY, measure_id=NOBODY, starts=monday, authority="dspip", decided_on=monday,
        host="Mairie", job_minutes=39 * 60,
    )  # fmt: skip
    day = [session(number, monday + timedelta(days=number), begins=840, finishes=1080) for number in range(3)]
    found = count(measure(), day, [terms], TODAY)
    assert [(week.monday, week.minutes) for week in found.over] == [(monday, 51 * 60)]
    assert count(measure(), day[:2], [terms], TODAY).over == ()
