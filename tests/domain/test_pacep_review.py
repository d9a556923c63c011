"""When a plan in force is looked at again: the nearest day wins, only a written exemption puts it off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.event import Event
from spip_desktop.domain.pacep_review import ENTERED, ReviewCause, ReviewGround, review_of
from spip_desktop.domain.pacep_states import KIND, EventCode

SINCE, TODAY = date(2026, 6, 1), date(2026, 11, 22)
DAYS = st.dates(SINCE, TODAY)
LATER = st.dates(SINCE + timedelta(days=1), date(2029, 1, 1))
GROUNDS = st.builds(
    ReviewGround, since=st.just(SINCE), months=st.sampled_from([3, 6, 12]), chosen=st.none() | LATER,
    ends_on=st.none() | LATER, held=st.booleans(), measures=st.lists(DAYS, max_size=2).map(tuple),
)  # fmt: skip


def entered(code: EventCode, day: date, minute: int, **detail: str) -> Event:
    at = datetime(2026, 11, 22, 8, tzinfo=UTC) + timedelta(minutes=minute)
    return Event(
        id=uuid4(), kind=KIND, object_id=uuid4(), code=code, happened_on=day, entered_at=at, entered_by=uuid4(),
        detail=detail,
    )  # fmt: skip


ADVANCES = st.lists(
    st.builds(
        lambda day, cause: entered(EventCode.REVIEW_ADVANCED, day, 0, cause=cause.value), DAYS, st.sampled_from(ENTERED)
    ),
    max_size=3,
)


@given(GROUNDS, ADVANCES)
def test_the_window_is_never_after_what_bounds_it(ground: ReviewGround, events: list[Event]) -> None:
    found = review_of(ground, events, TODAY)
    assert ground.since <= found.opens <= found.closes or found.closes < ground.since
    assert found.closes <= add_months(SINCE, ground.months)
    for bound in (ground.chosen, ground.ends_on):
        assert bound is None or found.closes <= bound
    assert not (found.is_late(TODAY) and found.is_due(TODAY))


@given(GROUNDS, ADVANCES, DAYS)
def test_one_more_event_never_puts_the_review_off(ground: ReviewGround, events: list[Event], day: date) -> None:
    one_more = entered(EventCode.REVIEW_ADVANCED, day, 5, cause="incident")
    assert review_of(ground, [*events, one_more], TODAY).closes <= review_of(ground, events, TODAY).closes


@given(GROUNDS, ADVANCES, LATER)
def test_an_exemption_sets_the_day_but_not_past_the_end(ground: ReviewGround, events: list[Event], until: date) -> None:
    exemption = entered(EventCode.REVIEW_PUT_OFF, TODAY, 9, until=until.isoformat())
    found = review_of(ground, [*events, exemption], TODAY)
    assert found.closes == (min(until, ground.ends_on) if ground.ends_on else until)


@pytest.mark.parametrize(
    ("changes", "closes", "cause"),
    [
        ({}, date(2026, 12, 1), ReviewCause.LEVEL),
        ({"chosen": date(2026, 11, 30)}, date(2026, 11, 30), ReviewCause.CHOSEN),
        ({"ends_on": date(2026, 11, 25)}, date(2026, 11, 25), ReviewCause.END),
        ({"measures": (date(2026, 10, 1),)}, date(2026, 11, 1), ReviewCause.NEW_MEASURE),
        ({"months": 12, "ends_on": date(2027, 4, 1), "held": True}, date(2026, 11, 1), ReviewCause.RELEASE),
        ({"months": 12, "ends_on": date(2027, 4, 1)}, date(2027, 4, 1), ReviewCause.END),
        ({"months": 12, "ends_on": date(2027, 9, 1), "held": True}, date(2027, 6, 1), ReviewCause.LEVEL),
    ],
)
def test_what_sets_the_day_is_told(changes: dict[str, object], closes: date, cause: ReviewCause) -> None:
    ground = replace(ReviewGround(since=SINCE, months=6), **changes)  # type: ignore[arg-type]
    found = review_of(ground, (), TODAY)
    assert (found.closes, found.cause) == (closes, cause)


def test_what_is_entered_the_day_the_plan_begins_advances_its_review() -> None:
    ground = ReviewGround(since=TODAY, months=6, incidents=(TODAY,))
    assert review_of(ground, [], TODAY).cause is ReviewCause.LEVEL  # control: the incident that morning was known
    said = entered(EventCode.REVIEW_ADVANCED, TODAY, 5, cause="bilan")
    assert review_of(ground, [said], TODAY).closes == date(2026, 12, 22)


def test_what_is_entered_after_the_review_was_put_off_the_same_day_advances_it() -> None:
    ground = ReviewGround(since=SINCE, months=12)
    put_off = entered(EventCode.REVIEW_PUT_OFF, TODAY, 5, until="2027-11-22")
    before, after = (entered(EventCode.REVIEW_ADVANCED, TODAY, minute, cause="autre") for minute in (4, 6))
    assert review_of(ground, [before, put_off], TODAY).cause is ReviewCause.POSTPONED  # control
    assert review_of(ground, [put_off, after], TODAY).closes == date(2026, 12, 22)
