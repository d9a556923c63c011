"""Which words of a text are looked up in a dictionary: pure, told without a screen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

#: Letters, with apostrophes and hyphens inside: « l’entretien », « rendez-vous », « c’est-à-dire ».
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 60  # signs: beyond, it is no word
_IN_ADDRESS = re.compile(r"\S+@\S+|\S+://\S+|www\.\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWord:
    """A word that an officer holds for right. `person_id` is the dossier in which it was taught: erased with it."""

    id: UUID
    officer_id: UUID
    word: str
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A word and where it begins, in signs."""

    start: int
    word: str

    @property
    def end(self) -> int:
        return self.start + len(self.word)


def words_of(text: str) -> Iterator[Span]:
    """The words to look up: no acronym, no number, no address."""
    passed = [found.span() for found in _IN_ADDRESS.finditer(text)] if "@" in text or "." in text else []
    for found in _WORD.finditer(text):
        word = found.group()
        if len(word) > _LONGEST or word.isupper() or _touches_digit(text, found.start(), found.end()):
            continue
        if any(start <= found.start() < end for start, end in passed):
            continue
        yield Span(found.start(), word)


def word_at(text: str, place: int) -> Span | None:
    """The word in which, or at the end of which, a place lies."""
    return next((one for one in words_of(text) if one.start <= place <= one.end), None)


def _touches_digit(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isdigit() or after.isdigit() or before == "_" or after == "_"
