"""Hours out: at any day one grid at most, without a hole between the grants, and each decision says who took it."""

import itertools
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.hours import HoursLine, HoursStep, hours_on, hours_problems, pending, periods
from spip_desktop.domain.week_hours import parse_week

NOBODY, START, TODAY = UUID(int=0), date(2026, 1, 5), date(2026, 11, 22)
WEEK = parse_week("lun-ven 8h-18h")
AUTHORITIES = ("jap", "chef_etablissement", "dspip")


def line(number: int, step: HoursStep = HoursStep.GRANTED, on: date = START, **more: Any) -> HoursLine:
    more = {"slots": WEEK, "authority": "" if step is HoursStep.ASKED else "jap"} | more
    return HoursLine(id=UUID(int=number), person_id=NOBODY, measure_id=NOBODY, step=step, happened_on=on, **more)


@st.composite
def grants(draw: st.DrawFn) -> HoursLine:
    starts = draw(st.dates(START, TODAY))
    ends = draw(st.none() | st.integers(0, 60).map(lambda days: starts + timedelta(days=days)))
    return line(draw(st.integers(1, 10**6)), on=starts, starts=starts, ends=ends)


lines = st.lists(grants(), max_size=6, unique_by=lambda one: one.id)


@given(lines)
def test_the_periods_say_of_each_day_what_holds_on_it(every: list[HoursLine]) -> None:
    found = periods(every)
    for before, after in itertools.pairwise(found):
        assert before.ends is not None
        assert before.ends < after.starts
    for days in range((TODAY - START).days + 90):
        day = START + timedelta(days=days)
        named = [one.line for one in found if one.starts <= day and (one.ends is None or day <= one.ends)]
        assert named == ([held] if (held := hours_on(every, day)) else [])


@given(
    st.lists(grants().map(lambda one: line(one.id.int, on=one.happened_on)), min_size=1, unique_by=lambda one: one.id)
)
def test_from_the_first_grant_without_end_no_day_is_left_out(every: list[HoursLine]) -> None:
    found = periods(every)
    assert found[0].starts == min(one.happened_on for one in every)
    assert found[-1].ends is None
    assert all(a.ends == b.starts - timedelta(days=1) for a, b in itertools.pairwise(found) if a.ends)


def test_after_a_change_for_a_time_the_earlier_hours_hold_again() -> None:
    usual, week = line(1), line(2, on=date(2026, 3, 2), starts=date(2026, 3, 2), ends=date(2026, 3, 8))
    assert [(one.line.id.int, one.starts) for one in periods([usual, week])] == [
        (1, START), (2, date(2026, 3, 2)), (1, date(2026, 3, 9)),
    ]  # fmt: skip


def test_a_request_waits_until_a_decision_answers_it() -> None:
    asked = line(1, HoursStep.ASKED)
    assert pending([asked]) == (asked,)
    assert pending([asked, line(2, HoursStep.REFUSED, answers=asked.id)]) == ()
    again = line(3, answers=asked.id)
    problems = hours_problems(again, [asked, line(2, answers=asked.id)], AUTHORITIES, TODAY)
    assert [one.code for one in problems] == ["request_already_answered"]


def test_another_than_the_judge_needs_the_judge_s_authorisation() -> None:
    changed = line(1, authority="chef_etablissement")
    assert [one.code for one in hours_problems(changed, [], AUTHORITIES, TODAY)] == ["jap_authorisation_needed"]
    given_ = line(1, authority="chef_etablissement", jap_on=START)
    assert hours_problems(given_, [], AUTHORITIES, TODAY) == []
    assert hours_problems(line(1), [], AUTHORITIES, TODAY) == []
    assert [one.field for one in hours_problems(line(1, authority="cpip"), [], AUTHORITIES, TODAY)] == ["authority"]
