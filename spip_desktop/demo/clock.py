"""The clock that the script moves: it only goes forward, and no two instants are the same."""

from datetime import UTC, date, datetime, time, timedelta

from spip_desktop.domain.clock import PARIS, Clock

_TICK = timedelta(milliseconds=1)


class MovedClock:
    """Stands for the workstation's clock while the demonstration is built."""

    def __init__(self, start: datetime) -> None:
        self._instant = start.astimezone(UTC)
        self.clock = Clock(self._read)

    def move_to(self, instant: datetime) -> None:
        """Go to that instant, or stay where one is when it is already past."""
        self._instant = max(self._instant, instant.astimezone(UTC))

    def pass_by(self, **span: float) -> None:
        """Let some time pass: `seconds=40`, `minutes=3`."""
        self._instant += timedelta(**span)

    def _read(self) -> datetime:
        # Identifiers carry their millisecond: a tick keeps them in the order in which they were made.
        self._instant += _TICK
        return self._instant


def paris(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, PARIS)
