"""The weighted load: the figures of domain.md §8, dated ratios, and what an absence leaves out."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.workload import LoadRatio, OfficerLoad, load_of, ratio_problems, ratios_on
from spip_desktop.wording.workload import formula, load_said, simulated

SHIPPED = {"intensif": 20, "regulier": 50, "espace": 100, "verification": 200, "sans_niveau": 50}
DAY = date(2026, 11, 22)


def load(quotity: int = 100, away: date | None = None, **by_level: int) -> OfficerLoad:
    return carrying(by_level, quotity, away)


def carrying(by_level: Mapping[str, int], quotity: int = 100, away: date | None = None) -> OfficerLoad:
    every = {level: by_level.get(level, 0) for level in SHIPPED}
    return OfficerLoad(officer_id=UUID(int=1), name="Claire Vasseur", quotity=quotity, by_level=every, away_until=away)


def test_the_worked_example_of_the_source() -> None:
    mine = load(intensif=10, regulier=30, espace=15, verification=5)
    assert mine.persons == 60
    assert load_of(mine, SHIPPED) == Fraction(1275, 1000)
    assert formula(mine, SHIPPED) == "10/20 + 30/50 + 15/100 + 5/200 = 1,28"
    assert load_of(load(intensif=20), SHIPPED) == load_of(load(regulier=50), SHIPPED) == 1


def test_part_time_weighs_more_and_an_absence_is_not_worked_out() -> None:
    assert load_of(load(quotity=80, regulier=40), SHIPPED) == 1
    assert formula(load(quotity=80, regulier=40), SHIPPED).endswith("quotité 80\u00a0%\u00a0: 1,00")
    away = load(away=date(2026, 12, 4), regulier=40)
    assert load_of(away, SHIPPED) is None
    assert load_said(away, SHIPPED) == "non calculable, absence jusqu’au 04/12/2026"
    assert "non calculable" in simulated(away, away.with_one_more("espace"), SHIPPED)


def test_a_ratio_weighs_from_its_day_on() -> None:
    written = [
        LoadRatio(id=UUID(int=1), level="regulier", capacity=40, starts=DAY),
        LoadRatio(id=UUID(int=2), level="regulier", capacity=30, starts=DAY + timedelta(days=10)),
    ]
    assert ratios_on(DAY - timedelta(days=1), SHIPPED, written) == SHIPPED
    assert ratios_on(DAY, SHIPPED, written)["regulier"] == 40
    assert ratios_on(DAY + timedelta(days=10), SHIPPED, written)["regulier"] == 30
    assert [bool(ratio_problems(one)) for one in (0, 1, 500, 501)] == [True, False, False, True]


COUNTS = st.fixed_dictionaries({level: st.integers(0, 300) for level in SHIPPED})


@given(counts=COUNTS, level=st.sampled_from(sorted(SHIPPED)), quotity=st.integers(1, 100))
def test_one_more_person_weighs_what_its_level_says_whoever_they_are(
    counts: dict[str, int], level: str, quotity: int
) -> None:
    before = carrying(counts, quotity)
    after = before.with_one_more(level)
    was, is_ = load_of(before, SHIPPED), load_of(after, SHIPPED)
    assert was is not None
    assert is_ is not None
    assert is_ - was == Fraction(100, SHIPPED[level] * quotity)
    assert after.persons == before.persons + 1
