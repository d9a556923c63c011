"""Whether a place of the service is in the prison where a person is held: both are written in words, by hand."""

import re

from spip_desktop.domain.text import fold

#: What an establishment is, short as greffes write it and in full.
_SHORT = {
    "ma": ("maison", "arret"),
    "cd": ("centre", "detention"),
    "cp": ("centre", "penitentiaire"),
    "mc": ("maison", "centrale"),
    "csl": ("centre", "semi", "liberte"),
    "cpa": ("centre", "peines", "amenagees"),
    "epm": ("etablissement", "penitentiaire", "mineurs"),
}
_KINDS = frozenset(_SHORT.values())
_SMALL = frozenset({"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur"})
#: One that holds others: a maison d’arrêt may be a quarter of it.
_WHOLE = _SHORT["cp"]

_Kind = tuple[str, ...]


def is_held_at(establishment: str, place: str) -> bool:
    """The place names the town of the establishment, and no other kind of one."""
    kind, town = _read(establishment)
    other, words = _read(place)
    return bool(town) and town <= words and (kind == other or not kind or not other)


def is_held_elsewhere(establishment: str, place: str) -> bool:
    """The place is in a prison that it names, and this is another; False where one cannot tell."""
    kind, town = _read(establishment)
    other, words = _read(place)
    if not town or not other:
        return False
    return not town <= words or (bool(kind) and kind != other and _WHOLE not in (kind, other))


def _read(text: str) -> tuple[_Kind, frozenset[str]]:
    """What it is, and its other words: « MA de Valbrune » is a maison d’arrêt, and « valbrune »."""
    words = [
        long for word in re.findall(r"\w+", fold(text)) if word not in _SMALL for long in _SHORT.get(word, (word,))
    ]
    kind = next((one for one in sorted(_KINDS) if set(one) <= set(words)), ())
    return kind, frozenset(words) - frozenset(kind)
