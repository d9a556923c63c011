"""Words masked one by one: what is hidden is not in what leaves; a text that changed is masked again as at first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.word_mask import (
    HIDDEN,
    chosen,
    folded_names,
    hidden_at_first,
    kept,
    masked,
    pieces,
    words_of,
)

NAMES = folded_names(["Nathalie Perrin", "Me Sabine Étchegaray"], ["Perrin", "Loïc, Antoine"])


def test_a_word_leaves_or_does_not() -> None:
    text = "Sa mère, Nathalie, l’hébergera."
    assert masked(text, ()) == text
    assert masked(text, {2}) == f"Sa mère, {HIDDEN}, l’hébergera."
    assert masked(text, {0, 1}) == f"{HIDDEN}, Nathalie, l’hébergera."
    assert masked(text, {0, 1, 2, 3}) == HIDDEN


def test_names_that_are_known_numbers_and_mails_are_hidden_at_first() -> None:
    text = "Nathalie vient avec d’Étchegaray, 05 36 71 09 14, me@cabinet.example. Loïc Perrin attend."
    left = masked(text, hidden_at_first(text, NAMES, whole=False))
    for word in ("Nathalie", "tchegaray", "05", "14", "cabinet"):
        assert word not in left
    assert "Loïc Perrin attend" in left, "the person’s own name is theirs"
    assert "vient avec" in left


def test_what_concerns_a_third_party_is_hidden_whole_and_what_is_the_persons_own_is_not() -> None:
    assert masked("Vient le samedi.", hidden_at_first("Vient le samedi.", (), whole=True)) == HIDDEN
    assert hidden_at_first("06 39 98 45 12", (), whole=False, own=True) == frozenset()
    assert hidden_at_first("06 39 98 45 12", (), whole=False) != frozenset()


def test_a_choice_holds_for_the_text_it_was_made_on_and_for_no_other() -> None:
    choice = kept("Sa mère vient.", {1})
    assert chosen("Sa mère vient.", choice) == frozenset({1})
    assert chosen("Sa sœur vient.", choice) is None
    assert chosen("Sa mère vient.", kept("Sa mère vient.", ())) == frozenset()


@given(text=st.text(max_size=80), data=st.data())
def test_the_pieces_are_the_text_and_no_hidden_word_leaves(text: str, data: st.DataObject) -> None:
    words = words_of(text)
    hidden = data.draw(st.sets(st.sampled_from([one.number for one in words]))) if words else set()
    assert "".join(piece for piece, _ in pieces(text, hidden)) == text
    shown = "".join(piece if seen else " " for piece, seen in pieces(text, hidden))
    left = [text[one.start : one.end] for one in words if one.number not in hidden]
    assert [shown[one.start : one.end] for one in words_of(shown)] == left


@pytest.mark.parametrize("text", ["", "   ", "…"])
def test_a_text_without_words_leaves_as_it_is(text: str) -> None:
    assert masked(text, hidden_at_first(text, NAMES, whole=True)) == text
