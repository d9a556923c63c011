"""V01 to V11: each rule has a value that passes and one that does not."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Basis, BasisKind, Custody, Measure, Obligation, Recidivism, Suspension
from spip_desktop.domain.measure_rules import PROBATION_MOST, measure_problems, measure_warnings, suspended_days
from spip_desktop.domain.obligation import (
    KEPT_IN_CUSTODY,
    MAY_BE_KEPT,
    ObligationRule,
    applies,
    obligation_problems,
    obligation_warnings,
    suspensions_to_propose,
)
from spip_desktop.domain.situation import (
    basis_problems,
    custody_problems,
    custody_warnings,
    milieu,
    no_basis,
)

TODAY = date(2026, 11, 22)
ME = UUID(int=1)
CUSTODY = Custody(id=UUID(int=10), person_id=ME, establishment="MA de Valbrune", starts=date(2026, 4, 22))
BASIS = Basis(id=UUID(int=20), person_id=ME, kind=BasisKind.REFERRAL, received_on=date(2026, 8, 16))
PROBATION = Measure(id=UUID(int=30), person_id=ME, kind="SP", starts=date(2026, 1, 10))


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def measure(kind: str, **fields: object) -> Measure:
    return Measure(id=UUID(int=31), person_id=ME, kind=kind, **fields)  # type: ignore[arg-type]


# -- V01 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bases", "custodies", "passes"),
    [
        ([], [], False),
        ([BASIS], [], True),
        ([replace(BASIS, ends=TODAY)], [], True),
        ([replace(BASIS, ends=TODAY - timedelta(days=1))], [], False),
        ([replace(BASIS, received_on=TODAY + timedelta(days=1))], [], False),
        ([], [CUSTODY], True),
        ([], [replace(CUSTODY, ends=TODAY)], False),
        ([replace(BASIS, kind=BasisKind.VOLUNTARY, received_on=date(2026, 5, 22))], [], True),
        ([replace(BASIS, kind=BasisKind.VOLUNTARY, received_on=date(2026, 5, 21))], [], False),
    ],
)
def test_v01_a_new_act_needs_a_basis(bases: list[Basis], custodies: list[Custody], passes: bool) -> None:
    assert (no_basis(bases, custodies, TODAY) is None) is passes


# -- V03 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("custody", "code"),
    [
        (CUSTODY, None),
        (replace(CUSTODY, ends=date(2026, 4, 21)), "end_before_start"),
        (replace(CUSTODY, starts=TODAY + timedelta(days=1)), "date_in_future"),
        (replace(CUSTODY, ends=TODAY + timedelta(days=1)), "release_in_future"),
        (replace(CUSTODY, ecrou_number="12345"), None),
        (replace(CUSTODY, ecrou_number="123456789"), "ecrou_format"),
        (replace(CUSTODY, ecrou_number="12 345"), "ecrou_format"),
    ],
)
def test_v03_dates_and_number(custody: Custody, code: str | None) -> None:
    assert codes(custody_problems(custody, [], TODAY)) == ({code} if code else set())


def test_v03_one_open_ecrou_per_person() -> None:
    other = replace(CUSTODY, id=UUID(int=11))
    assert codes(custody_problems(CUSTODY, [other], TODAY)) == {"second_open_ecrou"}
    assert custody_problems(CUSTODY, [replace(other, ends=date(2026, 4, 22))], TODAY) == []
    assert custody_problems(CUSTODY, [CUSTODY], TODAY) == []


def test_an_unusual_ecrou_number_warns() -> None:
    assert codes(custody_warnings(replace(CUSTODY, ecrou_number="1234"), [], TODAY)) == {"ecrou_unusual"}
    assert custody_warnings(replace(CUSTODY, ecrou_number="12345"), [], TODAY) == []


def test_stays_that_overlap_warn_and_a_transfer_day_does_not() -> None:
    before = replace(CUSTODY, id=UUID(int=11), starts=date(2026, 1, 1), ends=date(2026, 4, 22))
    assert custody_warnings(CUSTODY, [before], TODAY) == []
    assert codes(custody_warnings(CUSTODY, [replace(before, ends=date(2026, 4, 23))], TODAY)) == {"ecrous_overlap"}


def test_not_hosted_is_milieu_ouvert() -> None:
    assert milieu(CUSTODY, followed=False) == "MF"
    assert milieu(replace(CUSTODY, hosted=False), followed=False) == "MO"
    assert milieu(None, followed=True) == "MO"
    assert milieu(None, followed=False) is None


# -- V04 -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"decision_on": date(2026, 3, 2), "referral_on": date(2026, 3, 1)}, "referral_before_decision"),
        ({"decision_on": date(2026, 3, 2), "definitive_on": date(2026, 3, 1)}, "definitive_before_decision"),
        ({"decision_on": date(2026, 3, 2), "notified_on": date(2026, 3, 1)}, "notified_before_decision"),
        ({"starts": date(2026, 3, 2), "ends_planned": date(2026, 3, 2)}, "end_before_start"),
        ({"starts": date(2026, 3, 2), "ended_on": date(2026, 3, 1)}, "end_before_start"),
        ({"decision_on": TODAY + timedelta(days=1)}, "date_in_future"),
        ({"decision_on": date(2026, 3, 1), "referral_on": date(2026, 3, 1)}, None),
    ],
)
def test_v04_dates_of_a_measure(fields: dict[str, object], code: str | None) -> None:
    assert codes(measure_problems(measure("LC", **fields), [], TODAY)) == ({code} if code else set())


def test_v04_a_referral_is_not_before_its_decision() -> None:
    assert codes(basis_problems(replace(BASIS, decided_on=date(2026, 8, 17)), TODAY)) == {"referral_before_decision"}


# -- V05 to V08 ----------------------------------------------------------------------------------------------


@given(st.integers(min_value=0, max_value=120), st.sampled_from(list(Recidivism)), st.sampled_from(["SP", "SPR"]))
def test_v05_the_probation_delay_is_in_its_bounds(months: int, recidivism: Recidivism, kind: str) -> None:
    found = measure_problems(measure(kind, probation_months=months, recidivism=recidivism), [], TODAY)
    assert (found == []) is (12 <= months <= PROBATION_MOST[recidivism])
    assert all("132-42" in str(problem.data["source"]) for problem in found)


def test_v05_says_nothing_of_another_measure() -> None:
    assert measure_problems(measure("TIG", probation_months=90), [], TODAY) == []


@given(st.integers(min_value=-5, max_value=600))
def test_v06_tig_hours(hours: int) -> None:
    assert (measure_problems(measure("TIG", hours=hours), [], TODAY) == []) is (20 <= hours <= 400)


def test_v06_tig_term_and_its_end_when_done() -> None:
    start = date(2026, 1, 31)
    assert measure_problems(measure("TIG", starts=start, ends_planned=date(2027, 7, 31)), [], TODAY) == []
    late = measure("TIG", starts=start, ends_planned=date(2027, 8, 1))
    assert codes(measure_problems(late, [], TODAY)) == {"tig_term"}
    assert codes(measure_warnings(measure("TIG", hours=105, hours_done=105), [], TODAY)) == {"tig_done"}
    assert measure_warnings(measure("TIG", hours=105, hours_done=62), [], TODAY) == []


@pytest.mark.parametrize(("days", "passes"), [(14, False), (15, True), (184, True), (185, False)])
def test_v07_home_detention_by_days(days: int, passes: bool) -> None:
    assert (measure_problems(measure("DDSE-P", duration_days=days), [], TODAY) == []) is passes


@given(st.dates(min_value=date(2021, 1, 1), max_value=date(2026, 1, 1)), st.integers(min_value=1, max_value=400))
def test_v07_home_detention_by_dates(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    found = measure_problems(measure("DDSE-P", starts=start, ends_planned=end), [], TODAY)
    assert (found == []) is (days >= 15 and end <= add_months(start, 6))


def test_v08_a_stage_lasts_a_month_and_is_done_in_six() -> None:
    start = date(2026, 3, 1)
    assert measure_problems(measure("STAGE", starts=start, ends_planned=date(2026, 4, 1)), [], TODAY) == []
    long = measure("STAGE", starts=start, ends_planned=date(2026, 4, 2))
    assert codes(measure_problems(long, [], TODAY)) == {"stage_length"}
    late = measure("STAGE", definitive_on=date(2026, 1, 5), ended_on=date(2026, 7, 6))
    assert codes(measure_warnings(late, [], TODAY)) == {"stage_late"}


# -- V09 -----------------------------------------------------------------------------------------------------


def test_v09_a_stay_in_prison_proposes_a_suspension_until_it_is_noted() -> None:
    (proposal,) = suspensions_to_propose([PROBATION], [CUSTODY])
    assert (proposal.measure_id, proposal.starts, proposal.ends) == (PROBATION.id, date(2026, 4, 22), None)
    noted = replace(PROBATION, suspensions=(Suspension(id=UUID(int=1), starts=date(2026, 4, 22)),))
    assert suspensions_to_propose([noted], [CUSTODY]) == []
    assert suspensions_to_propose([measure("SSJ", starts=date(2026, 1, 1))], [CUSTODY]) == []
    assert suspensions_to_propose([PROBATION], [replace(CUSTODY, hosted=False)]) == []


def test_v09_a_stay_that_is_over_ends_the_suspension_left_open() -> None:
    noted = replace(PROBATION, suspensions=(Suspension(id=UUID(int=1), starts=date(2026, 4, 22)),))
    left = replace(CUSTODY, ends=date(2026, 9, 1))
    (proposal,) = suspensions_to_propose([noted], [left])
    assert (proposal.starts, proposal.ends) == (date(2026, 4, 22), date(2026, 9, 1))
    ended = Suspension(id=UUID(int=1), starts=date(2026, 4, 22), ends=date(2026, 9, 1))
    assert suspensions_to_propose([replace(PROBATION, suspensions=(ended,))], [left]) == []


def test_the_delay_of_a_tig_stops_too_from_the_day_it_runs() -> None:
    """CP 131-22, al. 1; the delay runs from the day the decision is enforceable."""
    work = measure("TIG", definitive_on=date(2026, 6, 1))
    (proposal,) = suspensions_to_propose([work], [CUSTODY])
    assert (proposal.starts, proposal.ends, proposal.source) == (date(2026, 6, 1), None, "art. 131-22 du code pénal")
    assert suspensions_to_propose([measure("TIG")], [CUSTODY]) == []


def test_v09_contact_and_place_bans_stay_active_in_prison() -> None:
    def obligation(code: str) -> Obligation:
        return Obligation(id=UUID(int=40), person_id=ME, measure_id=PROBATION.id, code=code)

    for code in ("cp132_45_9", "cp132_45_13"):
        assert applies(obligation(code), PROBATION, incarcerated=True)
    assert not applies(obligation("cp132_45_3"), PROBATION, incarcerated=True)
    assert not applies(obligation("cp132_45_18"), PROBATION, incarcerated=True)
    assert applies(obligation("cp132_45_18"), PROBATION, incarcerated=True, kept=KEPT_IN_CUSTODY | MAY_BE_KEPT)
    assert applies(obligation("cp132_45_3"), PROBATION, incarcerated=False)


# -- V10 -----------------------------------------------------------------------------------------------------


def test_v10_ssj_and_sp_exclude_each_other_in_one_conviction() -> None:
    ssj = measure("SSJ", same_conviction_as=PROBATION.id)
    assert codes(measure_problems(ssj, [PROBATION], TODAY)) == {"ssj_with_probation"}
    assert codes(measure_problems(PROBATION, [ssj], TODAY)) == {"ssj_with_probation"}
    assert measure_problems(measure("SSJ"), [PROBATION], TODAY) == []
    day = date(2025, 12, 1)
    found = measure_warnings(measure("SSJ", decision_on=day), [replace(PROBATION, decision_on=day)], TODAY)
    assert codes(found) == {"ssj_with_probation_same_day"}


# -- V11 -----------------------------------------------------------------------------------------------------


def test_v11_the_measure_must_be_able_to_carry_the_obligation() -> None:
    obligation = Obligation(id=UUID(int=40), person_id=ME, measure_id=UUID(int=31), code="cp132_45_3")
    rule = ObligationRule(code="cp132_45_3", forbidden=frozenset({"SPL"}), source="art. 721-2 du CPP")
    assert codes(obligation_problems(obligation, measure("SPL"), rule)) == {"obligation_not_for_measure"}
    assert obligation_problems(obligation, measure("SP"), rule) == []
    assert codes(obligation_problems(obligation, measure("SP"), None)) == {"obligation_unknown"}
    only = replace(rule, forbidden=frozenset(), measures=frozenset({"SSJ"}))
    assert codes(obligation_problems(obligation, measure("SP"), only)) == {"obligation_not_for_measure"}


def test_v11_a_condition_and_a_text_not_yet_in_force_warn() -> None:
    obligation = Obligation(id=UUID(int=40), person_id=ME, measure_id=UUID(int=31), code="cp132_45_13bis")
    rule = ObligationRule(code="cp132_45_13bis", condition="six mois au plus", valid_from=date(2024, 5, 23))
    decided = measure("SP", decision_on=date(2024, 5, 1))
    assert codes(obligation_warnings(obligation, decided, rule)) == {"obligation_condition", "obligation_not_in_force"}


def test_the_days_of_a_suspension_are_counted_once() -> None:
    stops = (
        Suspension(id=UUID(int=1), starts=date(2026, 3, 1), ends=date(2026, 3, 11)),
        Suspension(id=UUID(int=2), starts=date(2026, 3, 6), ends=date(2026, 3, 16)),
        Suspension(id=UUID(int=3), starts=date(2026, 3, 8), ends=date(2026, 3, 9)),
        Suspension(id=UUID(int=4), starts=TODAY - timedelta(days=2)),
    )
    assert suspended_days(measure("SP", suspensions=stops), TODAY) == 15 + 2
