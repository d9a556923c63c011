"""Tables: facts in label and value, and grids that may go over several pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from spip_desktop.documents.kit.flow import Block, Whole
from spip_desktop.documents.kit.look import HAIRLINE, Type
from spip_desktop.documents.kit.pen import Pen
from spip_desktop.documents.kit.tags import Node
from spip_desktop.documents.kit.text import Line, Span, Words, broken


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its values, each on its own lines, in bold; `note` follows in regular type."""

    label: str
    values: Sequence[str]
    note: str = ""

    def words(self) -> list[Span]:
        found = [Span(value, bold=True) for value in self.values]
        return [*found, Span(self.note)] if self.note else found


@dataclass
class Facts(Whole):
    """Labels on the left, values on the right: a table whose first column names the rows."""

    facts: Sequence[Fact]
    type: Type
    label_width: float
    before: float = 0
    keeps_next: bool = False

    def rows(self, width: float) -> list[tuple[tuple[Line, ...], list[tuple[Line, ...]]]]:
        room = width - self.label_width
        return [
            (
                broken(fact.label, self.label_width - 4, self.type.size),
                [broken(words, room, self.type.size) for words in fact.words()],
            )
            for fact in self.facts
        ]

    def height(self, width: float) -> float:
        return self.type.leading * sum(_tall(label, values) for label, values in self.rows(width))

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        if not self.facts:
            return
        type_ = self.type
        with pen.group("Table"):
            for label, values in self.rows(width):
                with pen.group("TR") as row:
                    head, data = Node("TH", scope="Row"), Node("TD")
                    row.kids += [head, data]
                    with pen.inside(head):
                        pen.lines(label, x, y + type_.baseline, type_.size, type_.leading)
                    lines = [line for value in values for line in value]
                    with pen.inside(data):
                        pen.lines(lines, x + self.label_width, y + type_.baseline, type_.size, type_.leading)
                y += type_.leading * _tall(label, values)


def _tall(label: tuple[Line, ...], values: list[tuple[Line, ...]]) -> int:
    return max(len(label), sum(len(value) for value in values), 1)


_GOES_ON = "(suite)"


def _is_said(cell: tuple[Line, ...]) -> bool:
    return any(line.text for line in cell)


@dataclass(slots=True, eq=False)
class _Row:
    """Cells cut into lines; what is left of a tall row keeps the same elements of the structure."""

    cells: list[tuple[Line, ...]]
    node: Node
    nodes: list[Node]
    rule: float = HAIRLINE

    @property
    def tall(self) -> int:
        return max(1, max(len(cell) for cell in self.cells))

    def cut(self, lines: int) -> "tuple[_Row, _Row]":
        first = _Row([cell[:lines] for cell in self.cells], self.node, self.nodes, 0)
        return first, _Row([cell[lines:] for cell in self.cells], self.node, self.nodes)


