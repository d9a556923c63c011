"""Horizontal bars from 0, with lines of reference; the same facts stand in a table beside."""

from collections.abc import Sequence
from dataclasses import dataclass

from spip_desktop.documents.kit.flow import Whole
from spip_desktop.documents.kit.look import Type
from spip_desktop.documents.kit.pen import Pen, Rect
from spip_desktop.documents.kit.text import broken

_NAMES, _COUNTS = 0.3, 34  # share of the width for the names, points for the numbers, in their own column
_DASH, _THIN = 3.0, 0.7


@dataclass(frozen=True, slots=True)
class Bar:
    """A name, how long its bar is, and what is written on its right, past every line of reference."""

    name: str
    value: int
    said: str


@dataclass
class Bars(Whole):
    """One bar a line; `references` are values that a dashed line crosses all bars at, each written above it."""

    bars: Sequence[Bar]
    references: Sequence[int]
    alt: str
    type: Type
    step: float = 18
    before: float = 0
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return self.type.leading + self.step * len(self.bars) + 4

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        top = y + self.type.leading
        start, room = x + width * _NAMES, width * (1 - _NAMES) - _COUNTS
        most = max([1, *self.references, *(one.value for one in self.bars)])
        with pen.content("Figure", alt=self.alt, bbox=(x, y, x + width, y + self.height(width))):
            filled: list[Rect] = []
            for number, one in enumerate(self.bars):
                line = top + number * self.step
                long = room * one.value / most
                filled.append((start, line + 3, long, self.step - 8))
                self._words(pen, one.name, x, line, start - x - 8)
                self._words(pen, one.said, start + room + 8, line, _COUNTS - 8)
            for value in self.references:
                across = start + room * value / most
                filled += _dashes(across, top, self.step * len(self.bars))
                self._words(pen, str(value), across - 6, y - 2, 30)
            filled.append((start, top, _THIN, self.step * len(self.bars)))  # where 0 is
            pen.filled(filled)

    def _words(self, pen: Pen, words: str, x: float, top: float, room: float) -> None:
        (line, *_) = broken(words, room, self.type.size)
        pen.line(line, x, top + self.type.baseline, self.type.size)


def _dashes(x: float, top: float, height: float) -> list[Rect]:
    count = int(height // (2 * _DASH))
    return [(x, top + 2 * _DASH * number, _THIN, _DASH) for number in range(count)]
