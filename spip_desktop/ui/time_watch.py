"""Asks for the lock after twelve hours, and on the return from a sleep that nothing announced."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

#: Reasons to lock; app.py says them in French on the unlock page, and the journal keeps them.
SLEEP, SESSION, TWELVE_HOURS = "sleep", "session", "twelve_hours"
LONGEST_SESSION = 12 * 3600.0  # seconds (ASVS 7.3.2)
_LOOK_EVERY = 15.0  # seconds
_ASLEEP = 90.0  # seconds that no busy program lets go by between two looks


def since_boot() -> float:
    """Seconds that no change of the clock touches, and that go by while the machine sleeps."""
    # Windows and macOS have no such clock by that name; on Windows the monotonic one counts the sleep.
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else time.monotonic()


class TimeWatch(QObject):
    """Emits `due` after twelve hours, and at the first look after a sleep that nothing announced."""

    due = Signal(str)

    def __init__(self, now: Callable[[], float] = since_boot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._began = self._looked = now()
        self._timer = QTimer(self)
        self._timer.setInterval(round(_LOOK_EVERY * 1000))
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        now = self._now()
        slept, self._looked = now - self._looked > _ASLEEP, now
        if now - self._began >= LONGEST_SESSION:
            self.due.emit(TWELVE_HOURS)
        elif slept:
            self.due.emit(SLEEP)
