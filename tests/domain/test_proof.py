"""What proofs cover: every day is either covered by one of them or told as uncovered."""

import itertools
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.measure import Measure, Obligation
from spip_desktop.domain.obligation_standing import FactCode, FollowedObligation
from spip_desktop.domain.proof import Check, Period, Proof, covered_until, uncovered
from spip_desktop.domain.register import RegisterLine, standing

NOBODY, SINCE, TODAY = UUID(int=0), date(2026, 6, 1), date(2026, 11, 22)


def proof(number: int, starts: date | None, ends: date | None) -> Proof:
    return Proof(
        id=UUID(int=number), person_id=NOBODY, obligation_id=NOBODY, kind="travail", seen_on=TODAY,
        covers_from=starts, covers_until=ends,
    )  # fmt: skip


@st.composite
def proofs(draw: st.DrawFn) -> Proof:
    starts = draw(st.dates(date(2026, 4, 1), TODAY + timedelta(days=40)))
    ends = starts + timedelta(days=draw(st.integers(0, 60)))
    return proof(draw(st.integers(1, 10**6)), starts, draw(st.sampled_from((ends, None))))


@given(st.lists(proofs(), max_size=8))
def test_each_day_is_covered_or_told(every: list[Proof]) -> None:
    gaps = uncovered(every, SINCE, TODAY)
    for days in range((TODAY - SINCE).days + 1):
        day = SINCE + timedelta(days=days)
        covered = any(
            one.covers_from <= day <= (one.covers_until or one.covers_from) for one in every if one.covers_from
        )
        assert covered is not any(gap.starts <= day <= gap.ends for gap in gaps)
    assert all(a.ends < b.starts for a, b in itertools.pairwise(gaps))


def followed(**more: object) -> FollowedObligation:
    measure = Measure(id=NOBODY, person_id=NOBODY, kind="SP", starts=SINCE)
    obligation = Obligation(id=NOBODY, person_id=NOBODY, measure_id=NOBODY, code="cp132_45_1")
    return FollowedObligation(obligation=obligation, measure=measure, **more)  # type: ignore[arg-type]


def test_the_facts_of_an_obligation() -> None:
    assert [one.code for one in followed().facts(TODAY)] == [FactCode.NOTHING]
    covered = followed(proofs=(proof(1, SINCE, date(2026, 12, 31)),)).facts(TODAY)
    assert [(one.code, one.day) for one in covered] == [(FactCode.COVERED, date(2026, 12, 31))]
    two = (proof(1, date(2026, 6, 1), date(2026, 6, 30)), proof(2, date(2026, 8, 1), date(2026, 9, 30)))
    uncovered_, gaps = followed(proofs=two).facts(TODAY)
    assert (uncovered_.code, uncovered_.day) == (FactCode.UNCOVERED, date(2026, 10, 1))
    assert gaps.gaps == (Period(date(2026, 7, 1), date(2026, 7, 31)),)
    check = Check(id=NOBODY, person_id=NOBODY, obligation_id=NOBODY, checked_on=TODAY, result="constate")
    assert [one.code for one in followed(checks=(check,)).facts(TODAY)] == [FactCode.CHECKED]
    assert [one.code for one in followed(asleep=True).facts(TODAY)] == [FactCode.ASLEEP]


def test_a_paper_without_dates_covers_nothing() -> None:
    assert covered_until([proof(1, None, None)]) is None
    assert covered_until([proof(1, SINCE, None), proof(2, None, TODAY)]) == TODAY


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), max_size=9))
def test_a_line_that_another_corrects_or_withdraws_holds_no_more(steps: list[tuple[int, bool]]) -> None:
    lines: list[RegisterLine] = []
    for number, (target, withdrawn) in enumerate(steps, 1):
        held = standing(lines)
        corrects = held[target].id if target < len(held) else None
        lines.append(
            RegisterLine(
                id=UUID(int=number), person_id=NOBODY, corrects=corrects, withdrawn=withdrawn and corrects is not None
            )
        )
    held = standing(lines)
    begun = [one for one in lines if one.corrects is None]
    assert len(held) == len(begun) - sum(one.withdrawn for one in lines)
    assert all(not one.withdrawn for one in held)
