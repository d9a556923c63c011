"""Finding words inside one open dossier, in memory: free text is in no index across dossiers (R. 113-51)."""

from collections.abc import Iterable
from dataclasses import dataclass

from spip_desktop.domain.place import Place
from spip_desktop.domain.text import fold, fold_both

_WORDS_BEFORE, _WORDS = 4, 14


@dataclass(frozen=True, slots=True)
class DossierText:
    """One text of the dossier: where it stands in words, and the place that shows it."""

    where: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Passage:
    """What was found: where, a few words around it, the place."""

    where: str
    excerpt: str
    place: Place


def passages(texts: Iterable[DossierText], typed: str, limit: int = 12) -> list[Passage]:
    """The texts in which every word typed begins a word, in the order of the dossier."""
    wanted = fold(typed).split()
    if not wanted:
        return []
    found = (one for one in texts if all(f" {word}" in f" {fold_both(one.text)}" for word in wanted))
    return [Passage(one.where, excerpt(one.text, wanted[0]), one.place) for one, _ in zip(found, range(limit))]  # noqa: B905


def excerpt(text: str, wanted: str) -> str:
    """A few words around the first that begins so: the whole text where it is short."""
    words = text.split()
    at = next((number for number, word in enumerate(words) if f" {wanted}" in f" {fold_both(word)}"), 0)
    start = max(0, min(at - _WORDS_BEFORE, len(words) - _WORDS))
    return " ".join(words[start : start + _WORDS]).lstrip(" »”’).,;:!?")
