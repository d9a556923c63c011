"""The program is killed while one types: what was said to be saved is there, and what was typed two seconds ago."""

from typing import Any

import pytest

from tests.scenarios.conftest import Open

NOTE = "Il parle d’abord de son fils, puis du travail : « je veux un patron qui me laisse ma chance ». "
KILLS = (
    ("availability", NOTE, 45, 30),
    ("resources", NOTE, 20, 85),
    ("first_names", "Loïc, Jean-Baptiste, Anaël", 60, 20),
    ("birth_date", "29/02/20", 150, 8),
    ("engaged", NOTE, 5, 90),
)


@pytest.mark.parametrize(("field", "text", "pause", "signs"), KILLS)
def test_a_killed_program_loses_nothing_it_said_to_be_saved(
    enter: Open, field: str, text: str, pause: int, signs: int
) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", field, "")
        hand.do("wait", 2_000)  # what stood there before is out of the store too
        killed = hand.type_and_kill(text, pause, signs)
        saved = [line for _, line in hand.heard if line[0] == "saved"]
        typed_before = [line[1] for at, line in hand.heard if line[0] == "typed" and at <= killed - 2.0]
    with enter() as hand:
        hand.open_situation("perrin")
        found = hand.do("text", field)
        assert text.startswith(found)
        assert len(found) >= max(typed_before, default=0)
        if saved:
            _assert_all_there(hand, saved[-1])


def _assert_all_there(hand: Any, said: list[Any]) -> None:
    """Every field as it stood when « Enregistré » was last shown (one typed in since may have more)."""
    _, label, fields = said
    assert label.startswith("Enregistré à ")
    for code, text in fields.items():
        assert hand.do("text", code).startswith(text.rstrip()), code
