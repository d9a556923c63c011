"""The marks of the fiche pénale: worked out, or said not to be."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.marks import Mark, MarkCode, MarkState, marks, moved, point_of_span, release
from spip_desktop.domain.measure import Custody, LineState, PenalCategory, SentenceLine, SentenceSheet

TODAY = date(2026, 11, 22)
PERSON = UUID(int=1)
SHEET = SentenceSheet(
    id=UUID(int=2),
    person_id=PERSON,
    as_of=date(2026, 11, 3),
    sentence_start=date(2026, 4, 22),
    end_official=date(2027, 6, 22),
    commission_on=date(2027, 1, 28),
    lines=(SentenceLine(id=UUID(int=3), label="TC Valbrune, 22/04/2026", quantum_months=14),),
)
CUSTODY = Custody(
    id=UUID(int=4),
    person_id=PERSON,
    establishment="MA de Valbrune",
    starts=date(2026, 4, 22),
    penal_category=PenalCategory.CONVICTED,
)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


def changed(**fields: object) -> SentenceSheet:
    from dataclasses import replace

    return replace(SHEET, **fields)  # type: ignore[arg-type]


def by_code(sheet: SentenceSheet | None, custody: Custody | None = CUSTODY) -> dict[MarkCode, Mark]:
    return {mark.code: mark for mark in marks(sheet, custody, TODAY)}


def test_the_five_dates_of_the_reference_picture() -> None:
    found = by_code(SHEET)
    assert found[MarkCode.CUSTODY] == Mark(code=MarkCode.CUSTODY, day=date(2026, 4, 22), state=MarkState.REGISTRY)
    assert found[MarkCode.HALF] == Mark(code=MarkCode.HALF, day=date(2026, 11, 22), state=MarkState.INDICATIVE)
    assert found[MarkCode.COMMISSION].day == date(2027, 1, 28)
    assert found[MarkCode.TWO_THIRDS] == Mark(
        code=MarkCode.TWO_THIRDS, day=date(2027, 2, 1), state=MarkState.INDICATIVE
    )
    assert found[MarkCode.END] == Mark(code=MarkCode.END, day=date(2027, 6, 22), state=MarkState.REGISTRY)


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        (None, "no_sheet"),
        (changed(end_official=None), "no_end_date"),
        (changed(surety_until=date(2026, 12, 1)), "surety_period"),
        (changed(remission_withdrawn_days=10), "remission_withdrawn"),
        (changed(end_official=date(2026, 1, 1)), "dates_disagree"),
        (changed(lines=SHEET.lines * 2), "several_lines"),
    ],
)
def test_what_cannot_be_worked_out_says_why(sheet: SentenceSheet | None, why: str) -> None:
    found = by_code(sheet)
    assert found[MarkCode.HALF] == Mark(code=MarkCode.HALF, day=None, state=MarkState.UNKNOWN, why=why)
    assert found[MarkCode.TWO_THIRDS].why == why


def test_a_served_line_does_not_count_among_several() -> None:
    served = SentenceLine(id=UUID(int=9), label="ancienne", state=LineState.SERVED)
    assert by_code(changed(lines=(*SHEET.lines, served)))[MarkCode.HALF].state is MarkState.INDICATIVE


def test_nothing_is_worked_out_for_a_person_on_remand() -> None:
    from dataclasses import replace

    found = by_code(SHEET, replace(CUSTODY, penal_category=PenalCategory.REMAND))
    assert found[MarkCode.HALF].why == found[MarkCode.TWO_THIRDS].why == "remand"


def test_no_start_at_all_is_said() -> None:
    assert by_code(changed(sentence_start=None), None)[MarkCode.HALF].why == "no_start"


def test_provisional_detention_brings_the_marks_nearer() -> None:
    sheet = changed(sentence_start=date(2026, 6, 22), provisional_days=61)
    assert by_code(sheet)[MarkCode.HALF].day == date(2026, 11, 22)


def test_the_release_is_the_earliest_with_its_origin() -> None:
    from dataclasses import replace

    assert release(SHEET, CUSTODY, TODAY).why == "official_end"
    sheet = changed(lsc_on=date(2027, 2, 10))
    assert (release(sheet, CUSTODY, TODAY).day, release(sheet, CUSTODY, TODAY).why) == (date(2027, 2, 10), "lsc")
    sheet = changed(lsc_on=date(2027, 2, 10), adjustment_decided_for=date(2027, 1, 5))
    assert release(sheet, CUSTODY, TODAY).why == "adjustment"
    aiming = replace(CUSTODY, release_target_on=date(2026, 12, 24))
    assert release(sheet, aiming, TODAY) == Mark(
        code=MarkCode.RELEASE, day=date(2026, 12, 24), state=MarkState.AIMED, why="target"
    )
    assert release(sheet, aiming, TODAY, acquired=True).why == "adjustment"


def test_a_release_gone_by_gives_way_to_a_later_one() -> None:
    assert release(changed(lsc_on=date(2026, 10, 1)), CUSTODY, TODAY).why == "official_end"


def test_no_source_gives_no_release() -> None:
    assert release(None, CUSTODY, TODAY) == Mark(
        code=MarkCode.RELEASE, day=None, state=MarkState.UNKNOWN, why="no_sheet"
    )


def test_a_new_edition_shows_what_moved_and_nothing_else() -> None:
    before = marks(SHEET, CUSTODY, TODAY)
    after = marks(changed(as_of=date(2026, 11, 20), end_official=date(2027, 5, 22)), CUSTODY, TODAY)
    found = {one.after.code: (one.before.day, one.after.day) for one in moved(before, after)}
    assert set(found) == {MarkCode.HALF, MarkCode.TWO_THIRDS, MarkCode.END, MarkCode.RELEASE}
    assert found[MarkCode.END] == (date(2027, 6, 22), date(2027, 5, 22))
    assert moved(before, before) == ()


def test_a_sheet_that_may_change_says_so() -> None:
    assert by_code(changed(may_change=True))[MarkCode.HALF].why == "may_change"


@given(DAYS, st.integers(min_value=1, max_value=12000))
def test_the_marks_lie_in_order_inside_the_sentence(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    half, two_thirds = point_of_span(start, end, 1, 2), point_of_span(start, end, 2, 3)
    assert start <= half <= two_thirds <= end


@given(DAYS, st.integers(min_value=1, max_value=12000), st.integers(min_value=1, max_value=400))
def test_a_longer_sentence_never_brings_a_mark_nearer(start: date, length: int, more: int) -> None:
    end = start + timedelta(days=length)
    shorter, longer = point_of_span(start, end, 1, 2), point_of_span(start, end + timedelta(days=more), 1, 2)
    assert longer >= shorter - timedelta(days=2)  # months of 28 and 31 days: two days of play at most


@given(DAYS, st.integers(min_value=1, max_value=12000))
def test_half_is_the_middle_within_two_days(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assert abs((point_of_span(start, end, 1, 2) - start).days - length / 2) <= 2.5
