"""Sorting and showing the rows of « Mon tableau », whatever they hold."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.caseload import Column, Row, Show, Value, View, columns_of, in_order, shown, with_sort

TODAY = date(2026, 11, 22)
_VALUES: dict[Column, st.SearchStrategy[Value]] = {
    Column.RELEASE: st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    Column.AGE: st.none() | st.integers(18, 90),
    Column.CELL: st.sampled_from(["", "B 2 214", "A 1 12", "é"]),
    Column.LAST_MET: st.none() | st.dates(date(2026, 1, 1), TODAY),
}


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    names = draw(st.lists(st.text("abé", min_size=1, max_size=4), max_size=8))
    return [
        Row(UUID(int=n), {column: draw(one) for column, one in _VALUES.items()} | {Column.NAME: name}, name)
        for n, name in enumerate(names)
    ]


@given(rows(), st.sampled_from(list(_VALUES)), st.booleans())
def test_a_sort_loses_nobody_and_puts_what_is_not_known_last(every: list[Row], column: Column, down: bool) -> None:
    found = in_order(every, column, descending=down)
    assert sorted(row.person_id.int for row in found) == sorted(row.person_id.int for row in every)
    known = [row.values[column] not in (None, "") for row in found]
    assert known == sorted(known, reverse=True)


@given(rows(), st.sampled_from([Column.RELEASE, Column.AGE]), st.booleans())
def test_days_and_counts_go_by_their_size(every: list[Row], column: Column, down: bool) -> None:
    values = [row.values[column] for row in in_order(every, column, descending=down)]
    known = [one for one in values if one is not None]
    assert known == sorted(known, reverse=down)


@given(rows(), st.sampled_from(list(Show)))
def test_a_view_shows_some_of_the_rows_and_never_another(every: list[Row], show: Show) -> None:
    found = shown(every, show, TODAY)
    assert all(row in every for row in found)
    if show is Show.LEAVING:
        assert all(TODAY <= row.values[Column.RELEASE] <= date(2027, 2, 22) for row in found)  # type: ignore[operator]
    if show is Show.NEVER_MET:
        assert found == [row for row in every if row.values[Column.LAST_MET] is None]


def test_a_column_of_another_version_is_passed_over_and_the_name_stays_first() -> None:
    view = View(id=UUID(int=1), officer_id=UUID(int=2), name="x", columns=("cap", "disparue", "nom", "age"))
    assert columns_of(view) == (Column.NAME, Column.COMMISSION, Column.AGE)


def test_a_head_clicked_twice_turns_the_sort_round() -> None:
    view = View(id=UUID(int=1), officer_id=UUID(int=2), name="x", columns=())
    once = with_sort(view, Column.AGE)
    assert (once.sort, once.descending) == (Column.AGE, False)
    assert with_sort(once, Column.AGE).descending
    assert not with_sort(with_sort(once, Column.AGE), Column.END).descending
