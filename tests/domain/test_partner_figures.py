"""What became of sheets, counted per partner; and what no figure may give away."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest

from spip_desktop.domain.partner_figures import LEAST, Fate, PartnerFigures, SheetFact, figures, without_small
from spip_desktop.domain.prescription_states import SheetState

GIVEN = date(2026, 3, 2)
PARTNER = UUID(int=900)
RESULTS = ("atteint", "en_partie", "non_atteint", "trop_tot")
S = SheetState


def sheet(number: int, *states: tuple[SheetState, int], result: str = "", person: int = 0) -> list[SheetFact]:
    """One sheet handed over on GIVEN, then its states, so many days later."""
    return [
        SheetFact(
            sheet_id=UUID(int=number),
            person_id=UUID(int=person or number),
            partner_id=PARTNER,
            state=state,
            on=GIVEN + timedelta(days=days),
            result=result if state is S.REPORTED else "",
        )
        for state, days in ((S.HANDED_OVER, 0), *states)
    ]


def counted(sheets: Sequence[list[SheetFact]]) -> PartnerFigures:
    (one,) = figures([fact for facts in sheets for fact in facts], {PARTNER: "ML"}, RESULTS)
    return one


@pytest.mark.parametrize(
    ("states", "fate"),
    [
        ([], Fate.SILENT),
        ([(S.NO_ANSWER, 20)], Fate.SILENT),
        ([(S.RECEIVED, 1)], Fate.SILENT),
        ([(S.MEETING_FIXED, 4)], Fate.ANSWERED),
        ([(S.REFUSED, 4)], Fate.REFUSED),
        ([(S.REFUSED, 4), (S.ACCEPTED, 9)], Fate.ACCEPTED),
        ([(S.NO_ANSWER, 20), (S.RUNNING, 30)], Fate.ACCEPTED),
        ([(S.REPORTED, 30), (S.CLOSED, 31)], Fate.ACCEPTED),
        ([(S.CANCELLED, 3)], Fate.CANCELLED),
        ([(S.WITHDRAWN, 3), (S.PARTNER_TOLD, 4)], Fate.CANCELLED),
    ],
)
def test_a_sheet_is_counted_once_for_what_became_of_it(states: list[tuple[SheetState, int]], fate: Fate) -> None:
    one = counted([sheet(number, *states) for number in range(1, 7)])
    assert one.sheets == 6
    assert one.fates == {key: 6 if key is fate else 0 for key in Fate}


def test_the_delay_is_the_median_to_the_first_answer() -> None:
    late = [
        sheet(n, (S.RECEIVED, 1), (S.MEETING_FIXED, days), (S.ACCEPTED, 60))
        for n, days in enumerate((2, 4, 9, 10, 30), 1)
    ]
    assert counted(late).delay == 9
    assert counted([*late, sheet(6)]).delay == 9  # one without an answer has no delay
    assert counted([*late[:4], sheet(5), sheet(6)]).delay is None  # of four answers none is told


def test_the_results_are_those_of_the_last_bilan() -> None:
    sheets = [sheet(n, (S.REPORTED, 30), result="atteint") for n in range(1, 6)]
    again = sheet(6, (S.REPORTED, 30), result="trop_tot")
    again += [fact for fact in sheet(6, (S.REPORTED, 90), result="atteint") if fact.state is S.REPORTED]
    assert counted([*sheets, again]).results == {"atteint": 6, "en_partie": 0, "non_atteint": 0, "trop_tot": 0}
    assert set(counted([*sheets[:4], sheet(8), sheet(9)]).results.values()) == {None}


def test_a_partner_of_few_persons_shows_no_figure_however_many_sheets() -> None:
    one = counted([sheet(n, (S.ACCEPTED, 3), person=1 + n % (LEAST - 1)) for n in range(1, 30)])
    assert (one.sheets, one.delay) == (None, None)
    assert set(one.fates.values()) | set(one.results.values()) == {None}


def test_no_small_number_is_told_nor_found_by_subtraction() -> None:
    """For every way of sharing a few sheets out: what is shown leaves at least two values for each hidden small one."""
    keys = ("a", "b", "c")
    for counts in product(range(9), repeat=3):
        if sum(counts) < LEAST:
            continue
        shown = without_small(dict(zip(keys, counts, strict=True)), keys)
        assert all(value is None or value == 0 or value >= LEAST for value in shown.values())
        same = [
            other
            for other in product(range(sum(counts) + 1), repeat=3)
            if sum(other) == sum(counts)
            and all(shown[key] in (None, value) for key, value in zip(keys, other, strict=True))
        ]
        for at, value in enumerate(counts):
            if shown[keys[at]] is None and value < LEAST:
                assert len({other[at] for other in same}) > 1, counts
