"""How a row, a cell and a column title are drawn."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from spip_desktop.ui import theme
from spip_desktop.ui.buttons import paint_link
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.text import natural_width, paint_veil

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
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, worn.colour("bord"))
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
    right = worn.px(24 if table.bleed and column == last else _PAD)
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
        line, small = worn.line("body"), worn.line("small")
        seconds = cell.second.split("\n") if cell.second else []
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
        first = QRect(left, top, room.right() - left, line)
        self._paint_first(painter, first, cell, chosen)
        painter.setFont(worn.font("small"))
        painter.setPen(worn.colour("sur_choix" if chosen else "texte_2"))
        for number, text in enumerate(seconds):
            spot = QRect(left, top + line + number * small - worn.px(1), room.right() - left, small)
            self._words(painter, spot, text)

    def _paint_first(self, painter: QPainter, rect: QRect, cell: "Cell", chosen: bool) -> None:
        worn = theme.current()
        font = worn.font("bold" if cell.bold or cell.tone == "alerte" else "body")
        if cell.link:
            colour = worn.colour("sur_choix" if chosen else "accent")
            paint_link(painter, rect, cell.text, font, colour)
            return
        painter.setFont(font)
        painter.setPen(worn.colour("sur_choix" if chosen else cell.tone))
        self._words(painter, rect, cell.text)

    @staticmethod
    def _words(painter: QPainter, rect: QRect, text: str) -> None:
        metrics = QFontMetrics(painter.font())
        if natural_width(text, painter.font()) > rect.width() + 1:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(rect.left(), round(baseline)), text)
