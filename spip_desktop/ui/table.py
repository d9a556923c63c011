"""Tables of ready-made cells: hairlines, one-line or two-line rows, arrows to move, Enter to open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QScrollArea, QSizePolicy, QTableView

from spip_desktop.ui import theme
from spip_desktop.ui.focus_ring import ring_inside
from spip_desktop.ui.table_paint import Header, RowDelegate, cell_height, inner_rect
from spip_desktop.ui.text import HIDDEN_WORD, Discreet, discretion_of

Index = QModelIndex | QPersistentModelIndex

#: Pixels at 100 % of a column that shares what is left: under the first, all shrink as if it asked for the other.
_LEAST, _USUAL = 140, 224
#: What an arrow adds to the row.
_STEPS = {QAbstractItemView.CursorAction.MoveUp: -1, QAbstractItemView.CursorAction.MoveDown: 1}
#: To the first row, to the last.
_ENDS = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: -1}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in pixels at 100 %, or 0 to share what is left."""

    label: str
    width: int = 0
    align_right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. `second`: small text below, several lines allowed. `tone`: texte, texte_2, alerte."""

    text: str = ""
    second: str = ""
    icon: str = ""
    tone: str = "texte"
    bold: bool = False
    link: bool = False
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A row: the key given back when it is opened, its cells, and the group whose name is written once."""

    key: object
    cells: tuple[Cell, ...]
    group: str = ""


