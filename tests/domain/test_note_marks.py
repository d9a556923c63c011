"""Marks keep to their paragraph and chosen words are found again, whatever is typed around them."""

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.domain.evaluation import MarkKind, NoteMark
from spip_desktop.domain.note_marks import (
    chosen,
    edit_between,
    follow,
    locate,
    moved,
    paragraph_start,
    settled,
    toggled,
)

TEXT = st.text(alphabet="ab é’\n🙂", max_size=40)
NOTE = "Dit qu’il aime.\nChez Bruno, huit mois.\nLit lentement."
BRUNO = NOTE.index("Chez")


@given(TEXT, TEXT)
def test_an_edit_turns_one_text_into_the_other(old: str, new: str) -> None:
    edit = edit_between(old, new)
    put_in = new[edit.at : edit.at + edit.added]
    assert old[: edit.at] + put_in + old[edit.at + edit.removed :] == new


@given(TEXT)
def test_the_same_text_is_no_edit(text: str) -> None:
    assert (edit_between(text, text).removed, edit_between(text, text).added) == (0, 0)


@given(TEXT, TEXT, st.integers(0, 40))
def test_a_sign_outside_the_edit_is_the_same_sign_after_it(old: str, new: str, position: int) -> None:
    edit = edit_between(old, new)
    if position < len(old) and not edit.at <= position < edit.at + edit.removed:
        assert new[moved(position, edit)] == old[position]


@given(TEXT, TEXT, st.sets(st.integers(0, 40)))
def test_marks_always_stand_at_the_start_of_a_paragraph_one_a_paragraph(old: str, new: str, at: set[int]) -> None:
    marks = settled((NoteMark(MarkKind.KEEP, position) for position in at), old)
    after = follow(marks, old, new)
    starts = [mark.start for mark in after]
    assert all(paragraph_start(new, start) == start and start <= len(new) for start in starts)
    assert starts == sorted(set(starts))


@given(st.lists(st.text(alphabet="abc é", min_size=1, max_size=8), min_size=1, max_size=6), st.data())
def test_a_mark_follows_its_paragraph_when_others_are_typed(paragraphs: list[str], data: st.DataObject) -> None:
    paragraphs = [f"{number}{words}" for number, words in enumerate(paragraphs)]
    marked = data.draw(st.integers(0, len(paragraphs) - 1))
    old = "\n".join(paragraphs)
    start = sum(len(one) + 1 for one in paragraphs[:marked])
    typed = data.draw(st.integers(0, len(paragraphs)))
    after = "\n".join([*paragraphs[:typed], "nouveau", *paragraphs[typed:]])
    (mark,) = follow([NoteMark(MarkKind.WORDS, start)], old, after)
    assert after[mark.start :].split("\n")[0] == paragraphs[marked]


def test_typing_at_the_start_of_a_marked_paragraph_keeps_its_mark() -> None:
    marks = (NoteMark(MarkKind.WORDS, BRUNO),)
    typed = NOTE.replace("Chez", "« Chez")
    assert follow(marks, NOTE, typed) == marks
    broken = NOTE.replace("Chez", "\nChez")
    assert follow(marks, NOTE, broken) == (NoteMark(MarkKind.WORDS, BRUNO + 1),)


def test_a_paragraph_taken_out_takes_its_mark_with_it() -> None:
    marks = (NoteMark(MarkKind.WORDS, BRUNO), NoteMark(MarkKind.AGAIN, NOTE.index("Lit")))
    shorter = NOTE.replace("Chez Bruno, huit mois.\n", "")
    assert follow(marks, NOTE, shorter) == (NoteMark(MarkKind.AGAIN, shorter.index("Lit")),)


def test_two_paragraphs_made_one_keep_one_mark() -> None:
    marks = (NoteMark(MarkKind.WORDS, BRUNO), NoteMark(MarkKind.AGAIN, NOTE.index("Lit")))
    joined = NOTE.replace("mois.\nLit", "mois. Lit")
    assert follow(marks, NOTE, joined) == (NoteMark(MarkKind.WORDS, BRUNO),)


def test_a_key_puts_a_mark_changes_it_and_takes_it_off() -> None:
    first = toggled((), NOTE, BRUNO + 3, MarkKind.WORDS)
    assert first == (NoteMark(MarkKind.WORDS, BRUNO),)
    assert toggled(first, NOTE, BRUNO, MarkKind.KEEP) == (NoteMark(MarkKind.KEEP, BRUNO),)
    assert toggled(first, NOTE, BRUNO, MarkKind.WORDS) == ()


@given(TEXT, TEXT, st.text(alphabet="ab é", min_size=1, max_size=5))
def test_words_are_found_again_where_they_are(before: str, after: str, words: str) -> None:
    text = before + words + after
    found = locate(text, words, len(before))
    assert found is not None
    assert text[found[0] : found[1]] == words
    assert found[0] == len(before)


def test_words_that_are_gone_are_not_found_and_the_nearest_place_wins() -> None:
    assert locate(NOTE, "jamais dit", 3) is None
    assert locate("oui oui oui", "oui", 7) == (8, 11)
    assert locate(NOTE, "Bruno", None) is None


def test_chosen_words_lose_the_spaces_around_them() -> None:
    assert chosen(NOTE, BRUNO - 1, BRUNO + 11) == (BRUNO, "Chez Bruno,")
    assert chosen(NOTE, 3, 3) == (3, "")


def test_a_long_note_is_followed_at_once() -> None:
    note = "ligne de la note\n" * 1200
    marks = tuple(NoteMark(MarkKind.KEEP, start) for start in range(0, len(note) - 17, 17 * 40))
    after = note[:9000] + "x" + note[9000:]
    assert len(follow(marks, note, after)) == len(marks)
