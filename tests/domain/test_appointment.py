"""Rules of appointments and of the agenda, for any day, hour and order of facts."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.db.appointment import outcomes
from spip_desktop.domain.agenda import Half, OfficerAbsence, Permanence, days_between, half_of, week_of
from spip_desktop.domain.appointment import (
    FURTHEST,
    INSIDE,
    Appointment,
    Around,
    Where,
    appointment_problems,
    appointment_warnings,
    is_ahead,
)
from spip_desktop.domain.appointment_paper import CallLine, Convocation, by_building, in_gender
from spip_desktop.domain.appointment_states import (
    Answer,
    EventCode,
    Standing,
    answer_problems,
    outcome_problems,
    reaction_days,
    stand,
)
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.event import Event
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.sheet import Letterhead
from spip_desktop.reference import working_days
from spip_desktop.services.appointment_lists import kind_of, kinds, outcomes_in, template_of

TODAY = date(2026, 11, 22)
ANNA, CLAIRE, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
DAYS = st.dates(TODAY, TODAY + timedelta(days=400))
MINUTES = st.integers(0, 24 * 60 - 1)
LENGTHS = st.integers(1, 240)


def made(number: int = 9, *, day: date = TODAY, begins: int = 600, **more: object) -> Appointment:
    given_ = {"person_id": ANNA, "officer_id": CLAIRE, "kind": "suivi", **more}
    return Appointment(id=UUID(int=number), day=day, begins=begins, made_on=TODAY, **given_)  # type: ignore[arg-type]


def fact(code: EventCode, at: int, on: date = TODAY, **detail: str) -> Event:
    return Event(
        id=UUID(int=at + 100), kind="appointment", object_id=UUID(int=9), code=code, happened_on=on,
        entered_at=datetime(2026, 11, 22, tzinfo=UTC) + timedelta(minutes=at), entered_by=CLAIRE, detail=detail,
    )  # fmt: skip


@given(MINUTES, LENGTHS, MINUTES, LENGTHS)
def test_two_at_once_is_seen_from_both_sides_and_one_after_the_other_is_not(
    first: int, long: int, second: int, longer: int
) -> None:
    one, two = made(1, begins=first, lasts=long), made(2, begins=second, lasts=longer, person_id=OTHER)
    assert one.overlaps(two) is two.overlaps(one)
    assert one.overlaps(two) is bool(set(range(first, first + long)) & set(range(second, second + longer)))
    told = [problem.code for problem in _warned(one, two)]
    assert ("appointment_clash_officer" in told) is one.overlaps(two)


@given(DAYS, st.booleans())
def test_a_day_nobody_works_is_told_once_except_of_what_is_held_any_day(day: date, alsace: bool) -> None:
    calendar = working_days("alsace_moselle" if alsace else "metropole")
    usual = {one.code for one in appointment_warnings(made(day=day), kind_of("suivi"), Around(calendar=calendar))}
    closed = day.weekday() == 6 or calendar.is_holiday(day)
    assert len(usual) == closed
    for kind in ("tig", "ddse"):
        assert appointment_warnings(made(day=day), kind_of(kind), Around(calendar=calendar)) == []


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_an_appointment_is_for_today_or_within_a_year(day: date) -> None:
    allowed = TODAY <= day <= TODAY + FURTHEST
    assert (appointment_problems(made(day=day), TODAY) == []) is allowed


@given(DAYS.filter(lambda day: day <= TODAY + FURTHEST), DAYS, st.sampled_from(["", " ", "Hospitalisée"]))
def test_past_the_legal_day_a_reason_is_written(day: date, legal: date, reason: str) -> None:
    codes = [one.code for one in appointment_problems(made(day=day, legal_until=legal, late_reason=reason), TODAY)]
    assert ("appointment_past_legal" in codes) is (day > legal and not reason.strip())


@given(MINUTES, LENGTHS)
def test_a_visit_is_between_six_and_twenty_one(begins: int, lasts: int) -> None:
    one = made(begins=begins, lasts=lasts, where=Where.HOME)
    told = "appointment_visit_hours" in [problem.code for problem in appointment_problems(one, TODAY)]
    assert told is (begins < 360 or begins + lasts > 1260)


@given(st.sampled_from(list(outcomes().values())), DAYS, MINUTES, MINUTES)
def test_no_outcome_before_the_hour_and_none_of_another_milieu(kind: object, day: date, begins: int, now: int) -> None:
    for milieu in Milieu:
        one = made(day=day, begins=begins, milieu=milieu)
        refused = outcome_problems(one, kind, TODAY + timedelta(days=500), TODAY, now)  # type: ignore[arg-type]
        assert bool(refused) is (is_ahead(one, TODAY, now) or milieu not in kind.milieux)  # type: ignore[attr-defined]


def test_nothing_of_detention_is_an_absence() -> None:
    for kind in outcomes_in(Milieu.CUSTODY):
        standing = stand([fact(EventCode.OUTCOME, 1, outcome=kind.code)], outcomes()).standing
        assert standing not in (Standing.MISSED, Standing.PROOF_AWAITED)
        problems = answer_problems(made(milieu=Milieu.CUSTODY), Answer.CALL, TODAY, None, "", TODAY, missed=True)
        assert [one.code for one in problems] == ["answer_no_absence"]


_CODES = st.sampled_from(list(outcomes()))


@given(st.lists(_CODES, min_size=1, max_size=6))
def test_the_last_word_counts_and_every_line_stays(codes: list[str]) -> None:
    events = [fact(EventCode.OUTCOME, number, outcome=code) for number, code in enumerate(codes)]
    alone = stand(events[-1:], outcomes())
    assert stand(events, outcomes()) == alone
    assert stand(reversed(events), outcomes()) == alone  # by the order of entry, not of the list
    again = [*events, fact(EventCode.REOPENED, 50)]
    assert stand(again, outcomes()).standing is Standing.PLANNED


@given(st.lists(st.integers(0, 30), max_size=5))
def test_the_reaction_is_that_of_the_first_answer(days: list[int]) -> None:
    events = [
        fact(EventCode.ANSWER, number, TODAY + timedelta(days=after), answer="relance")
        for number, after in enumerate(days)
    ]
    assert reaction_days(made(), events) == (min(days) if days else None)


@given(st.sampled_from(["day", "hour", "address"]), st.sampled_from(["", "  "]))
def test_a_convocation_without_its_day_its_hour_or_its_address_cannot_exist(part: str, empty: str) -> None:
    head = Letterhead(heading="", name="")
    whole = {
        "sender": head, "recipient": head, "title": "Suivi", "day": TODAY, "hour": "14 h 30", "place": "SPIP",
        "address": "4, rue des Tanneurs", "opening": "Vous êtes convoquée {when}", "cannot": "", "lasts": 30,
        "signed_by": "", "made_on": TODAY,
    }  # fmt: skip
    Convocation(**whole)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="without"):
        Convocation(**{**whole, part: None if part == "day" else empty})  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="does not say when"):
        Convocation(**{**whole, "opening": "Vous êtes convoquée"})  # type: ignore[arg-type]


def test_every_paper_says_when() -> None:
    """Each template that is a letter, of every kind at every place: a type of the service cannot forget the hour."""
    for kind in kinds().values():
        for where in set(Where) - INSIDE:
            assert "{when}" in template_of(kind, where).opening


def test_the_words_agree_with_the_person() -> None:
    assert in_gender("convoqué(e), venu(e)", "F") == "convoquée, venue"
    assert in_gender("convoqué(e)", "M") == "convoqué"
    assert in_gender("convoqué(e)", "") == "convoqué(e)"


@given(st.lists(st.tuples(st.sampled_from(["Bâtiment A", "Bâtiment B"]), MINUTES), max_size=12))
def test_a_call_list_loses_nobody(seen: list[tuple[str, int]]) -> None:
    lines = [
        CallLine(hour="", half=half_of(begins), person=str(number), officer="", site="", building=building)
        for number, (building, begins) in enumerate(seen)
    ]
    found = by_building(lines)
    assert sorted(one.person for every in found.values() for one in every) == sorted(one.person for one in lines)
    assert list(found) == sorted(found, key=lambda key: (key[0], key[1] is Half.AFTERNOON))


@given(DAYS, st.integers(0, 60), DAYS, MINUTES, st.integers(1, 120), st.sampled_from(list(Half)))
def test_an_absence_covers_its_days_and_its_half(
    starts: date, long: int, day: date, begins: int, lasts: int, half: Half
) -> None:
    away = OfficerAbsence(id=OTHER, officer_id=CLAIRE, starts=starts, ends=starts + timedelta(days=long), half=half)
    minutes = range(begins, begins + lasts)
    in_half = {Half.DAY: True, Half.MORNING: minutes[0] < 720, Half.AFTERNOON: minutes[-1] >= 720}[half]
    assert away.covers(day, begins, begins + lasts) is (day in days_between(starts, away.ends) and in_half)


@given(DAYS, DAYS)
def test_a_weekly_permanence_comes_back_on_its_day_of_the_week(first: date, day: date) -> None:
    weekly = Permanence(id=OTHER, label="", day=first, begins=540, ends=720, weekly=True)
    assert weekly.falls_on(day) is (day >= first and day.weekday() == first.weekday())
    monday, sunday = week_of(day)
    assert (monday.weekday(), sunday.weekday(), monday <= day <= sunday) == (0, 6, True)


def _warned(one: Appointment, other: Appointment) -> list[Problem]:
    around = Around(others=[other], calendar=working_days())
    return list(appointment_warnings(one, kind_of("suivi"), around))
