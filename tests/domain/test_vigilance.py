"""V15: words of health, offence, court and detention are found as written; a person decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop import reference
from spip_desktop.domain.vigilance import Topic, scan, unread

TOPICS = tuple(
    Topic(
        code=one.code,
        label=one.label,
        because=one.text("because"),
        words=one.texts("words"),
        neutral_only=one.flag("neutral_only"),
    )
    for one in reference.load("vigilance").entries
)


def words(text: str, *, neutral: bool = False) -> list[str]:
    return [one.word for one in scan({"objective_words": text}, TOPICS, neutral=neutral)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Depuis mon incarcération, je cuisine.", ["incarcération"]),
        ("Je peux venir avec mon bracelet.", ["bracelet"]),
        ("DÉTENU à la Maison d’Arrêt", ["DÉTENU", "Maison d’Arrêt"]),
        ("Suivi au CSAPA, sous méthadone", ["CSAPA", "méthadone"]),
        ("Le juge l’a condamné pour vol aggravé", ["juge", "condamné", "vol aggravé"]),
        ("Volontaire, il vole de ses propres ailes", []),
        ("Je veux reprendre en cuisine et passer un CAP, avec un patron qui me laisse ma chance.", []),
    ],
)
def test_words_are_found_as_written(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_some_words_count_only_under_the_neutral_letterhead() -> None:
    assert words("J’ai fait une PPAIP") == []
    assert words("J’ai fait une PPAIP", neutral=True) == ["PPAIP"]


def test_read_words_stay_read_and_a_new_one_comes_back() -> None:
    found = scan({"availability": "Pas le mardi : parloir."}, TOPICS)
    read = [one.key for one in found]
    assert unread(found, read) == ()
    more = scan({"availability": "Pas le mardi : parloir, ni après l’audience."}, TOPICS)
    assert [one.word for one in unread(more, read)] == ["audience"]


@given(st.text(), st.booleans())
def test_any_text_is_scanned_and_what_is_found_stands_in_it(text: str, neutral: bool) -> None:
    assert all(one.word in text for one in scan({"x": text}, TOPICS, neutral=neutral))


@given(st.sampled_from(["prison", "psychiatre", "tribunal"]), st.text(alphabet=" ,.;-’'\n", min_size=1))
def test_signs_around_a_word_hide_nothing(word: str, around: str) -> None:
    assert word.upper() in words(f"Bonjour{around}{word.upper()}{around}merci")
