"""« Ce qui manque »: what was not looked at, in the order of the steps; everything looked at leaves nothing."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.evaluation import (
    Evolution,
    ExploredField,
    FieldState,
    Finding,
    FindingKind,
    MarkKind,
    NoteMark,
)
from spip_desktop.domain.evaluation_gaps import gaps
from spip_desktop.wording import sentence

TODAY = date(2026, 11, 22)
LABELS = {"entourage": "Entourage", "loisirs": "Temps libre", "analyse": "Analyse", "restitution": "Restitution"}


def field(step: str, **changes: object) -> ExploredField:
    made = ExploredField(
        id=UUID(int=1), evaluation_id=UUID(int=2), person_id=UUID(int=3), step=step, state=FieldState.EXPLORED
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def finding(**changes: object) -> Finding:
    made = Finding(
        id=UUID(int=5), lineage=UUID(int=5), evaluation_id=UUID(int=2), person_id=UUID(int=3), step="loisirs",
        kind=FindingKind.NEED, wording="Tenir ses journées",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def said(*fields: ExploredField, findings: tuple[Finding, ...] = ()) -> list[str]:
    return [sentence(one) for one in gaps({one.step: one for one in fields}, findings, LABELS, TODAY)]


def test_everything_looked_at_leaves_nothing() -> None:
    assert said(field("entourage"), field("loisirs", state=FieldState.NOT_RELEVANT), findings=(finding(),)) == []


def test_each_thing_missing_is_said_in_words() -> None:
    assert said(field("entourage", state=FieldState.UNEXPLORED)) == ["Entourage\u00a0: non exploré"]
    assert said(field("entourage", state=FieldState.PARTIAL)) == ["Entourage\u00a0: partiel"]
    assert said(field("entourage", state=FieldState.NOT_MET)) == ["Entourage\u00a0: personne non rencontrée"]
    assert said(field("entourage", reviewed=False)) == ["Entourage\u00a0: repris de la version précédente, non revu"]
    again = field("entourage", state=FieldState.INSUFFICIENT, again_on=date(2026, 12, 1))
    assert said(again) == ["Entourage\u00a0: information insuffisante, à reprendre le 01/12/2026"]
    assert "devait être reprise" in said(replace(again, again_on=date(2026, 11, 21)))[0]
    assert "date à écrire" in said(replace(again, again_on=None))[0]
    assert said(findings=(finding(wording=""),)) == ["Temps libre\u00a0: un constat reste «\u00a0À formuler\u00a0»"]
    assert said(findings=(finding(evolution=Evolution.TO_SAY),)) == [
        "Temps libre\u00a0: «\u00a0Tenir ses journées\u00a0» à revoir"
    ]


def test_the_paragraph_marked_to_take_up_again_is_quoted_alone() -> None:
    note = "Va au stade.\nDit qu’un oncle l’aide.\nRien d’autre."
    start = note.index("Dit")
    marks = (NoteMark(MarkKind.KEEP, 0), NoteMark(MarkKind.AGAIN, start))
    assert said(field("loisirs", note=note, marks=marks)) == [
        "Temps libre\u00a0: à reprendre, «\u00a0Dit qu’un oncle l’aide.\u00a0»"
    ]


def test_the_analysis_and_the_restitution_are_not_missing_from_themselves() -> None:
    unexplored = {"state": FieldState.UNEXPLORED}
    assert said(field("analyse", **unexplored), field("restitution", **unexplored)) == []


@given(st.lists(st.sampled_from(list(FieldState)), min_size=2, max_size=2), st.booleans())
def test_a_field_settled_and_looked_at_is_never_listed(states: list[FieldState], reviewed: bool) -> None:
    fields = [
        field(step, state=state, reviewed=reviewed)
        for step, state in zip(("entourage", "loisirs"), states, strict=True)
    ]
    listed = {one.field for one in gaps({one.step: one for one in fields}, (), LABELS, TODAY)}
    settled = {FieldState.EXPLORED, FieldState.NOT_RELEVANT}
    assert listed == {one.step for one in fields if one.state not in settled or not reviewed}
