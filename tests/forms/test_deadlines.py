"""The files of the échéances: strict, referenced, and honest about what is to be checked again."""

import re
from datetime import date

import pytest

from spip_desktop import reference
from spip_desktop.domain.deadline import RuleKind
from spip_desktop.domain.definition import DefinitionError
from spip_desktop.forms.deadlines import every_rule, parse, shipped

RULE = """code = "essai"
version = 1
title = "Essai"
checked = 2026-11-22

[[rules]]
code = "X1"
label = "Quoi"
why = "Depuis le {on}"
action = "Voir"
kind = "pratique"
of = "mesure"
trigger = "saisine"
months = 3
"""


def test_every_rule_is_known_once_and_says_where_it_comes_from() -> None:
    rules = every_rule()
    assert len({one.code for one in rules}) == len(rules) > 40
    for one in rules:
        assert one.checked >= date(2026, 11, 22), one.code
        assert not one.is_law or (one.legal and one.ref), one.code


def test_only_texts_that_were_read_are_certain() -> None:
    """The code de procédure pénale was read in a state of about 2023 (domain.md): nothing of it is told as certain."""
    old = [one for one in every_rule() if "procédure pénale" in one.legal]
    assert old
    assert not any(one.certain for one in old)
    assert all(one.kind is RuleKind.LAW for one in every_rule() if one.certain)


def test_kinds_are_those_of_the_lists() -> None:
    known = {one.code for name in ("measures", "partner_kinds") for one in reference.load(name).entries} | {""}
    assert [(one.code, kind) for one in every_rule() for kind in one.kinds if kind not in known] == []


def test_every_kind_of_partner_has_one_delay_of_silence() -> None:
    silence = [kind for one in every_rule() if one.code.startswith("E33") for kind in one.kinds]
    assert sorted(silence) == sorted({*(one.code for one in reference.load("partner_kinds").entries), ""})


def test_sentences_name_words_that_facts_have() -> None:
    known = {
        "on",
        "delay",
        "number",
        "cause",
        "partner",
        "opens",
        "release",
        "window",
        "document",
        "decision",
        "who",
        "held",
        "asker",
        "obligation",
        "missing",
        "count",
        "lacking",
        "service",
    }
    used = {word for one in every_rule() for text in (one.why, one.label) for word in re.findall(r"{(\w+)}", text)}
    assert used <= known


def test_titles_of_the_files() -> None:
    assert [one.definition.code for one in shipped()] == [
        "commissions",
        "dessaisissements",
        "detention",
        "mesures",
        "obligations",
        "prescriptions",
        "rendez_vous",
        "signalements",
        "suivi",
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (RULE.replace('trigger = "saisine"', 'trigger = "ecrou"'), 13, "n’est pas parmi"),
        (RULE.replace('of = "mesure"', 'of = "autre"'), 12, "n’est pas parmi"),
        (RULE.replace("months = 3", "months = 3\ndays = 2"), 13, "un seul délai"),
        (RULE.replace("months = 3\n", ""), 13, "un seul délai"),
        (RULE.replace('kind = "pratique"', 'kind = "loi"'), 11, "donne son texte"),
        (RULE + 'needs = ["jeune"]\n', 15, "rien ne se sait"),
        (RULE + "colour = 1\n", 15, "clé inconnue"),
        (RULE + RULE[RULE.index("[[") :], 16, "code en double"),
    ],
)
def test_refused_with_its_line(text: str, line: int, reason: str) -> None:
    parse(RULE.encode(), "essai.toml")  # the control
    with pytest.raises(DefinitionError) as caught:
        parse(text.encode(), "essai.toml")
    assert reason in caught.value.reason
    assert caught.value.line == line
