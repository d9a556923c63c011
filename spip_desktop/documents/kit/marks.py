"""What is ticked, written by hand, signed or scanned."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno

from spip_desktop.documents.kit.fillable import Entry, EntryKind
from spip_desktop.documents.kit.flow import Paragraph, Whole
from spip_desktop.documents.kit.look import Type
from spip_desktop.documents.kit.pen import Pen, Rect
from spip_desktop.documents.kit.text import Line, Words, broken

TICKED, NOT_TICKED = "coché", "non coché"
_ENDLESS = 1e6


@dataclass(frozen=True, slots=True)
class Option:
    """A box and its words; `blank` leaves a line to write on after them.

    In a PDF to fill in, `entry` is the field of the box and `line` that of what is written after it.
    """

    words: str
    ticked: bool = False
    blank: bool = False
    entry: Entry | None = None
    line: Entry | None = None


@dataclass
class Ticks(Whole):
    """Boxes with their words, on as many lines as needed, or one below the other when `step` is set (points)."""

    options: Sequence[Option]
    type: Type
    side: float = 8.25
    inset: float = 3.75
    gap: float = 9
    step: float = 0
    before: float = 0
    keeps_next: bool = False

    def _placed(self, width: float) -> list[tuple[Option, Line, float, int]]:
        """Each option with its line of words, its x and its row."""
        placed: list[tuple[Option, Line, float, int]] = []
        x, row = 0.0, 0
        for option in self.options:
            line = broken(option.words, _ENDLESS, self.type.size)[0]
            wide = self._indent + line.units * self.type.size / 1000
            if placed and (self.step or x + wide > width):
                x, row = 0.0, row + 1
            placed.append((option, line, x, row))
            x += wide + self.gap
        return placed

    @property
    def _indent(self) -> float:
        return self.side + self.inset

    @property
    def _row(self) -> float:
        return self.step or self.type.leading + 2

    def height(self, width: float) -> float:
        rows = self._placed(width)[-1][3]
        return rows * self._row + self.type.leading

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        with pen.group("L"):
            for option, line, left, row in self._placed(width):
                with pen.group("LI"):
                    self._draw_one(pen, option, line, x + left, y + row * self._row)
                    if option.blank:
                        start = x + left + self._indent + line.units * self.type.size / 1000 + 6
                        _write_on(pen, option.line, start, y + row * self._row, x + width - start, self.type)

    def _draw_one(self, pen: Pen, option: Option, line: Line, x: float, y: float) -> None:
        baseline = y + self.type.baseline
        top = baseline - 0.34 * self.type.size - self.side / 2
        box = (x, top, x + self.side, top + self.side)
        with pen.group("Lbl"):
            if option.entry:
                with pen.artifact():
                    pen.frame(x, top, self.side, self.side)
                pen.entry(option.entry, box)
            else:
                self._draw_box(pen, option, box)
        with pen.content("LBody"):
            pen.line(line, x + self._indent, baseline, self.type.size)

    def _draw_box(self, pen: Pen, option: Option, box: Rect) -> None:
        x, top = box[:2]
        with pen.content("Figure", alt=TICKED if option.ticked else NOT_TICKED, bbox=box):
            pen.frame(x, top, self.side, self.side)
            if option.ticked:
                pen.cross(x + 1.2, top + 1.2, self.side - 2.4)


def _write_on(pen: Pen, entry: Entry | None, x: float, y: float, width: float, type_: Type) -> None:
    """A line to write on, and the field over it where the PDF is filled in on a screen."""
    floor = y + type_.baseline + 2
    pen.rule(x, floor, width)
    if entry:
        pen.entry(entry, (x, floor - 13.5, x + width, floor))


@dataclass
class CutLine(Whole):
    """A dashed line across: what is below is torn off."""

    before: float = 0
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return 2

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        dash, gap = 5.0, 4.0
        count = int(width // (dash + gap))
        with pen.artifact():
            pen.filled([(x + place * (dash + gap), y, dash, 0.75) for place in range(count + 1)])


@dataclass
class Blank(Whole):
    """Words and a line to write on."""

    words: Words
    type: Type
    before: float = 0
    keeps_next: bool = False
    entry: Entry | None = None

    def height(self, width: float) -> float:
        return self.type.leading

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        line = broken(self.words, width, self.type.size)[0]
        with pen.content("P"):
            pen.line(line, x, y + self.type.baseline, self.type.size)
        start = x + line.units * self.type.size / 1000 + 6
        _write_on(pen, self.entry, start, y, x + width - start, self.type)


@dataclass
class RuledLines(Whole):
    """Empty lines to write on, `step` points apart."""

    count: int
    step: float = 21
    before: float = 0
    keeps_next: bool = False
    entry: Entry | None = None

    def height(self, width: float) -> float:
        return self.count * self.step

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        for row in range(1, self.count + 1):
            pen.rule(x, y + row * self.step, width)
        if self.entry:
            pen.entry(self.entry, (x, y + 3, x + width, y + self.count * self.step))


@dataclass
class Hidden(Whole):
    """A field that nobody sees: what a file that comes back is known by."""

    name: str
    value: str
    before: float = 0
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return 0

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        pen.entry(Entry(name=self.name, kind=EntryKind.HIDDEN, value=self.value), (x, y, x, y))


class SignatureBox(Whole):
    """Words above a frame left empty for a hand."""

    def __init__(self, words: Words, type_: Type, room: float, before: float = 0) -> None:
        self.label, self.room, self.before = Paragraph(words, type_), room, before

    def height(self, width: float) -> float:
        return self.label.height(width) + 3 + self.room

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        self.label.draw(pen, x, y, width)
        with pen.artifact():
            pen.frame(x, y + self.label.height(width) + 3, width, self.room)


@dataclass
class ScanCode(Whole):
    """A QR code as one path, at the right or left edge; `alt` says it in words."""

    payload: str
    side: float
    alt: str
    at_right: bool = False
    before: float = 0
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return self.side

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        left = x + width - self.side if self.at_right else x
        with pen.content("Figure", alt=self.alt, bbox=(left, y, left + self.side, y + self.side)):
            pen.filled(_runs_of_modules(self.payload, left, y, self.side))


def _runs_of_modules(payload: str, x: float, y: float, side: float) -> list[tuple[float, float, float, float]]:
    """The dark modules, joined along each row, as (x, y, width, height); quiet zone of 4 modules included."""
    matrix = segno.make(payload, error="m", micro=False).matrix
    unit = side / (len(matrix) + 8)
    rects = []
    for row, modules in enumerate(matrix, start=4):
        start: int | None = None
        for column, dark in enumerate([*modules, 0], start=4):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                rects.append((x + start * unit, y + row * unit, (column - start) * unit, unit))
                start = None
    return rects
