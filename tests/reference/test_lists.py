"""The shipped lists: all load, agree with the code that reads them, and speak French."""

from datetime import date
from enum import StrEnum

import pytest

from spip_desktop import reference
from spip_desktop.domain.access import AccessReason
from spip_desktop.domain.definition import DefinitionError
from spip_desktop.domain.eligibility import Answer
from spip_desktop.domain.evaluation import EvaluationKind, FieldState, FindingKind, MarkKind
from spip_desktop.domain.measure import BasisKind, LineState, Milieu, PenalCategory
from spip_desktop.domain.obligation import KEPT_IN_CUSTODY, MAY_BE_KEPT
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import ActionMode, Level
from spip_desktop.domain.partner import PartnerNature
from spip_desktop.domain.person import AddressKind, ContactKind, PhoneState
from spip_desktop.forms import loader, sheet

TODAY = date(2026, 11, 22)
LIST = """\
code = "essai"
version = 1
title = "Essai"
checked = 2026-11-22

entries = [
    { code = "a", label = "Un" },
    { code = "b", label = "Deux", from = 2026-01-01, until = 2026-06-30 },
]

[columns]
sign = "text"
"""


@pytest.mark.parametrize("kind", reference.kinds())
def test_every_list_loads(kind: str) -> None:
    catalogue = reference.load(kind)
    assert catalogue.code == kind
    assert catalogue.version >= 1
    assert catalogue.entries
    assert len(catalogue.definition.sha256) == 64
    assert reference.parse(catalogue.definition.content, f"{kind}.toml") == catalogue


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("access_reasons", AccessReason),
        ("rule_results", Answer),
        ("evaluation_kinds", EvaluationKind),
        ("field_states", FieldState),
        ("finding_kinds", FindingKind),
        ("mark_kinds", MarkKind),
        ("basis_kinds", BasisKind),
        ("sentence_line_states", LineState),
        ("milieux", Milieu),
        ("penal_categories", PenalCategory),
        ("roles", Role),
        ("action_modes", ActionMode),
        ("levels", Level),
        ("partner_natures", PartnerNature),
        ("address_kinds", AddressKind),
        ("contact_kinds", ContactKind),
        ("phone_states", PhoneState),
    ],
)
def test_codes_are_those_of_the_domain(kind: str, codes: type[StrEnum]) -> None:
    assert {entry.code for entry in reference.load(kind).entries} == {str(one) for one in codes}


def test_a_retired_code_is_not_offered_and_still_reads() -> None:
    measures = reference.load("measures")
    offered = dict(measures.options(TODAY))
    assert "SME" not in offered
    assert "SP" in offered
    assert measures.label("SME") == "Sursis avec mise à l’épreuve"
    assert dict(measures.options(TODAY, keep="SME"))["SME"]
    assert "SME" in dict(measures.options(date(2019, 5, 1)))
    assert measures.label("JAMAIS") == "JAMAIS"


def test_the_limits_of_a_code_are_included() -> None:
    entry = reference.parse(LIST.encode(), "essai.toml").get("b")
    assert entry
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [entry.valid_on(day) for day in days] == [False, True, True, False]


def test_obligations_are_those_of_the_code() -> None:
    """CP 132-44 (six), 132-45 (25 and three « bis »); 721-2 allows 2° and 7° to 14° only."""
    entries = reference.load("obligations").entries
    control = [one for one in entries if one.text("family") == "controle"]
    assert [one.text("number") for one in control] == [f"{number}°" for number in range(1, 7)]
    special = [one for one in entries if one.text("family") == "particuliere"]
    numbers = [one.text("number").removesuffix("°") for one in special]
    assert numbers == [*map(str, range(1, 8)), "7° bis", *map(str, range(8, 14)), "13° bis",
                       *map(str, range(14, 19)), "18° bis", *map(str, range(19, 26))]  # fmt: skip
    after_release = [one.text("number") for one in special if "SPL" not in one.texts("not_for")]
    assert after_release == ["2°", "7°", "7° bis", "8°", "9°", "10°", "11°", "12°", "13°", "13° bis", "14°"]
    conditions = {one.text("number") for one in special if one.text("condition")}
    assert {"16°", "22°"} <= conditions


def test_bans_kept_in_custody_agree_with_the_rule() -> None:
    kept = {one.code: one.text("kept_in_custody") for one in reference.load("obligations").entries}
    assert {code for code, said in kept.items() if said == "oui"} == KEPT_IN_CUSTODY
    assert {code for code, said in kept.items() if said == "a_verifier"} == MAY_BE_KEPT


def test_a_partner_reads_four_quartiers_only() -> None:
    visible = {one.code for one in reference.load("quartiers").entries if one.flag("partner_visible")}
    assert visible == {"QMA", "QCD", "QSL", "SAS"}


def test_starters_are_the_fields_of_the_evaluation() -> None:
    steps = {step.code for step in loader.shipped("evaluation").steps}
    assert {one.code for one in reference.load("axis_starters").entries} <= steps


def test_asks_are_those_of_the_sheet() -> None:
    offered = [(one.code, one.label) for one in reference.load("mission_locale_asks").entries]
    assert offered == [(one.code, one.label) for one in sheet.shipped("mission_locale").asks]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (LIST.replace('code = "b"', 'code = "a"'), 8, "code en double"),
        (LIST.replace('label = "Deux"', 'label = "Deux", size = 3'), 8, "clé inconnue"),
        (LIST.replace("until = 2026-06-30", "until = 2025-06-30"), 8, "avant le début"),
        (LIST.replace('label = "Un"', 'label = " "'), 7, "est vide"),
        (LIST.replace('code = "a"', 'code = "a b"'), 7, "n’est pas un code"),
        (LIST.replace('sign = "text"', 'sign = "colour"'), 12, "n’est pas parmi"),
        (LIST.replace('code = "essai"', 'code = "autre"'), 1, "ne porte pas le nom"),
        (LIST.replace("version = 1", "version = true"), 2, "un nombre entier"),
        (LIST.replace("entries", "lines"), 1, "la liste est vide"),
    ],
)
def test_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        reference.parse(text.encode(), "essai.toml")
    assert reason in caught.value.reason
    assert (caught.value.file, caught.value.line) == ("essai.toml", line)
