"""The French dictionary (resources/dictionaries) behind Hunspell, in memory: it writes nothing anywhere. No Qt.

The library keeps Python's lock while it works: a reading of the dictionary holds up every thread for its 90 ms, one
look-up takes some 50 µs, suggestions for one word 70 to 270 ms.
"""

from collections.abc import Iterable

from spip_desktop.paths import resource

_MOST = 6  # suggestions
#: What may stand before an apostrophe: a word taught alone is known after it too.
_ELISIONS = frozenset({"l", "d", "j", "n", "s", "c", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})


class Dictionary:
    """French words, those of the trade, and those that an officer taught."""

    def __init__(self, taught: Iterable[str] = ()) -> None:
        from hunspell import Hunspell  # not before the first note: most pages have none

        folder = resource("dictionaries", "fr")
        self._engine = Hunspell("fr", hunspell_data_dir=str(folder))
        trade = (folder / "metier.txt").read_text(encoding="utf-8").split()
        self._added: set[str] = set()
        for word in (*trade, *taught):
            self.learn(word)

    def knows(self, word: str) -> bool:
        if self._engine.spell(word):
            return True
        before, _, after = word.replace("’", "'").partition("'")
        return after in self._added and before.lower() in _ELISIONS

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first."""
        return tuple(self._engine.suggest(word))[:_MOST]

    def learn(self, word: str) -> None:
        self._added.add(word)
        self._engine.add(word)

    def forget(self, word: str) -> None:
        self._added.discard(word)
        self._engine.remove(word)
