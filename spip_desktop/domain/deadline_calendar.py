"""Working days as the law counts them, with the public holidays of one territory, and delays of every unit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from spip_desktop.domain.dates import add_months

_SATURDAY, _SUNDAY = 5, 6
_ONE = timedelta(days=1)


class Unit(StrEnum):
    """In what a delay is counted. « Ouvrables »: Monday to Saturday; « ouvrés »: Monday to Friday; no holiday."""

    DAYS = "jours"
    WEEKS = "semaines"
    MONTHS = "mois"
    WORKING_DAYS = "jours_ouvrables"
    OFFICE_DAYS = "jours_ouvres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A fixed day of the year, or so many days after Easter Sunday; `since` and `until` are both included."""

    month: int = 0
    day: int = 0
    after_easter: int | None = None
    since: date | None = None
    until: date | None = None

    def in_year(self, year: int) -> date | None:
        """Its day that year, or None when it was not a holiday yet or is none any more."""
        fixed = self.after_easter is None
        found = date(year, self.month, self.day) if fixed else easter(year) + timedelta(days=self.after_easter or 0)
        begun = self.since is None or self.since <= found
        return found if begun and (self.until is None or found <= self.until) else None


@cache
def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8); years from 1583."""
    golden, century, rest = year % 19, year // 100, year % 100
    shift = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + shift + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The days worked in one territory."""

    holidays: tuple[Holiday, ...]
    _known: dict[int, frozenset[date]] = field(default_factory=dict, compare=False, repr=False)

    def is_holiday(self, day: date) -> bool:
        if day.year not in self._known:
            self._known[day.year] = frozenset(self.of_year(day.year))
        return day in self._known[day.year]

    def of_year(self, year: int) -> Iterable[date]:
        """The public holidays of a year, in the order of the list."""
        return (found for one in self.holidays if (found := one.in_year(year)))

    def is_worked(self, day: date, unit: Unit = Unit.WORKING_DAYS) -> bool:
        """Whether the day counts in that unit; every day does in days, weeks and months."""
        if unit not in _WORKED:
            return True
        return day.weekday() not in _WORKED[unit] and not self.is_holiday(day)

    def add(self, day: date, count: int, unit: Unit) -> date:
        """The day when the delay ends; negative counts go back. The day it runs from is not counted.

        Months go « de quantième en quantième »: from 31/01 one month ends on 28/02.
        """
        if unit is Unit.MONTHS:
            return add_months(day, count)
        if unit not in _WORKED:
            return day + timedelta(days=count * (7 if unit is Unit.WEEKS else 1))
        step = _ONE if count > 0 else -_ONE
        left = abs(count)
        while left:
            day += step
            left -= self.is_worked(day, unit)
        return day

    def next_worked(self, day: date, unit: Unit = Unit.OFFICE_DAYS) -> date:
        """That day, or the first one worked after it."""
        while not self.is_worked(day, unit):
            day += _ONE
        return day

    def last_worked(self, day: date, unit: Unit = Unit.OFFICE_DAYS) -> date:
        """That day, or the last one worked before it: a release due on a Sunday or a holiday (CPP 716-3)."""
        while not self.is_worked(day, unit):
            day -= _ONE
        return day


_WORKED: dict[Unit, frozenset[int]] = {
    Unit.WORKING_DAYS: frozenset({_SUNDAY}),
    Unit.OFFICE_DAYS: frozenset({_SATURDAY, _SUNDAY}),
}
