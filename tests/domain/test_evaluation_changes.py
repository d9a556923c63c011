"""What changed: words of a text, answers, findings by lineage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.evaluation import Evolution, Finding, FindingKind
from spip_desktop.domain.evaluation_changes import Answered, FindingChangeKind, changed_answers, changed_findings
from spip_desktop.domain.text_diff import (
    Op,
    around_changes,
    pieces_between,
    shortened,
    side,
    text_before,
    text_now,
)

WORDS = st.lists(
    st.sampled_from(
        ["j’ai", "tenu", "huit", "neuf", "mois", "à", "la", ".", "\n", "«\u00a0non\u00a0»", "🙂", "e\u0301"]
    ),
    max_size=40,
).map(" ".join)


def said(words: str, *, text: bool = True, code: str = "note") -> Answered:
    return Answered(step="loisirs", code=code, label="Note libre", words=words, text=text)


def finding(lineage: int, **changes: object) -> Finding:
    made = Finding(
        id=UUID(int=lineage + 1000), lineage=UUID(int=lineage), evaluation_id=UUID(int=1), person_id=UUID(int=2),
        step="loisirs", kind=FindingKind.PROTECTION, wording="Va au stade", source_on=date(2026, 3, 1),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def kinds(
    before: Sequence[Finding], now: Sequence[Finding], *path: tuple[int, Evolution], lineage: int = 1
) -> list[FindingChangeKind]:
    return [one.kind for one in changed_findings(before, now, {UUID(int=lineage): path})]


@given(WORDS | st.text(max_size=60), WORDS | st.text(max_size=60))
def test_the_pieces_are_the_two_texts_and_nothing_else(before: str, now: str) -> None:
    pieces = pieces_between(before, now)
    assert text_before(pieces) == before
    assert text_now(pieces) == now
    assert (before == now) == all(one.op is Op.KEPT for one in pieces)
    assert all(one.op is not other.op for one, other in pairwise(pieces))
    assert "".join(one.text for one in side(pieces, gone=True)) == before
    assert "".join(one.text for one in side(pieces, gone=False)) == now


@given(WORDS, WORDS, st.integers(0, 30), st.integers(1, 80))
def test_a_cutting_never_loses_a_changed_word_but_at_the_end(before: str, now: str, context: int, most: int) -> None:
    pieces = pieces_between(before, now)
    changed = [one for one in pieces if one.op is not Op.KEPT]
    cut = around_changes(pieces, context)
    assert [one for one in cut if one.op is not Op.KEPT] == changed
    assert sum(len(one.text) for one in shortened(cut, most)) <= most + 40


def test_one_word_changed_is_one_word_shown() -> None:
    pieces = pieces_between("J’ai tenu huit mois à la plonge. Il lit.", "J’ai tenu neuf mois à la plonge. Il lit.")
    assert [(one.op, one.text) for one in pieces if one.op is not Op.KEPT] == [(Op.GONE, "huit"), (Op.NEW, "neuf")]


def test_a_note_rewritten_from_end_to_end_is_told_whole_and_at_once() -> None:
    before, now = " ".join(f"un{n}" for n in range(3000)), " ".join(f"deux{n}" for n in range(3000))
    assert [(one.op, len(one.text)) for one in pieces_between(before, now)] == [
        (Op.GONE, len(before)),
        (Op.NEW, len(now)),
    ]


def test_answers_given_taken_back_and_put_otherwise() -> None:
    assert changed_answers([said("Oui")], [said("Oui ")]) == ()
    (given_,) = changed_answers([], [said("Oui", text=False)])
    assert (given_.before, given_.now, given_.pieces) == ("", "Oui", ())
    (taken,) = changed_answers([said("Oui", code="gone")], [])
    assert (taken.before, taken.now) == ("Oui", "")
    (text,) = changed_answers([said("Il lit")], [said("Il lit peu")])
    assert [one.text for one in text.pieces if one.op is Op.NEW] == [" peu"]


@pytest.mark.parametrize("evolution", [Evolution.TO_SAY, Evolution.STABLE])
def test_a_finding_that_stands_as_it_was_is_no_change(evolution: Evolution) -> None:
    after = finding(1, evolution=evolution)
    path = () if evolution is Evolution.TO_SAY else ((2, evolution),)
    assert kinds([finding(1)], [after], *path) == []


def test_findings_are_followed_by_their_lineage() -> None:
    here = finding(1)
    assert kinds([], [here], (1, Evolution.NEW)) == [FindingChangeKind.NEW]
    assert kinds([here], []) == [FindingChangeKind.GONE]
    lifted = replace(here, evolution=Evolution.LIFTED)
    assert kinds([here], [lifted], (2, Evolution.LIFTED)) == [FindingChangeKind.LIFTED]
    # Lifted by a version between: the later one no longer has it.
    assert kinds([here], [], (2, Evolution.LIFTED)) == [FindingChangeKind.LIFTED]
    assert kinds([lifted], [], (2, Evolution.LIFTED)) == []
    assert kinds([here], [replace(here, evolution=Evolution.BETTER)], (2, Evolution.BETTER)) == [
        FindingChangeKind.EVOLVED
    ]
    assert kinds([here], [replace(here, wording="Va au stade deux fois")]) == [FindingChangeKind.EVOLVED]
    assert kinds([here], [replace(here, priority=1)]) == [FindingChangeKind.EVOLVED]


def test_an_evolution_said_between_the_two_versions_is_not_lost() -> None:
    (change,) = changed_findings(
        [finding(1)],
        [finding(1, evolution=Evolution.STABLE)],
        {UUID(int=1): ((2, Evolution.BETTER), (3, Evolution.STABLE))},
    )
    assert change.kind is FindingChangeKind.EVOLVED
    assert change.path == ((2, Evolution.BETTER), (3, Evolution.STABLE))


@given(st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)))
def test_what_one_side_has_alone_is_new_or_gone(before: set[int], now: set[int]) -> None:
    found = changed_findings([finding(n) for n in before], [finding(n) for n in now], {})
    new = {one.finding.lineage.int for one in found if one.kind is FindingChangeKind.NEW}
    gone = {one.finding.lineage.int for one in found if one.kind is FindingChangeKind.GONE}
    assert (new, gone, len(found)) == (now - before, before - now, len(new) + len(gone))


def test_an_answer_that_only_the_form_words_otherwise_has_not_changed() -> None:
    """Two editions of the form: the same code, another label; and another question, whose former words are told."""

    def answered(label: str, words: str, given: object) -> Answered:
        return Answered(step="accueil", code="lecture", label=label, words=words, given=given)

    before = answered("Lit le français", "Sans difficulté", "aise")
    assert changed_answers([before], [answered("Lit le français", "Sans peine", "aise")]) == ()
    (change,) = changed_answers([before], [answered("Lit et écrit", "Avec peine", "difficile")])
    assert (change.label, change.asked_before) == ("Lit et écrit", "Lit le français")
