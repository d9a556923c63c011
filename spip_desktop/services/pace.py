"""How many rows go under one lock: what the disk takes in a short time, so that the window never waits for long."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TARGET = 0.015
"""Seconds that one lock should last; at most 0.05, what a key typed may wait."""
LEAST, MOST = 10, 400


class Pace:
    """`size` follows what the slices took: down at once, up by no more than half each time."""

    def __init__(self, first: int = 50, now: Callable[[], float] = time.perf_counter) -> None:
        self.size, self._now = first, now

    @contextmanager
    def slice(self, rows: int) -> Iterator[None]:
        """The writing of this many rows, lock and commit included."""
        start = self._now()
        yield
        took = max(self._now() - start, 1e-6)
        self.size = max(LEAST, min(MOST, round(rows * min(1.5, TARGET / took))))
