"""A program killed again and again while one types: each new start looks at what the last kill left."""

import random
from dataclasses import dataclass
from typing import Any

from tests.scenarios.conftest import Open

NOTE = "Il parle d’abord de son fils, puis du travail : « je veux un patron qui me laisse ma chance ». "
#: Field, text (no two kills type the same, so that what an earlier one left proves nothing), milliseconds a sign.
TYPED = (
    ("availability", "{number} " + NOTE, 20, 45),
    ("resources", "{number} " + NOTE, 20, 45),
    ("engaged", "{number} " + NOTE, 15, 40),
    ("first_names", "{letter}oïc, Jean-Baptiste, Anaël", 40, 90),
    ("birth_date", "{day}/02/20", 60, 180),  # half typed, it is no date at all: kept as it stands
)
#: Seconds of typing before a kill, at most; « Enregistré » comes within 1.5 s.
LONGEST = 3.5


@dataclass(frozen=True, slots=True)
class Left:
    """What must be found after a kill: the field, all that was typed, and what had to be there."""

    field: str
    text: str
    at_least: int  # signs typed two seconds before, or more
    said: list[Any] | None  # the last « Enregistré », with what every field held


def kill_again_and_again(enter: Open, times: int, seed: int) -> int:
    """Kill that many times; returns how many of the kills came after an « Enregistré »."""
    chance, left, told = random.Random(seed), None, 0
    for number in range(times):
        with enter() as hand:
            hand.open_situation("perrin")
            if left is not None:
                _assert_there(hand, left)
            left = _type_and_kill(hand, number, chance)
            told += left.said is not None
    with enter() as hand:
        hand.open_situation("perrin")
        assert left is not None
        _assert_there(hand, left)
    return told


def _type_and_kill(hand: Any, number: int, chance: random.Random) -> Left:
    field, words, quickest, slowest = TYPED[number % len(TYPED)]
    text = words.format(number=number, letter=chr(65 + number % 26), day=10 + number % 18)
    pause = chance.randint(quickest, slowest)
    signs = int(chance.uniform(0.1, LONGEST) * 1_000 / pause)
    hand.do("fill", field, "")
    hand.do("wait", 1_000)  # what stood there before is on its way out too
    killed = hand.type_and_kill(text, pause, max(1, min(signs, len(text))))
    saved = [line for _, line in hand.heard if line[0] == "saved"]
    typed_before = [line[1] for at, line in hand.heard if line[0] == "typed" and at <= killed - 2.0]
    return Left(field, text, max(typed_before, default=0), saved[-1] if saved else None)


def _assert_there(hand: Any, left: Left) -> None:
    """Every field as it stood when « Enregistré » was last shown (the one typed in since may have more)."""
    found = hand.do("text", left.field)
    assert left.text.startswith(found), (left.field, found)
    assert len(found) >= left.at_least, (left.field, found, left.at_least)
    if left.said is not None:
        _, label, fields = left.said
        assert label.startswith("Enregistré à ")
        for code, text in fields.items():
            assert hand.do("text", code).startswith(text.rstrip()), code
