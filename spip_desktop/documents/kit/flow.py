"""Blocks that stand under one another: they know their height and draw themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from spip_desktop.documents.kit.look import HAIRLINE, Type
from spip_desktop.documents.kit.pen import Pen
from spip_desktop.documents.kit.tags import Node
from spip_desktop.documents.kit.text import Line, Words, broken, plain


class Block(Protocol):
    """Something as wide as it is told, in points. `before` is the white above it, dropped at the top of a page."""

    before: float
    keeps_next: bool

    def height(self, width: float) -> float:
        """Without `before`."""

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """With its top at `y` from the top of the page."""

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """What fits in `room` and the rest, or nothing when it cannot be divided there."""


class Whole:
    """A block that is never divided."""

    before: float = 0
    keeps_next: bool = False

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None


class Paragraph:
    """Lines of text. Divided over two pages it stays one element of the structure."""

    keeps_next = False

    def __init__(self, words: Words, type_: Type, *, tag: str = "P", before: float = 0, at_right: bool = False) -> None:
        self.words, self.type, self.before, self.at_right = words, type_, before, at_right
        self.node = Node(tag)
        self._lines: dict[float, tuple[Line, ...]] = {}

    def lines(self, width: float) -> tuple[Line, ...]:
        if width not in self._lines:
            self._lines[width] = broken(self.words, width, self.type.size)
        return self._lines[width]

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.type.leading

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        with pen.group(self.node), pen.inside(self.node):
            self.put(pen, x, y, width)

    def put(self, pen: Pen, x: float, y: float, width: float) -> None:
        """The signs alone; the caller says what they belong to."""
        y += self.type.baseline
        lines = self.lines(width)
        for place, line in enumerate(lines, start=1):
            left = width - line.units * self.type.size / 1000 if self.at_right else 0
            pen.line(line, x + left, y, self.type.size, goes_on=place < len(lines))
            y += self.type.leading

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        lines = self.lines(width)
        fits = int(room // self.type.leading)
        if fits < 2 or len(lines) - fits < 1:
            return None
        return self._part(width, lines[:fits]), self._part(width, lines[fits:])

    def _part(self, width: float, lines: tuple[Line, ...]) -> "Paragraph":
        part = Paragraph("", self.type, before=self.before)
        part.node, part._lines = self.node, {width: lines}
        return part


class Heading(Whole):
    """A title of a part, with the line under it where the document has one."""

    keeps_next = True

    def __init__(
        self, words: Words, type_: Type, level: int = 2, *, before: float = 0, rule: float = 0, after: float = 0
    ) -> None:
        self.text, self.level = Paragraph(words, type_, tag=f"H{level}"), level
        self.before, self.rule, self.after = before, rule, after

    @property
    def title(self) -> str:
        """Its words, as they are written."""
        return plain(self.text.words)

    def height(self, width: float) -> float:
        return self._line_at(width) + self.after

    def _line_at(self, width: float) -> float:
        type_ = self.text.type
        return self.text.height(width) - type_.leading + type_.baseline + 0.45 * type_.size

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        self.text.draw(pen, x, y, width)
        if self.rule:
            pen.rule(x, y + self._line_at(width), width, self.rule)


@dataclass
class Rule(Whole):
    """A line across."""

    thickness: float = HAIRLINE
    before: float = 0
    after: float = 0
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return self.after

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        pen.rule(x, y, width, self.thickness)


@dataclass
class Inline(Whole):
    """Short texts on one line, `gap` points apart."""

    texts: Sequence[Words]
    type: Type
    gap: float = 18
    before: float = 0
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return self.type.leading

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        with pen.content("P"):
            for text in self.texts:
                line = broken(text, width, self.type.size)[0]
                pen.line(line, x, y + self.type.baseline, self.type.size, goes_on=True)
                x += line.units * self.type.size / 1000 + self.gap


@dataclass
class Gap(Whole):
    """White."""

    size: float
    before: float = 0
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return self.size

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Nothing is drawn."""


@dataclass
class Stack(Whole):
    """Blocks kept together, one under the other."""

    blocks: Sequence[Block]
    before: float = 0
    keeps_next: bool = False

    def height(self, width: float) -> float:
        return sum(block.height(width) + block.before * (place > 0) for place, block in enumerate(self.blocks))

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        for place, block in enumerate(self.blocks):
            y += block.before * (place > 0)
            block.draw(pen, x, y, width)
            y += block.height(width)


@dataclass
class Columns(Whole):
    """Stacks side by side, read one after the other; `shares` of the width that is left between the gaps."""

    stacks: Sequence[Block]
    gap: float = 21
    shares: Sequence[float] = ()
    before: float = 0
    keeps_next: bool = False

    def widths(self, width: float) -> list[float]:
        shares = self.shares or [1] * len(self.stacks)
        free = width - self.gap * (len(self.stacks) - 1)
        return [free * share / sum(shares) for share in shares]

    def height(self, width: float) -> float:
        return max(block.height(one) for block, one in zip(self.stacks, self.widths(width), strict=True))

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        for block, one in zip(self.stacks, self.widths(width), strict=True):
            block.draw(pen, x, y, one)
            x += one + self.gap


@dataclass
class Framed(Whole):
    """A block in a frame."""

    block: Block
    padding: float = 8
    before: float = 0
    keeps_next: bool = False
    thickness: float = field(default=HAIRLINE)

    def height(self, width: float) -> float:
        return self.block.height(width - 2 * self.padding) + 2 * self.padding

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        with pen.artifact():
            pen.frame(x, y, width, self.height(width), self.thickness)
        self.block.draw(pen, x + self.padding, y + self.padding, width - 2 * self.padding)
