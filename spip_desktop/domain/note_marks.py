"""A note and what points into it: marks follow their paragraph, chosen words are found again (positions in signs)."""

from collections.abc import Iterable
from dataclasses import dataclass

from spip_desktop.domain.evaluation import MarkKind, NoteMark


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of a text replaced by another: where it starts, signs taken out, signs put in."""

    at: int
    removed: int
    added: int


def edit_between(old: str, new: str) -> Edit:
    """The shortest single stretch whose replacement turns `old` into `new`."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return Edit(start, len(old) - start - end, len(new) - start - end)


def _shared(one: str, other: str) -> int:
    """How many signs two texts share at their start (by halves: a note of 20,000 signs must not be felt)."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def moved(position: int, edit: Edit) -> int:
    """Where a position is after an edit; inside what was replaced, it goes to the end of what was put in."""
    if position < edit.at:
        return position
    if position >= edit.at + edit.removed:
        return position + edit.added - edit.removed
    return edit.at + edit.added


def paragraph_start(text: str, position: int) -> int:
    """Where the paragraph that holds this position begins."""
    return text.rfind("\n", 0, min(max(position, 0), len(text))) + 1


def paragraph_end(text: str, position: int) -> int:
    """Where the paragraph that holds this position ends, its line break left out."""
    end = text.find("\n", max(position, 0))
    return len(text) if end < 0 else end


def follow(marks: Iterable[NoteMark], old: str, new: str) -> tuple[NoteMark, ...]:
    """The marks after the note changed: each stays with its paragraph, one a paragraph.

    A paragraph taken out whole takes its mark with it.
    """
    edit = edit_between(old, new)
    kept: dict[int, NoteMark] = {}
    for mark in marks:
        if _taken_out(mark.start, old, edit):
            continue
        start = paragraph_start(new, moved(mark.start, edit))
        kept.setdefault(start, NoteMark(mark.kind, start))
    return tuple(kept[start] for start in sorted(kept))


def _taken_out(start: int, old: str, edit: Edit) -> bool:
    """Whether the paragraph that starts here, its words and its line break, was taken out whole."""
    end = old.find("\n", start)
    end = len(old) if end < 0 else end + 1
    return end > start and edit.added == 0 and edit.at <= start and end <= edit.at + edit.removed


def toggled(marks: Iterable[NoteMark], text: str, position: int, kind: MarkKind) -> tuple[NoteMark, ...]:
    """The marks with this one put on the paragraph of the position, or taken off when it was there."""
    start = paragraph_start(text, position)
    others = [mark for mark in marks if mark.start != start]
    if any(mark.start == start and mark.kind is kind for mark in marks):
        return tuple(others)
    return tuple(sorted((*others, NoteMark(kind, start)), key=lambda mark: mark.start))


def settled(marks: Iterable[NoteMark], text: str) -> tuple[NoteMark, ...]:
    """The marks that stand at the start of a paragraph of this text, one a paragraph."""
    kept: dict[int, NoteMark] = {}
    for mark in marks:
        if 0 <= mark.start <= len(text):
            start = paragraph_start(text, mark.start)
            kept.setdefault(start, NoteMark(mark.kind, start))
    return tuple(kept[start] for start in sorted(kept))


def locate(text: str, words: str, near: int | None) -> tuple[int, int] | None:
    """Where the words stand in the text (start, end): the place nearest to `near`; None when they are gone."""
    if not words or near is None:
        return None
    best: int | None = None
    at = text.find(words)
    while at >= 0:
        if best is None or abs(at - near) < abs(best - near):
            best = at
        at = text.find(words, at + 1)
    return None if best is None else (best, best + len(words))


def chosen(text: str, start: int, end: int) -> tuple[int, str]:
    """The words between two positions without the spaces around them, and where they start."""
    piece = text[max(start, 0) : max(end, 0)]
    words = piece.strip()
    return max(start, 0) + len(piece) - len(piece.lstrip()), words
