"""Words hidden in a text, one by one: what an officer masks before the text leaves.

A mask is the numbers of the words hidden, kept with a digest of the text: when the text changes, the choice made on
what it was holds no more, and what is hidden at first is hidden again.
"""

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spip_desktop.domain.text import fold

HIDDEN = "[masqué]"
_WORD = re.compile(r"[^\s.,;:!?()«»\"…]+", re.UNICODE)
#: A phone number or an address of mail, whoever it is of.
_REACHED = re.compile(r"\+?\d(?:[\s.\u00a0-]?\d){8,14}|[^\s@,;()]+@[^\s@,;()]+\.\w+")
_SHORTEST = 3  # signs: a shorter word is nobody's name


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands, in signs; `number` counts from 0."""

    number: int
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    return tuple(Word(number, *found.span()) for number, found in enumerate(_WORD.finditer(text)))


def hidden_at_first(text: str, names: Collection[str], *, whole: bool, own: bool = False) -> frozenset[int]:
    """The words to hide before anybody looked: all of them, or names known here, numbers and addresses of mail.

    `names` are folded (`folded_names`); `own`: numbers and addresses of mail are the person's own, and stay.
    """
    words = words_of(text)
    if whole:
        return frozenset(one.number for one in words)
    reached = [] if own else [found.span() for found in _REACHED.finditer(text)]
    return frozenset(
        one.number
        for one in words
        if _is_name(text[one.start : one.end], names) or any(a < one.end and one.start < b for a, b in reached)
    )


def folded_names(said: Collection[str], but: Collection[str]) -> frozenset[str]:
    """The words of these names, without those of `but` (the person's own name)."""
    own = {word for one in but for word in fold(one).split()}
    return frozenset(word for one in said for word in fold(one).split() if len(word) >= _SHORTEST) - own


def _is_name(word: str, names: Collection[str]) -> bool:
    parts = fold(re.sub(r"^[ldjmtsnc]’", "", word, flags=re.IGNORECASE)).split()
    return any(one in names for one in parts)


def masked(text: str, hidden: Collection[int]) -> str:
    """The text as it leaves: hidden words, and the spaces between them, are one « [masqué] »."""
    if hidden and len(hidden) == len(words_of(text)):
        return HIDDEN
    return "".join(piece if shown else HIDDEN for piece, shown in pieces(text, hidden))


def pieces(text: str, hidden: Collection[int]) -> Iterator[tuple[str, bool]]:
    """The text in turns shown and hidden, as (words, shown); two hidden words in a row are one piece."""
    at, start, last = 0, None, 0
    for one in words_of(text):
        if one.number in hidden:
            if start is not None and text[last : one.start].strip():
                yield text[start:last], False
                at, start = last, None
            if start is None:
                if text[at : one.start]:
                    yield text[at : one.start], True
                start = one.start
            last = one.end
        elif start is not None:
            yield text[start:last], False
            at, start = last, None
    if start is not None:
        yield text[start:last], False
        at = last
    if text[at:]:
        yield text[at:], True


def kept(text: str, hidden: Collection[int]) -> str:
    """A choice as it is kept: the digest of the text, then the numbers of its hidden words."""
    return f"{_digest(text)}:{','.join(map(str, sorted(hidden)))}"


def chosen(text: str, choice: str) -> frozenset[int] | None:
    """The hidden words of a choice that was kept; None when it was made on another text."""
    digest, _, numbers = choice.partition(":")
    if digest != _digest(text):
        return None
    return frozenset(int(one) for one in numbers.split(",") if one)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
