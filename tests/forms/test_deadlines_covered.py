"""Every deadline that the project began from is a rule, or its table says where it is or why not."""

import re
from pathlib import Path

from spip_desktop.forms.deadlines import every_rule

_TABLE = Path(__file__).parents[2] / "docs" / "deadlines-covered.md"
_ROW = re.compile(r"^\| (E\d\d) \| ([^|]+) \| ([^|]*)\| ([^|]*)\|$", re.MULTILINE)


def _rows() -> dict[str, tuple[list[str], str]]:
    found = _ROW.findall(_TABLE.read_text(encoding="utf-8"))
    return {code: ([one for one in re.split(r"[ ,]+", rules) if one], why.strip()) for code, _, rules, why in found}


def test_the_table_has_every_deadline_in_order() -> None:
    assert list(_rows()) == [f"E{number:02d}" for number in range(1, 42)]


def test_each_is_carried_by_rules_that_are_there_or_says_why_not() -> None:
    known = {rule.code for rule in every_rule()}
    for code, (rules, why) in _rows().items():
        assert set(rules) <= known, code
        assert rules or why, f"{code} is nowhere, and the table does not say why"


def test_what_the_table_says_off_is_off_and_nothing_else() -> None:
    off = {rule.code for rule in every_rule() if not rule.on}
    for code, (rules, why) in _rows().items():
        for rule in rules:
            assert (rule in off) == why.startswith("off"), (code, rule)


def test_no_rule_of_the_law_is_left_out_of_the_table() -> None:
    listed = {rule for rules, _ in _rows().values() for rule in rules}
    later = {"E43", "E44", "P12"}  # found since: art. 741-2 CPP, art. 132-70-1 CP, loi n° 78-17
    assert {rule.code for rule in every_rule() if rule.is_law} - listed == later
