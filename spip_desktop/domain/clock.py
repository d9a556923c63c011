"""The one source of time: instants are UTC, days are Paris days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the instant (aware, UTC) and the day (Europe/Paris); tests and the demonstration move it."""

    read: Callable[[], datetime] = _utc_now

    def now(self) -> datetime:
        return self.read().astimezone(UTC)

    def local(self) -> datetime:
        return self.read().astimezone(PARIS)

    def today(self) -> date:
        return self.local().date()
