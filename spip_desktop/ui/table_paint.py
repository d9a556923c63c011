"""How a row, a cell and a column title are drawn."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from spip_desktop.ui import theme
from spip_desktop.ui.buttons import paint_link
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.text import lay_out, natural_width, paint_veil

if TYPE_CHECKING:
    from spip_desktop.ui.table import Cell, TableView

Index = QModelIndex | QPersistentModelIndex
_PAD = 8


class Header(QHeaderView):
    """Column titles in small text over a line."""

    def __init__(self, table: "TableView") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table

    def sizeHint(self) -> QSize:
        return QSize(0, theme.current().px(24) + 1)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        worn, columns = theme.current(), self._table.records.columns
        inset = 0 if self._table.bleed else worn.px(_PAD)
        left = rect.x() + (inset if section == 0 else 0)
        right = rect.right() + 1 - (inset if section == len(columns) - 1 else 0)
        line = worn.colour("bord" if self._table.bleed else "filet")
        painter.fillRect(left, rect.bottom(), right - left, 1, line)
        painter.setFont(worn.font("small"))
        painter.setPen(worn.colour("texte_2"))
        room = inner_rect(self._table, rect, section)
        side = Qt.AlignmentFlag.AlignRight if columns[section].align_right else Qt.AlignmentFlag.AlignLeft
        text = painter.fontMetrics().elidedText(columns[section].label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)


def inner_rect(table: "TableView", rect: QRect, column: int) -> QRect:
    """Where the words of a cell go: at the margin of the page at the edges, 8 px inside elsewhere."""
    worn, last = theme.current(), len(table.records.columns) - 1
    left = worn.px(24 if table.bleed and column == 0 else _PAD)
    right = worn.px(24 if table.bleed and column == last else 4)
    return rect.adjusted(left, 0, -right, 0)


class RowDelegate(QStyledItemDelegate):
    """Draws the cells of a TableView."""

    def __init__(self, table: "TableView") -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, worn = self._table, theme.current()
        rect: QRect = option.rect
        chosen = self._chosen(index)
        painter.save()
        if not chosen and index.row() == table.hovered and index.column() >= table.first_column():
            painter.fillRect(rect, worn.colour("surface_2"))
        self._paint_line(painter, rect, index)
        if chosen:
            self._paint_chosen(painter, rect, index)
        self._paint_cell(painter, inner_rect(table, rect, index.column()), table.records.cell(index), chosen)
        painter.restore()

    def _chosen(self, index: Index) -> bool:
        table = self._table
        return index.row() == table.currentIndex().row() and index.column() >= table.first_column()

    def _paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The hairline below a row: dotted, and shorter, inside a group."""
        table, worn = self._table, theme.current()
        last = index.row() + max(1, table.rowSpan(index.row(), index.column())) - 1
        inside = table.records.follows_group(last + 1)
        pen = QPen(worn.colour("filet"), 1, Qt.PenStyle.DotLine if inside else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        columns = len(table.records.columns)
        left = rect.left() + (
            worn.px(_PAD) if index.column() == table.first_column() and (inside or not table.bleed) else 0
        )
        margin = worn.px(24) if table.bleed and inside else 0 if table.bleed else worn.px(_PAD)
        right = rect.right() - (margin if index.column() == columns - 1 else 0)
        painter.drawLine(left, rect.bottom(), right, rect.bottom())

    def _paint_chosen(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The ground of the chosen row, with the ring inside it while the table has the focus."""
        table, worn = self._table, theme.current()
        first, last = table.first_column(), len(table.records.columns) - 1
        left = table.columnViewportPosition(first)
        right = table.columnViewportPosition(last) + table.columnWidth(last)
        if table.bleed:
            left, right = left + (worn.px(16) if first == 0 else 0), right - worn.px(16)
        whole = QRectF(left, rect.top(), right - left, rect.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(worn.colour("choix"))
        radius = worn.shape("radius")
        painter.drawRoundedRect(whole, radius, radius)
        if table.hasFocus():
            inset = 4.0 if worn.name == "high_contrast" else worn.px(2) / 2
            painter.setPen(QPen(worn.colour("focus_choix"), worn.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.setClipping(False)

    def _paint_cell(self, painter: QPainter, room: QRect, cell: "Cell", chosen: bool) -> None:
        worn = theme.current()
        line = worn.line("body")
        top = room.top() + worn.px(4) if cell_height(cell, room.width()) + 1 > worn.shape("row") else -1
        if top < 0:
            two_lines = room.height() > worn.shape("row") + 2
            top = room.top() + (worn.px(4) if two_lines else (room.height() - 1 - line) // 2)
        if cell.discreet and self._table.hidden:
            width = min(room.width(), worn.px(120))
            paint_veil(painter, QRect(room.left(), top + worn.px(3), width, line - worn.px(6)))
            return
        left = room.left()
        ink = worn.colour("sur_choix" if chosen else cell.tone)
        if cell.icon:
            side = worn.shape("icon")
            paint_icon(painter, cell.icon, QRect(left, top + (line - side) // 2, side, side), ink)
            left += side + worn.px(8)
        width = room.right() + 1 - left
        top = self._paint_first(painter, QRect(left, top, width, line), cell, chosen)
        if cell.second:
            painter.setPen(worn.colour("sur_choix" if chosen else "texte_2"))
            draw_lines(painter, cell.second, "small", QRect(left, top - worn.px(1), width, worn.line("small")))

    def _paint_first(self, painter: QPainter, rect: QRect, cell: "Cell", chosen: bool) -> int:
        """The first text of a cell; returns where it ends, in pixels from the top of the table."""
        worn = theme.current()
        role = _first_role(cell)
        if cell.link and natural_width(cell.text, worn.font(role)) <= rect.width():
            colour = worn.colour("sur_choix" if chosen else "accent")
            paint_link(painter, rect, cell.text, worn.font(role), colour)
            return rect.bottom() + 1
        painter.setPen(worn.colour("sur_choix" if chosen else "accent" if cell.link else cell.tone))
        return draw_lines(painter, cell.text, role, rect, underlined=cell.link)


def draw_lines(painter: QPainter, text: str, role: str, rect: QRect, *, underlined: bool = False) -> int:
    """Draw a text broken to the width of `rect`, each line as high as it; returns where it ends."""
    worn = theme.current()
    paragraphs, height = _broken(text, role, rect.width(), rect.height(), worn.percent, worn.families, underlined)
    for paragraph in paragraphs:
        paragraph.draw(painter, QPointF(rect.left(), rect.top()))
    return rect.top() + height


@lru_cache(maxsize=512)
def _broken(
    text: str, role: str, width: int, line: int, percent: int, families: tuple[str, ...], underlined: bool
) -> tuple[list[QTextLayout], int]:
    """The lines of a text in the theme of now, which its last parameters tell; a table in sight is drawn many times."""
    font = theme.current().font(role)
    font.setUnderline(underlined)
    return lay_out(text, font, width, line)


def _first_role(cell: "Cell") -> str:
    return "bold" if cell.bold or cell.tone == "alerte" else "body"


def cell_height(cell: "Cell", width: int) -> int:
    """Height a cell needs when its words have `width` pixels, in pixels."""
    worn = theme.current()
    return _cell_height(cell, width, worn.percent, worn.families)


@lru_cache(maxsize=8192)
def _cell_height(cell: "Cell", width: int, percent: int, families: tuple[str, ...]) -> int:
    """The same in the theme of now, which its last parameters tell; many rows of a list say the same."""
    worn = theme.current()
    if cell.icon:
        width -= worn.shape("icon") + worn.px(8)
    height = _lines(cell.text, _first_role(cell), width) * worn.line("body")
    if cell.second:
        height += _lines(cell.second, "small", width) * worn.line("small")
    return height + worn.px(8)


def _lines(text: str, role: str, width: int) -> int:
    """How many lines a text takes; most fit on one, and measuring that is quick."""
    worn = theme.current()
    if _widest(text, worn.text_px(role), role == "bold", worn.families) + 1 < width:  # an advance is a rounded one
        return 1 + text.count("\n")
    return lay_out(text, worn.font(role), width, 1)[1]


@lru_cache(maxsize=4096)
def _widest(text: str, pixels: int, bold: bool, families: tuple[str, ...]) -> int:
    """Width of the longest line of a text as it is written; a table is measured at each width of its page."""
    metrics = _metrics(pixels, bold, families)
    return max(metrics.horizontalAdvance(part) for part in text.split("\n"))


@lru_cache(maxsize=16)
def _metrics(pixels: int, bold: bool, families: tuple[str, ...]) -> QFontMetrics:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(pixels)
    font.setBold(bold)
    return QFontMetrics(font)