class Grid:
    """A table with heads and rows; over several pages it stays one table and its head is repeated.

    `widths` are shares of the width; a row of one cell goes across the whole table. `grouped`: a row whose first cell
    is empty belongs to the one above, whose name is said again where a page begins.
    """

    keeps_next = False

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[Words]],
        widths: Sequence[float],
        type_: Type,
        head_type: Type,
        *,
        before: float = 0,
        padding: float = 5.5,
        gap: float = 9,
        grouped: bool = False,
    ) -> None:
        self.heads, self.words, self.shares, self.grouped = heads, rows, widths, grouped
        self.type, self.head_type = type_, head_type
        self.before, self.padding, self.gap = before, padding, gap
        self.node = Node("Table")
        self.first = True
        self._head: _Row | None = None
        self._rows: list[_Row] | None = None

    def _columns(self, width: float) -> list[tuple[float, float]]:
        """The offset and the width of each column."""
        free = width - self.gap * (len(self.shares) - 1)
        found, x = [], 0.0
        for share in self.shares:
            one = free * share / sum(self.shares)
            found.append((x, one))
            x += one + self.gap
        return found

    def _head_row(self, width: float) -> _Row:
        if self._head is None:
            self._head = self._row(self.heads, width, self.head_type, "TH")
        return self._head

    def rows(self, width: float) -> list[_Row]:
        if self._rows is None:
            self._rows = [self._row(cells, width, self.type, "TD") for cells in self.words]
        return self._rows

    def _row(self, cells: Sequence[Words], width: float, type_: Type, tag: str) -> _Row:
        columns = self._columns(width)
        if len(cells) == 1:
            columns = [(0, width)]
        lines = [broken(cell, one, type_.size) for cell, (_, one) in zip(cells, columns, strict=True)]
        scope = "Column" if tag == "TH" else ""
        return _Row(lines, Node("TR"), [Node(tag, scope=scope) for _ in cells])

    def _head_height(self, width: float) -> float:
        return self._head_row(width).tall * self.head_type.leading + 4

    def _row_height(self, row: _Row) -> float:
        return row.tall * self.type.leading + 2 * self.padding

    def height(self, width: float) -> float:
        return self._head_height(width) + sum(self._row_height(row) for row in self.rows(width))

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        head = self._head_row(width)
        with pen.group(self.node):
            if self.first:
                self._draw_row(pen, head, x, y, width, self.head_type)
            else:
                with pen.artifact("Pagination"):
                    self._draw_cells(pen, head, x, y, width, self.head_type)
            y += self._head_height(width)
            pen.rule(x, y, width)
            for row in self.rows(width):
                self._draw_row(pen, row, x, y + self.padding, width, self.type)
                y += self._row_height(row)
                if row.rule:
                    pen.rule(x, y, width, row.rule)

    def _draw_row(self, pen: Pen, row: _Row, x: float, y: float, width: float, type_: Type) -> None:
        columns = self._columns(width)
        with pen.group(row.node):
            for node, lines, (left, _) in zip(row.nodes, row.cells, columns, strict=False):
                with pen.group(node):
                    if lines:
                        with pen.inside(node):
                            pen.lines(lines, x + left, y + type_.baseline, type_.size, type_.leading)

    def _draw_cells(self, pen: Pen, row: _Row, x: float, y: float, width: float, type_: Type) -> None:
        for lines, (left, _) in zip(row.cells, self._columns(width), strict=False):
            pen.lines(lines, x + left, y + type_.baseline, type_.size, type_.leading)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """After the last whole row that fits; a row taller than a page is cut between its lines."""
        room -= self._head_height(width)
        rows = self.rows(width)
        used, fits = 0.0, 0
        while fits < len(rows) and used + self._row_height(rows[fits]) <= room:
            used += self._row_height(rows[fits])
            fits += 1
        if fits < len(rows) and (cut := self._cut(rows[fits], room - used, alone=not fits)):
            return self._part([*rows[:fits], cut[0]], self.first), self._part([cut[1], *rows[fits + 1 :]], False)
        if not fits:
            return None
        return self._part(rows[:fits], self.first), self._part(self._named(rows, fits, width), False)

    def _named(self, rows: list[_Row], start: int, width: float) -> list[_Row]:
        """The rows from there on; the first says whose it is, when that was written before the page ended."""
        first, rest = rows[start], rows[start + 1 :]
        if not self.grouped or _is_said(first.cells[0]):
            return [first, *rest]
        name = next((row.cells[0] for row in reversed(rows[:start]) if _is_said(row.cells[0])), ())
        goes_on = broken(_GOES_ON, self._columns(width)[0][1], self.type.size)
        said = name if name[-1:] == goes_on else (*name, *goes_on)
        return [_Row([said, *first.cells[1:]], first.node, first.nodes, first.rule), *rest]

    def _cut(self, row: _Row, room: float, *, alone: bool) -> tuple[_Row, _Row] | None:
        lines = int((room - 2 * self.padding) // self.type.leading)
        tall_enough = row.tall > 12 if not alone else row.tall > 4
        if not tall_enough or lines < 3 or lines >= row.tall:
            return None
        return row.cut(lines)

    def _part(self, rows: list[_Row], first: bool) -> "Grid":
        part = Grid(
            self.heads, (), self.shares, self.type, self.head_type,
            before=self.before, padding=self.padding, gap=self.gap, grouped=self.grouped,
        )  # fmt: skip
        part.node, part.first, part._head, part._rows = self.node, first, self._head, rows
        return part
