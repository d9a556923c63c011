"""Échéances from facts: each rule that we ship on one case, and what turns, moves and repeats them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.deadline import (
    Deadline,
    Facts,
    Move,
    Rules,
    RuleSetting,
    Subject,
    deadlines,
    in_sight,
    moves,
    with_settings,
)
from spip_desktop.domain.place import Place
from spip_desktop.forms.deadlines import every_rule
from spip_desktop.reference import working_days

TODAY = date(2026, 11, 22)
ONE, PERSON = UUID(int=1), UUID(int=2)
RULES = Rules(every_rule())


def facts(of: Subject, kind: str = "", flags: str = "", **days: date) -> Facts:
    return Facts(
        of=of, id=ONE, person_id=PERSON, place=Place("person.situation", PERSON), kind=kind, days=days,
        flags=frozenset(flags.split()),
    )  # fmt: skip


def found(facts: Facts, rules: Rules = RULES, today: date = TODAY) -> dict[str, date]:
    return {one.rule.code: one.due for one in deadlines(rules, facts, working_days(), today)}


def test_a_probation_measure() -> None:
    """D. 113-44: three months, one month before the end, every year beyond two years."""
    got = found(
        facts(
            Subject.MEASURE, "SP", "plus_de_deux_ans",
            saisine=date(2025, 8, 16), fin_prevue=date(2028, 2, 10), decision=date(2025, 8, 1),
        )
    )  # fmt: skip
    assert got == {
        "E01": date(2025, 11, 16), "E02": date(2028, 1, 10), "E03": date(2026, 8, 16), "E32": date(2025, 9, 15),
    }  # fmt: skip


def test_reports_to_the_judge_are_not_for_detention() -> None:
    """practice.md: E01 to E03 exist only for a mesure de contrôle."""
    for kind in ("DET-C", "DET-P", "PS", "ENQ", "CJ"):
        got = found(facts(Subject.MEASURE, kind, "plus_de_deux_ans", saisine=TODAY, fin_prevue=TODAY))
        assert not {"E01", "E02", "E03"} & got.keys(), kind


@pytest.mark.parametrize(
    ("kind", "flags", "days", "wanted"),
    [
        ("SPR", "provisoire", {"decision": date(2026, 11, 2)}, {"E05a": date(2026, 11, 10)}),
        ("SPR", "", {"decision": date(2026, 11, 2)}, {"E05b": date(2026, 11, 17)}),
        ("SPR", "", {"notification": date(2026, 11, 2)}, {"E06": date(2027, 2, 2), "E07": date(2027, 11, 2)}),
        ("SPR", "", {"sortie_de_detention": date(2026, 11, 2)}, {"E08a": date(2026, 11, 10)}),
        ("SP", "", {"sortie_de_detention": date(2026, 11, 2)}, {"E08b": date(2026, 12, 2)}),
        ("LSC-II", "", {"debut": date(2026, 11, 6)}, {"E18": date(2026, 11, 13)}),
        ("DDSE-P", "", {"definitive": date(2026, 11, 6)}, {"E21": date(2026, 11, 11)}),
        ("TIG", "", {"fin_du_delai": date(2027, 7, 6)}, {"E23": date(2027, 7, 6)}),
        ("STAGE", "", {"definitive": date(2026, 5, 31)}, {"E24": date(2026, 11, 30)}),
    ],
)
def test_the_rules_of_one_measure(kind: str, flags: str, days: dict[str, date], wanted: dict[str, date]) -> None:
    assert found(replace(facts(Subject.MEASURE, kind, flags), days=days)) == wanted


def test_the_rules_of_a_stay_in_detention() -> None:
    got = found(
        facts(
            Subject.CUSTODY, "", "condamne cinq_ans_au_plus deux_ans_au_plus jeune",
            ecrou=date(2026, 4, 22), mi_peine=date(2026, 11, 22), deux_tiers=date(2027, 2, 1),
            fin_de_peine=date(2027, 6, 22), sortie=date(2027, 6, 22), commission=date(2027, 1, 28),
        )
    )  # fmt: skip
    assert got == {
        "E13": date(2026, 11, 22), "E14": date(2027, 2, 1), "E15": date(2027, 1, 1), "E17": date(2027, 2, 22),
        "E26": date(2026, 4, 24), "E27a": date(2026, 11, 22), "E45": date(2027, 1, 7),
    }  # fmt: skip


def test_nothing_is_told_of_a_remand_beyond_the_welcome() -> None:
    """A prévenu has no end of sentence: whatever were noted of one, no rule looks at it."""
    every_day = dict.fromkeys(("mi_peine", "deux_tiers", "fin_de_peine", "sortie"), TODAY)
    assert found(facts(Subject.CUSTODY, "", "cinq_ans_au_plus", ecrou=TODAY, **every_day)).keys() == {"E26"}


def test_a_short_sentence_is_never_asked_what_comes_seven_months_before() -> None:
    flags = "condamne jeune cinq_ans_au_plus deux_ans_au_plus six_mois_au_plus"
    got = found(facts(Subject.CUSTODY, "", flags, ecrou=TODAY, peine_courte=TODAY, fin_de_peine=TODAY))
    assert got.keys() == {"E26", "E27b"}


def test_a_proof_after_the_day_is_the_outcome_one_before_is_not() -> None:
    known = facts(Subject.MEASURE, "SP", saisine=date(2026, 11, 1))
    assert "E32" in found(known)
    assert "E32" in found(replace(known, proofs={"rencontre": date(2026, 10, 31)}))
    assert "E32" not in found(replace(known, proofs={"rencontre": date(2026, 11, 1)}))


@given(st.dates(date(2015, 1, 1), date(2026, 11, 22)), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_yearly_report_is_the_last_gone_by_or_the_next_once_near(start: date, today: date) -> None:
    got = found(facts(Subject.MEASURE, "SSJ", "plus_de_deux_ans", saisine=start), today=today)["E03"]
    anniversaries = [add_months(start, 12 * number) for number in range(1, 40)]
    assert got in anniversaries
    after = [day for day in anniversaries if day > got]
    assert (after[0] - today).days > 14, "the next one is near, or gone by"
    assert got <= today + timedelta(days=14) or got == anniversaries[0]


def test_a_yearly_report_stops_with_the_measure() -> None:
    known = facts(Subject.MEASURE, "SSJ", "plus_de_deux_ans", saisine=date(2023, 12, 1), fin_prevue=date(2026, 11, 20))
    assert found(known)["E03"] == date(2025, 12, 1)


def test_a_rule_turned_off_says_nothing_and_one_of_practice_may_have_another_delay() -> None:
    known = facts(Subject.CUSTODY, "", "", ecrou=date(2026, 11, 20))
    assert found(known) == {"E26": date(2026, 11, 24)}

    def setting(number: int, **values: object) -> RuleSetting:
        return RuleSetting(id=UUID(int=number), code="E26", **values)  # type: ignore[arg-type]

    off, later = setting(1, in_use=False, since=TODAY), setting(2, in_use=True, count=1, since=TODAY)
    coming = setting(3, in_use=False, since=TODAY + timedelta(days=1))
    assert found(known, with_settings(every_rule(), [off], TODAY)) == {}
    assert found(known, with_settings(every_rule(), [later, off, coming], TODAY)) == {"E26": date(2026, 11, 23)}


def test_the_delay_of_a_text_is_not_the_service_s() -> None:
    known = facts(Subject.MEASURE, "SP", saisine=date(2026, 8, 16))
    setting = RuleSetting(id=ONE, code="E01", in_use=True, count=12, since=TODAY)
    assert found(known, with_settings(every_rule(), [setting], TODAY))["E01"] == date(2026, 11, 16)


def test_in_sight_is_late_due_or_near_enough() -> None:
    def at(day: date) -> Deadline:
        known = facts(Subject.MEASURE, "SP", saisine=day)
        return next(one for one in deadlines(RULES, known, working_days(), TODAY) if one.rule.code == "E01")

    days = [date(2026, 9, 6), date(2026, 9, 7), date(2020, 1, 1)]
    assert [bool(list(in_sight([at(day)], TODAY))) for day in days] == [True, False, True]


def test_what_a_change_moves_makes_and_takes_away() -> None:
    def of(**days: date) -> list[Deadline]:
        return list(deadlines(RULES, facts(Subject.MEASURE, "SP", "", **days), working_days(), TODAY))

    before = of(saisine=date(2026, 9, 1), fin_prevue=date(2028, 9, 1))
    after = of(saisine=date(2026, 9, 10), sortie_de_detention=date(2026, 11, 2))
    assert [(one.rule.code, one.before, one.after) for one in moves(before, after)] == [
        ("E32", date(2026, 10, 1), date(2026, 10, 10)),
        ("E08b", None, date(2026, 12, 2)),
        ("E01", date(2026, 12, 1), date(2026, 12, 10)),
        ("E02", date(2028, 8, 1), None),
    ]
    assert moves(before, before) == ()
    assert isinstance(moves(before, after)[0], Move)
