"""Charge de travail: how many persons each officer follows, by level, weighted by dated ratios (domain.md §8).

A reference of the service, which does not measure anyone's work: nothing ranks the officers, and each CPIP sees
theirs alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from spip_desktop.domain.errors import Problem

#: The level of who has no plan yet.
NO_LEVEL = "sans_niveau"
#: Lines of reference: Council of Europe (60), IGF-IGSJ 2011 (82); no law sets a ceiling.
REFERENCES = (60, 82)
MOST = 500
Ratios = Mapping[str, int]
"""Level → how many persons of that level make one full-time agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRatio:
    """A ratio that the service has written, in force from a day on, until the next of the same level."""

    id: UUID
    level: str
    capacity: int
    starts: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLoad:
    """Whom one officer follows on a day; a person is counted once, whatever their measures.

    `away_until`: the officer is absent, and what they carry is not worked out.
    """

    officer_id: UUID
    name: str
    quotity: int = 100
    in_custody: int = 0
    by_level: Mapping[str, int]
    away_until: date | None = None

    @property
    def persons(self) -> int:
        return sum(self.by_level.values())

    def with_one_more(self, level: str) -> "OfficerLoad":
        """As if one more person of that level were given to them."""
        return replace(self, by_level={**self.by_level, level: self.by_level.get(level, 0) + 1})


def ratios_on(day: date, shipped: Ratios, written: Iterable[LoadRatio]) -> dict[str, int]:
    """What is in force on that day: the last written of each level, else what is shipped."""
    found = dict(shipped)
    for one in sorted(written, key=lambda one: (one.starts, one.id)):
        if one.starts <= day and one.level in found:
            found[one.level] = one.capacity
    return found


def ratios_ahead(day: date, written: Iterable[LoadRatio]) -> tuple[LoadRatio, ...]:
    """What is written for a day to come, the nearest first; of two for the same day and level, the last written."""
    last = {(one.starts, one.level): one for one in sorted(written, key=lambda one: one.id) if one.starts > day}
    return tuple(last[key] for key in sorted(last))


def load_of(one: OfficerLoad, ratios: Ratios) -> Fraction | None:
    """In full-time agents (1 = one agent at full time); None for an officer who is away.

    Σ persons of a level ÷ ratio of that level, then ÷ quotity.
    """
    if one.away_until is not None:
        return None
    whole = sum((Fraction(count, ratios[level]) for level, count in one.by_level.items()), Fraction(0))
    return whole * 100 / one.quotity


def ratio_problems(capacity: int) -> list[Problem]:
    return [] if 1 <= capacity <= MOST else [Problem("ratio_out_of_range", "capacity", {"most": MOST})]
