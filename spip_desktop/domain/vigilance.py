"""Words to read again before a sheet leaves (V15: R. 122-4, D. 113-45, R. 123-5): found here, judged by a person."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spip_desktop.domain.text import fold

_WORD = re.compile(r"[^\W_]+")
_Token = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One subject of the dictionary (list `vigilance`). A star ends a word that may go on; spaces join words.

    `neutral_only` topics count only under the neutral letterhead.
    """

    code: str
    label: str
    because: str
    words: tuple[str, ...]
    neutral_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One word as it is written, in which field, and why it deserves a look."""

    field: str
    word: str
    topic: str
    because: str

    @property
    def key(self) -> str:
        """What « Relu » remembers: the same word in the same field is not shown twice."""
        return f"{self.field}:{fold(self.word)}"


def scan(texts: Mapping[str, str], topics: Sequence[Topic], *, neutral: bool = False) -> tuple[Found, ...]:
    """Every word of the dictionary in these texts, field by field in the order read, each once a field."""
    used = [topic for topic in topics if neutral or not topic.neutral_only]
    every = [found for field, text in texts.items() for found in _in_text(field, text, used)]
    return tuple({found.key: found for found in every}.values())


def unread(found: Sequence[Found], read: Sequence[str]) -> tuple[Found, ...]:
    """What nobody has said to have read yet; a word typed since comes back."""
    return tuple(one for one in found if one.key not in read)


def _in_text(field: str, text: str, topics: Sequence[Topic]) -> Iterator[Found]:
    tokens = list(_tokens(text))
    places = []
    for topic in topics:
        for pattern in topic.words:
            parts = pattern.split()
            places += [
                (tokens[start][1], -tokens[start + len(parts) - 1][2], topic)
                for start in range(len(tokens) - len(parts) + 1)
                if all(_fits(tokens[start + index][0], part) for index, part in enumerate(parts))
            ]
    reached = -1
    for begin, end, topic in sorted(places, key=lambda place: place[:2]):
        if begin < reached:
            continue  # « maison d’arrêt » is told once, not again for a word inside it
        reached = -end
        yield Found(field=field, word=text[begin:-end], topic=topic.label, because=topic.because)


def _fits(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def _tokens(text: str) -> Iterator[_Token]:
    """Folded words with where they stand; apostrophes and hyphens part words, as in the dictionary."""
    for found in _WORD.finditer(text):
        yield fold(found.group()), found.start(), found.end()
