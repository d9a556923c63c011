"""The one door for text on paper, and the cutting of text into lines.

Nothing here or after it reads markup: text is drawn sign by sign, so `<non>`, `&` or an unclosed `<b>` are signs
like any other and nothing can be fetched, hidden or lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from spip_desktop.documents.kit import fonts
from spip_desktop.domain.text import NBSP, clean

_SPACES = {0x202F: NBSP, 0x2007: NBSP, 0x2009: NBSP, 0x200A: NBSP, 0x2008: " ", 0x3000: " ", 0xAD: None}
_LIKE = {0x2010: "-", 0x2011: "-", 0x2043: "-", 0x2015: "—"}
_SAME_SIGN = str.maketrans(_SPACES | _LIKE)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in regular or bold type."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line: pieces set in one font each, and their total width in thousandths of the size.

    `cut` says that the next line goes on in the same word.
    """

    pieces: tuple[fonts.Piece, ...]
    units: float
    cut: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


Words = str | Span | Sequence[Span]


def printable(text: str) -> str:
    """The text as drawn: cleaned, thin spaces as U+00A0, signs no font has as « [signe] »; line breaks kept."""
    return fonts.drawable(clean(text, lines=True).translate(_SAME_SIGN))


def _spans(words: Words) -> tuple[Span, ...]:
    if isinstance(words, str):
        return (Span(words),)
    return (words,) if isinstance(words, Span) else tuple(words)


def plain(words: Words) -> str:
    """The words without their types."""
    return "".join(span.text for span in _spans(words))


def quoted(text: str) -> str:
    """The words between « », once: a text already typed so is not quoted twice."""
    text = text.strip()
    if text.startswith("«") and text.endswith("»") and text.count("«") == 1:
        text = text[1:-1].strip()
    return f"«{NBSP}{text}{NBSP}»"


def broken(words: Words, width: float, size: float) -> tuple[Line, ...]:
    """Cut into lines of at most `width` points at that size; a word wider than a line is cut between signs."""
    return _lines(_spans(words), width * 1000 / size)


def forget() -> None:
    """Empty what was kept of the texts while a document was laid out."""
    _lines.cache_clear()


@lru_cache(maxsize=2048)
def _lines(typed: tuple[Span, ...], room: float) -> tuple[Line, ...]:
    """Every text of a document passes here, and through printable()."""
    spans = [Span(printable(span.text), span.bold) for span in typed]
    return tuple(line for paragraph in _paragraphs(spans) for line in _fill(_words(paragraph), room))


def _paragraphs(spans: Sequence[Span]) -> list[list[Span]]:
    found: list[list[Span]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        found[-1].append(Span(first, span.bold))
        found += [[Span(text, span.bold)] for text in others]
    return found


_Word = tuple[fonts.Piece, ...]


def _words(paragraph: Sequence[Span]) -> list[_Word]:
    """The words between plain spaces; one word may change type in its middle."""
    words: list[list[fonts.Piece]] = [[]]
    for span in paragraph:
        first, *others = span.text.split(" ")
        words[-1] += fonts.pieces(first, span.bold)
        words += [list(fonts.pieces(text, span.bold)) for text in others]
    return [tuple(word) for word in words if word]


def _fill(words: list[_Word], room: float) -> list[Line]:
    space = fonts.main_face(False).space
    lines: list[Line] = []
    current: list[fonts.Piece] = []
    used = 0.0
    for whole in words:
        for part, word in enumerate(_cut(whole, room)):
            wide = sum(piece.units for piece in word)
            if current and (part or used + space.units + wide > room):
                lines.append(_line(current, used, cut=part > 0))
                current, used = [], 0.0
            if current:
                current.append(_space_like(current[-1], word[0]))
                used += current[-1].units
            current += word
            used += wide
    return [*lines, _line(current, used)]


def _space_like(before: fonts.Piece, after: fonts.Piece) -> fonts.Piece:
    """A space in the font of its neighbours when they agree, so that a line stays in few pieces."""
    return before.face.space if before.face is after.face else fonts.main_face(False).space


def _cut(word: _Word, room: float) -> list[_Word]:
    if sum(piece.units for piece in word) <= room:
        return [word]
    parts: list[_Word] = []
    current: list[fonts.Piece] = []
    used = 0.0
    for piece in word:
        for sign in fonts.clusters(piece.text):
            wide = piece.face.width(sign)
            if current and used + wide > room:
                parts.append(tuple(current))
                current, used = [], 0.0
            current.append(fonts.Piece(piece.face, sign, wide))
            used += wide
    return [*parts, tuple(current)]


def _line(pieces: list[fonts.Piece], used: float, *, cut: bool = False) -> Line:
    joined: list[fonts.Piece] = []
    for piece in pieces:
        if joined and joined[-1].face is piece.face:
            last = joined[-1]
            joined[-1] = fonts.Piece(last.face, last.text + piece.text, last.units + piece.units)
        else:
            joined.append(piece)
    return Line(tuple(joined), used, cut)
