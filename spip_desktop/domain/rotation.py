"""Which backups are kept: the recent ones, then one a day, a week, a month (security.md §5.3)."""

from collections.abc import Callable, Sequence
from datetime import date

RECENT, DAILY, WEEKLY, MONTHLY = 12, 14, 8, 6


def kept(days: Sequence[date]) -> frozenset[int]:
    """The positions to keep among backups given by their Paris day, the newest made first.

    Order is that of their making, never of the clock: one set back or forward loses nothing that is recent.
    """
    chosen = set(range(min(RECENT, len(days))))
    for count, period in _PERIODS:
        chosen |= _newest_of_each(days, count, period)
    return frozenset(chosen)


def _newest_of_each(days: Sequence[date], count: int, period: Callable[[date], object]) -> set[int]:
    first: dict[object, int] = {}
    for position, day in enumerate(days):
        first.setdefault(period(day), position)
    return set(list(first.values())[:count])


_PERIODS: tuple[tuple[int, Callable[[date], object]], ...] = (
    (DAILY, lambda day: day),
    (WEEKLY, lambda day: day.isocalendar()[:2]),
    (MONTHLY, lambda day: (day.year, day.month)),
)