class RecordTable(QAbstractTableModel):
    """The rows as given: sorting and filtering are done where they come from."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[RecordRow] = ()) -> None:
        super().__init__()
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.grouped = any(row.group for row in self.rows)

    def set_rows(self, rows: Sequence[RecordRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.grouped = any(row.group for row in self.rows)
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column], rows: Sequence[RecordRow]) -> None:
        """Show other columns, with the rows that go with them."""
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.grouped = any(row.group for row in self.rows)
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        cells = self.rows[index.row()].cells
        return cells[index.column()] if index.column() < len(cells) else Cell()

    def follows_group(self, row: int) -> bool:
        """Whether this row belongs to the same group as the one above."""
        return (
            0 < row < len(self.rows) and bool(self.rows[row].group) and self.rows[row].group == self.rows[row - 1].group
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return ", ".join(part for part in (cell.text, cell.second.replace("\n", ", ")) if part)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        return None


class TableView(QTableView, Discreet):
    """A table of records. `bleed`: hairlines from edge to edge of the page, text at its margin.

    `fit`: as tall as its rows, inside a page that scrolls; else it scrolls by itself.
    """

    opened = Signal(object)  # key of the row: Enter, double click, or a click on a link
    current_changed = Signal(object)  # key of the row the cursor is on

    def __init__(
        self, columns: Sequence[Column], *, name: str, label: str, bleed: bool = False, fit: bool = True
    ) -> None:
        super().__init__()
        self.records = RecordTable(columns)
        self.bleed, self.fit, self.hovered = bleed, fit, -1
        self._measured: tuple[object, ...] = ()  # for which words, width and text size
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setModel(self.records)
        self.setItemDelegate(RowDelegate(self))
        self.setHorizontalHeader(Header(self))
        self._behave()
        ring_inside(self)

    def _behave(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        across, down = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, down if self.fit else QSizePolicy.Policy.Expanding)
        if self.fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("overhang", not self.bleed)

    def set_rows(self, rows: Sequence[RecordRow]) -> None:
        """Show other rows; the cursor stays on the row of the same key if it is still there."""
        kept = self.current_key()
        self.records.set_rows(rows)
        self._measure(again=True)
        self._come_back_to(kept)

    def set_columns(self, columns: Sequence[Column], rows: Sequence[RecordRow]) -> None:
        """Show other columns with their rows."""
        kept = self.current_key()
        self.records.set_columns(columns, rows)
        self._measure(again=True)
        self._come_back_to(kept)

    def current_key(self) -> object:
        """The key of the row the cursor is on, or None."""
        row = self.currentIndex().row()
        return self.records.rows[row].key if 0 <= row < len(self.records.rows) else None

    def _come_back_to(self, key: object) -> None:
        """The cursor on the row of that key, if it is still there."""
        for number, row in enumerate(self.records.rows):
            if key is not None and row.key == key:
                self.setCurrentIndex(self.records.index(number, self.first_column()))
        self.updateGeometry()

    def take_place(self, row: int) -> None:
        """The cursor where it was, on the row that came in the place of one that left; nothing if it is on one."""
        last = len(self.records.rows) - 1
        if self.current_key() is None and min(row, last) >= 0:
            self.setCurrentIndex(self.records.index(min(row, last), self.first_column()))
            self._keep_in_sight()

    def first_column(self) -> int:
        """The first column of a row that can be chosen: after the name, where rows are grouped."""
        return 1 if self.records.grouped else 0

    def set_hidden(self, hidden: bool) -> None:
        self.hidden = hidden
        self.setAccessibleDescription(HIDDEN_WORD if hidden else "")
        self.viewport().update()

    def sizeHint(self) -> QSize:
        rows = self.verticalHeader().length()
        return QSize(theme.current().px(480), self.horizontalHeader().sizeHint().height() + rows + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(120), self.sizeHint().height() if self.fit else theme.current().px(96))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure(again=True)

    def showEvent(self, event: QShowEvent) -> None:
        self.hidden = discretion_of(self)
        self._measure()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key() is not None:
            self.opened.emit(self.current_key())
            return
        super().keyPressEvent(event)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """As tall as its rows, it does not scroll: the page that holds it follows the cursor."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        inside = page.widget() if page else None
        if not self.fit or page is None or inside is None or not self.currentIndex().isValid():
            return
        row = self.visualRect(self.currentIndex())
        top = self.viewport().mapTo(inside, row.topLeft()).y()
        page.ensureVisible(0, top + row.height() // 2, 0, row.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Before Qt's own, which would choose the first cell: the name of a group, that the arrows step over whole.
        if not self.currentIndex().isValid() and self.records.rows:
            self.setCurrentIndex(self.records.index(0, self.first_column()))
        super().focusInEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """Home and End go to the first and the last row.

        Up and down go row by row, also from the name of a group, which is one cell for Qt.
        """
        if action in _ENDS and self.records.rows:
            return self.records.index(_ENDS[action] % len(self.records.rows), self.first_column())
        step = _STEPS.get(action)
        row = self.currentIndex().row() + step if step and self.records.grouped else -1
        if 0 <= row < len(self.records.rows):
            return self.records.index(row, self.first_column())
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row():
            self.current_changed.emit(self.current_key())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        link = index.isValid() and self.records.cell(index).link
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)
        self._hover(index.row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.records.cell(index).link and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.records.rows[index.row()].key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.records.cell(index).link:
            self.opened.emit(self.records.rows[index.row()].key)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def _measure(self, *, again: bool = False) -> None:
        """Give columns and rows their sizes, unless the same words have theirs at this width already."""
        worn = theme.current()
        asked = (self.records.rows, self.viewport().width(), worn.percent)
        if not again and asked == self._measured:
            return
        self._measured = asked
        # Told of each size, the view would be drawn once more afterwards.
        with QSignalBlocker(self.horizontalHeader()), QSignalBlocker(self.verticalHeader()):
            self._share_width()
            self._share_height(worn.shape("row"), worn.shape("row_two_lines"))
        self.updateGeometries()
        self.updateGeometry()
        self.viewport().update()

    def _share_height(self, one_line: int, two_lines: int) -> None:
        self.clearSpans()
        first, widths = self.first_column(), [self._inner_width(n) for n in range(len(self.records.columns))]
        for number, row in enumerate(self.records.rows):
            cells = zip(row.cells[first:], widths[first:], strict=False)
            needed = max((cell_height(cell, width) for cell, width in cells), default=0)
            self.setRowHeight(number, one_line if needed <= one_line else max(needed, two_lines) + 1)
        self._span_groups(widths)

    def _inner_width(self, column: int) -> int:
        """The room of the words of a column, in pixels."""
        return inner_rect(self, QRect(0, 0, self.columnWidth(column), 0), column).width()

    def _span_groups(self, widths: Sequence[int]) -> None:
        start, rows = 0, self.records.rows
        for number in range(1, len(rows) + 1):
            if number < len(rows) and self.records.follows_group(number):
                continue
            if number - start > 1:
                self.setSpan(start, 0, number - start, 1)
            if self.first_column():
                self._stretch_group(start, number, widths[0])
            start = number

    def _stretch_group(self, start: int, stop: int, width: int) -> None:
        """A name with three lines needs more height than its only row has."""
        needed = cell_height(rows_first(self.records.rows[start]), width) + 1
        have = sum(self.rowHeight(row) for row in range(start, stop))
        if needed > have:
            self.setRowHeight(stop - 1, self.rowHeight(stop - 1) + needed - have)

    def _share_width(self) -> None:
        worn = theme.current()
        columns = self.records.columns
        fixed = {n: worn.px(column.width) for n, column in enumerate(columns) if column.width}
        edges = worn.px(32) if self.bleed else 0
        left = self.viewport().width() - sum(fixed.values()) - edges
        shared = max(1, len(columns) - len(fixed))
        if left < worn.px(_LEAST) * shared and fixed:  # every column gives way in proportion
            ratio = (self.viewport().width() - edges) / (sum(fixed.values()) + worn.px(_USUAL) * shared)
            fixed = {n: round(width * ratio) for n, width in fixed.items()}
            left = self.viewport().width() - sum(fixed.values()) - edges
        for n in range(len(columns)):
            width = fixed.get(n, max(worn.px(40), left // shared))
            extra = edges // 2 if self.bleed and n in (0, len(columns) - 1) else 0
            self.setColumnWidth(n, width + extra)


def rows_first(row: RecordRow) -> Cell:
    """The first cell of a row: the name, where rows are grouped."""
    return row.cells[0] if row.cells else Cell()
