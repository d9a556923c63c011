"""What changed in a text, word by word.

Short runs of words that stand once in each text tie the two together; between two ties the words are compared.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\w+ ?|[^\w\s] ?|\s+")
#: Words in a row: long enough to stand once in a note, short enough to be found again.
_RUN = 3
#: Beyond this many pairs of words (a note rewritten from end to end) a stretch is shown whole, before and now.
_MOST_PAIRS = 40_000
#: A word alone that stayed between two rewritten stretches is told with them: it says nothing by itself.
_TOO_SHORT = 2
_MARK = "[…]"


class Op(StrEnum):
    KEPT = "garde"
    GONE = "retire"
    NEW = "ajoute"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. KEPT and GONE together make the text before, KEPT and NEW the text now."""

    op: Op
    text: str


def pieces_between(before: str, now: str) -> tuple[Piece, ...]:
    """The stretches that lead from one text to the other, in reading order."""
    first, second = _WORD.findall(before), _WORD.findall(now)
    found: list[Piece] = []
    at, to = 0, 0
    for start, place, length in _ties(first, second):
        found += _words_between(first[at:start], second[to:place])
        found.append(Piece(Op.KEPT, "".join(first[start : start + length])))
        at, to = start + length, place + length
    found += _words_between(first[at:], second[to:])
    return _joined(_swallowed(_joined(found)))


def text_before(pieces: Sequence[Piece]) -> str:
    return "".join(one.text for one in pieces if one.op is not Op.NEW)


def text_now(pieces: Sequence[Piece]) -> str:
    return "".join(one.text for one in pieces if one.op is not Op.GONE)


def side(pieces: Sequence[Piece], gone: bool) -> tuple[Piece, ...]:
    """One of the two texts: the one before with what is gone from it, or the one now with what is new."""
    other = Op.NEW if gone else Op.GONE
    return tuple(one for one in pieces if one.op is not other)


def around_changes(pieces: Sequence[Piece], context: int) -> tuple[Piece, ...]:
    """The same with what stayed cut to about `context` signs beside each change, at a word, « […] » in its place."""
    found, last = [], len(pieces) - 1
    for place, one in enumerate(pieces):
        if one.op is not Op.KEPT or len(one.text) <= 2 * context + len(_MARK):
            found.append(one)
            continue
        head = "" if place == 0 else _start(one.text, context)
        tail = "" if place == last else _end(one.text, context)
        found.append(Piece(Op.KEPT, f"{head}{_MARK}{tail}"))
    return tuple(found)


def shortened(pieces: Sequence[Piece], most: int) -> tuple[Piece, ...]:
    """The same cut after about `most` signs, at a word, « […] » last."""
    found, left = [], most
    for one in pieces:
        if len(one.text) > left:
            found += [Piece(one.op, _start(one.text, max(left, 1))), Piece(Op.KEPT, _MARK)]
            break
        found.append(one)
        left -= len(one.text)
    return tuple(found)


def _start(text: str, signs: int) -> str:
    cut = text.rfind(" ", 0, signs + 1)
    return text[: cut + 1 if cut > 0 else signs]


def _end(text: str, signs: int) -> str:
    cut = text.find(" ", max(len(text) - signs, 0))
    return text[cut:] if cut >= 0 else text[-signs:]


def _ties(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Stretches that are the same in both, in order: where they start in each, how many words and spaces."""
    once, there = _runs_once(first), _runs_once(second)
    pairs = [(start, there[run]) for run, start in once.items() if run in there]
    at, to = 0, 0
    for start, place in _rising(pairs):
        if start < at or place < to:
            continue
        while start > at and place > to and first[start - 1] == second[place - 1]:
            start, place = start - 1, place - 1
        length = 0
        while start + length < len(first) and place + length < len(second):
            if first[start + length] != second[place + length]:
                break
            length += 1
        yield start, place, length
        at, to = start + length, place + length


def _runs_once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each run of words that stands only once begins, in order."""
    found: dict[tuple[str, ...], int] = {}
    again = set()
    for start, run in enumerate(zip(*(words[n:] for n in range(_RUN)), strict=False)):
        if run in found:
            again.add(run)
        else:
            found[run] = start
    return {run: start for run, start in found.items() if run not in again}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs in which both places rise (the first ones already do)."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        rank = bisect_left(ends, place)
        before.append(tails[rank - 1] if rank else -1)
        ends[rank : rank + 1] = [place]
        tails[rank : rank + 1] = [number]
    chosen, one = [], tails[-1] if tails else -1
    while one >= 0:
        chosen.append(pairs[one])
        one = before[one]
    return chosen[::-1]


def _words_between(first: Sequence[str], second: Sequence[str]) -> Iterator[Piece]:
    if not first or not second or len(first) * len(second) > _MOST_PAIRS:
        yield from _both("".join(first), "".join(second))
        return
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Op.KEPT, "".join(first[a:b]))
        else:
            yield from _both("".join(first[a:b]), "".join(second[c:d]))


def _both(gone: str, new: str) -> Iterator[Piece]:
    """What went, then what came; a word that only its space tells apart stayed."""
    if gone and new:
        shared = _shared_words(gone, new)
        if shared:
            yield Piece(Op.KEPT, gone[:shared])
            yield from _both(gone[shared:], new[shared:])
            return
    end = gone[-1:] if gone[-1:] == new[-1:] and gone[-1:].isspace() else ""
    gone, new = gone[: len(gone) - len(end)], new[: len(new) - len(end)]
    if gone:
        yield Piece(Op.GONE, gone)
    if new:
        yield Piece(Op.NEW, new)
    if end:
        yield Piece(Op.KEPT, end)


def _shared_words(one: str, other: str) -> int:
    """How many signs of whole words both texts begin with."""
    most = min(len(one), len(other))
    same = next((place for place in range(most) if one[place] != other[place]), most)
    while same and any(text[same - 1].isalnum() and text[same : same + 1].isalnum() for text in (one, other)):
        same -= 1
    return same


def _swallowed(pieces: Sequence[Piece]) -> list[Piece]:
    """A stretch of less than two words that stayed between changes becomes part of them."""
    found: list[Piece] = []
    for place, one in enumerate(pieces):
        inside = 0 < place < len(pieces) - 1 and one.op is Op.KEPT and "\n" not in one.text
        if inside and len(re.findall(r"\w+", one.text)) < _TOO_SHORT and len(one.text) < 12:
            found += [Piece(Op.GONE, one.text), Piece(Op.NEW, one.text)]
        else:
            found.append(one)
    return found


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Stretches of one kind that follow each other in one piece; what is gone comes before what is new."""
    found: list[Piece] = []
    gone = new = ""
    for one in (*pieces, Piece(Op.KEPT, "")):
        if one.op is Op.GONE:
            gone += one.text
        elif one.op is Op.NEW:
            new += one.text
        else:
            found += _both(gone, new)
            gone = new = ""
            if one.text and found and found[-1].op is Op.KEPT:
                found[-1] = Piece(Op.KEPT, found[-1].text + one.text)
            elif one.text:
                found.append(one)
    return tuple(found)
