"""Timing: medians and 95th percentiles in milliseconds, and one line per figure with what was asked of it."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, what it is compared with, and the bound the issue sets."""

    name: str
    value: str
    bound: str
    holds: bool

    def line(self) -> str:
        return f"{'ok     ' if self.holds else 'MISSED '} {self.name:<58} {self.value:>34}   asked: {self.bound}"


def times(act: Callable[[], object], count: int) -> list[float]:
    """How long each of `count` calls takes, in milliseconds."""
    spent = []
    for _ in range(count):
        start = time.perf_counter()
        act()
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def median(spent: Sequence[float]) -> float:
    return statistics.median(spent)


def percentile(spent: Sequence[float], part: float = 0.95) -> float:
    return sorted(spent)[min(len(spent) - 1, round(part * len(spent)))]
