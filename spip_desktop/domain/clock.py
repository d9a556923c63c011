"""The one source of time: instants are UTC, days are Paris days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    PARIS: ZoneInfo
else:

    def __getattr__(name: str) -> "ZoneInfo":
        """`PARIS`, when it is first asked for: the first page tells no hour, and time zones cost it 3 ms."""
        if name != "PARIS":
            raise AttributeError(name)
        return _paris()


@cache
def _paris() -> "ZoneInfo":
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Paris")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the instant (aware, UTC) and the day (Europe/Paris); tests and the demonstration move it."""

    read: Callable[[], datetime] = _utc_now

    def now(self) -> datetime:
        return self.read().astimezone(UTC)

    def local(self) -> datetime:
        return self.read().astimezone(_paris())

    def today(self) -> date:
        return self.local().date()
