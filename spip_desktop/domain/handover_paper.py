"""What « Fiche de liaison » says, as words ready to be laid out: facts under titles, two pages at most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spip_desktop.domain.text import NBSP, shortened

#: The longest a value is when the paper is fuller, in signs: two lines, then one.
_TIGHT, _TIGHTEST, _FEW = 150, 75, 5


@dataclass(frozen=True, slots=True)
class LiaisonFact:
    """A label and its values. `whole`: none of them is left out nor shortened, and they stand out in bold."""

    label: str
    values: tuple[str, ...]
    whole: bool = False

    def within(self, most: int) -> "LiaisonFact":
        """So many values at most, and how many more the dossier holds."""
        if self.whole:
            return self
        signs, left = _TIGHT if most > _FEW else _TIGHTEST, len(self.values) - most
        if left <= 0:
            return self if most > _FEW else replace(self, values=tuple(shortened(one, signs) for one in self.values))
        said = f"et {left}{NBSP}autre{'s' if left > 1 else ''}, dans le dossier"
        return replace(self, values=(*(shortened(one, signs) for one in self.values[:most]), said))


@dataclass(frozen=True, slots=True)
class LiaisonPart:
    title: str
    facts: tuple[LiaisonFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Liaison:
    """`given_by` and `taken_by` are the words above the two places to sign."""

    person: str
    born: str
    head: tuple[LiaisonFact, ...]
    parts: tuple[LiaisonPart, ...]
    given_by: str
    taken_by: str

    def within(self, most: int) -> "Liaison":
        """The same with so many values a line at most."""
        parts = tuple(replace(part, facts=tuple(one.within(most) for one in part.facts)) for part in self.parts)
        return replace(self, parts=parts)


def part(title: str, facts: Sequence[LiaisonFact]) -> tuple[LiaisonPart, ...]:
    """A part with the facts that say something; nothing where none does."""
    kept = tuple(one for one in facts if any(one.values))
    return (LiaisonPart(title, kept),) if kept else ()
