"""Blocks: their words from a template, what holds of what was said, what waits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.carrying import (
    OFFERED,
    Answer,
    Block,
    BlockKind,
    Carried,
    CarryingSetting,
    Of,
    Source,
    System,
    former_of,
    held,
    plain,
    standing,
    waits,
    with_settings,
    worded,
    words_of,
)
from spip_desktop.domain.definition import DefinitionError
from spip_desktop.domain.place import Place
from spip_desktop.forms import fields
from spip_desktop.forms.carrying import parse, shipped
from spip_desktop.forms.fields import FieldClass
from spip_desktop.paths import resource

TODAY, AT = date(2026, 11, 22), datetime(2026, 11, 22, 9, tzinfo=UTC)
PERSON, FACT = UUID(int=7), UUID(int=8)
KIND = BlockKind(
    code="entretien", label="Entretien", of=Of.INTERVIEW, system=System.APPI, rubric="Suivi",
    title="Entretien du {date}", lines=("Le {date}[ à {heure}].", "Décisions : {decisions}"), checked=TODAY,
)  # fmt: skip


def line(number: int, answer: Answer = Answer.CARRIED, *, text: str = "x", withdraws: int | None = None) -> Carried:
    return Carried(
        id=UUID(int=number), person_id=PERSON, block="entretien", object_id=FACT, system=System.APPI, answer=answer,
        title="t", text=text, mark="m", happened_on=TODAY, noted_at=AT + timedelta(minutes=number), noted_by=PERSON,
        withdraws=None if withdraws is None else UUID(int=withdraws),
    )  # fmt: skip


def block(former: Carried | None, text: str = "x", *, gone: bool = False) -> Block:
    source = Source(object_id=FACT, person_id=PERSON, on=TODAY, mark="m", gone=gone)
    return Block(kind=KIND, source=source, title="t", text=text, place=Place("todo"), former=former)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"date": "1", "heure": "9 h"}, "Le 1 à 9 h."),
        ({"date": "1"}, "Le 1."),
        ({"heure": "9 h"}, ""),
        ({}, ""),
    ],
)
def test_what_is_empty_goes_with_what_says_it(values: dict[str, str], expected: str) -> None:
    assert worded("Le {date}[ à {heure}].", values) == expected


def test_a_line_without_its_value_is_left_out_and_no_stop_is_doubled() -> None:
    assert words_of(KIND, {"date": "1", "decisions": "Revoir l’hébergement."}) == (
        "Entretien du 1",
        "Le 1.\nDécisions : Revoir l'hébergement.",
    )
    assert words_of(replace(KIND, lines=("Suite : {suite}.",)), {"date": "1", "suite": "Voir."})[1] == "Suite : Voir."


@given(st.dictionaries(st.sampled_from(sorted(OFFERED[Of.INTERVIEW])), st.text()))
def test_a_value_is_never_read_as_a_template(values: dict[str, str]) -> None:
    """What somebody typed between braces or brackets is their words."""
    typed = {name: f"{{date}}[x]{text}" for name, text in values.items()}
    said = worded("[{aujourdhui}]", typed)
    assert said == typed.get("aujourdhui", "")


@given(st.text())
def test_plain_signs_lose_no_letter(text: str) -> None:
    assert [one for one in plain(text) if one.isalnum()] == [one for one in text if one.isalnum()]
    assert not set(plain(text)) & set("\u00a0\u202f’–—…")


@given(st.lists(st.sampled_from(["report", "aside", "back"]), max_size=12))
def test_whatever_was_said_and_taken_back_the_last_that_stands_holds(acts: list[str]) -> None:
    """Against a stack: each withdrawal takes the newest line that stands."""
    lines: list[Carried] = []
    stack: list[Carried] = []
    for number, act in enumerate(acts, 1):
        if act == "back":
            if stack:
                lines.append(line(number, Answer.WITHDRAWN, withdraws=stack.pop().id.int))
            continue
        stack.append(line(number, Answer.CARRIED if act == "report" else Answer.SET_ASIDE))
        lines.append(stack[-1])
    assert standing(reversed(lines)) == tuple(stack)
    assert held(lines).get(("entretien", FACT)) == (stack[-1] if stack else None)


def test_a_correction_is_compared_with_what_was_reported_before_it() -> None:
    second, third = UUID(int=20), UUID(int=21)
    source = Source(object_id=third, person_id=PERSON, on=TODAY, mark="m", replaces=second)
    corrects = {third: second, second: FACT}
    assert former_of("entretien", source, held([line(1)]), corrects) == line(1)
    assert former_of("versement", source, held([line(1)]), corrects) is None


def test_what_waits() -> None:
    reported, aside = line(1), line(1, Answer.SET_ASIDE)
    assert waits(block(None))
    assert not waits(block(None, gone=True)), "never reported, and gone"
    assert not waits(block(reported))
    assert waits(block(reported, "y")), "in other words now"
    assert waits(block(reported, "gone", gone=True)), "reported, and gone: to be put right there"
    assert not waits(block(aside, "gone", gone=True))


def test_the_newest_decision_of_the_service_holds() -> None:
    first = CarryingSetting(id=UUID(int=1), code="entretien", in_use=False, system=System.APPI, since=TODAY)
    second = replace(first, id=UUID(int=2), in_use=True, system=System.PRISME)
    ahead = replace(first, id=UUID(int=3), since=TODAY + timedelta(days=1))
    (now,) = with_settings([KIND], [second, ahead, first], TODAY)
    assert (now.on, now.system) == (True, System.PRISME)
    assert with_settings([KIND], [], TODAY) == (KIND,)


# -- the file ------------------------------------------------------------------------------------------------

SHIPPED = resource("rules", "carrying", "blocks.toml").read_bytes()


def refused(content: bytes) -> str:
    with pytest.raises(DefinitionError) as caught:
        parse(content, "blocks.toml")
    return str(caught.value)


def test_every_field_offered_is_in_the_catalogue_or_of_none() -> None:
    known = fields.shipped().by_code
    assert {field for names in OFFERED.values() for field in names.values() if field} <= known.keys()


def test_a_class_c_field_has_a_ground_in_every_block_shipped() -> None:
    never = {code for code, one in fields.shipped().by_code.items() if one.field_class is FieldClass.NEVER}
    for kind in shipped().kinds:
        shown = {OFFERED[kind.of][name] for name in kind.fields} & never
        assert shown <= shipped().grounds[kind.system].fields, kind.code
    opened = {field for one in shipped().grounds.values() for field in one.fields}
    assert not opened & {"infraction", "victime", "sante", "risque_suicidaire", "casier", "numero_ecrou", "religion"}


def test_a_file_that_shows_more_than_it_may_is_refused() -> None:
    without = SHIPPED.replace(b'"evaluation", "niveau_intervention", ', b"", 1)
    assert "classe C" in refused(without)
    confidence = SHIPPED.replace(b"{depuis}", b"{confidence}", 1)
    assert "ne peut pas" in refused(confidence)
    assert "en double" in refused(SHIPPED.replace(b'code = "incident_ouvert"', b'code = "incident_detention"'))
    assert parse(SHIPPED, "blocks.toml").kinds, "the control"


def test_what_another_system_may_not_hold_is_left_out() -> None:
    (breach,) = (one for one in shipped().kinds if one.code == "manquement")
    assert shipped().hides(breach) == frozenset()
    assert shipped().hides(replace(breach, system=System.GENESIS)) == {"obligation"}
