"""What changed in a text, word by word: sentences are paired first, then the words of those that differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+\s*|\n\s*|$)")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
#: Beyond this many pairs of words (a note rewritten from end to end) the sentences are shown whole, before and now.
_MOST_PAIRS = 160_000
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
    found: list[Piece] = []
    for gone, new, kept in _blocks(_sentences(before), _sentences(now)):
        if kept:
            found.append(Piece(Op.KEPT, kept))
        else:
            found += _words_between(gone, new)
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


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.findall(text) if one]


def _blocks(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What is gone, what is new, what stayed: one of them a turn, or gone and new together."""
    for tag, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "", "", "".join(before[a:b])
        else:
            yield "".join(before[a:b]), "".join(now[c:d]), ""


def _words_between(before: str, now: str) -> Iterator[Piece]:
    first, second = _WORD.findall(before), _WORD.findall(now)
    if len(first) * len(second) > _MOST_PAIRS:
        yield from _both(before, now)
        return
    for gone, new, kept in _blocks(first, second):
        if kept:
            yield Piece(Op.KEPT, kept)
        else:
            yield from _both(gone, new)


def _both(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(Op.GONE, gone)
    if new:
        yield Piece(Op.NEW, new)


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
