"""Dates side by side with a hairline between; fewer to a line where there is less room."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.marks import Mark
from spip_desktop.domain.measure import SentenceSheet
from spip_desktop.ui import theme
from spip_desktop.ui.labels import KeyValue, Rule
from spip_desktop.ui.layout import grid, row
from spip_desktop.wording.person import MARKS, mark_day, mark_source

_GAP = 16


class MarkGrid(QWidget):
    """The marks of a sentence: name, date, source."""

    def __init__(self, marks: Sequence[Mark], sheet: SentenceSheet | None) -> None:
        super().__init__()
        self._values = [
            KeyValue(MARKS[mark.code], mark_day(mark), role="section", source=mark_source(mark, sheet))
            for mark in marks
        ]
        self._rules = [Rule("filet", vertical=True) for _ in marks]
        self._cells = [self._cell(rule, value) for rule, value in zip(self._rules, self._values, strict=True)]
        self._grid = grid(self, gap=_GAP)
        self._columns = 0
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._lay_out()

    def _cell(self, rule: Rule, value: KeyValue) -> QWidget:
        made = QWidget()
        line = row(made, gap=_GAP)
        line.addWidget(rule)
        line.addWidget(value, 1)
        return made

    def _lay_out(self) -> None:
        """All in one line if they hold in it, else by three, by two, or one below the other."""
        gap = 2 * theme.current().px(_GAP) + 1
        widest = max(value.sizeHint().width() for value in self._values)
        most = max(1, (self.width() + gap) // (widest + gap)) if self.width() > widest else 1
        # At full width the sources differ in length: what counts is that the sum holds.
        every = sum(value.sizeHint().width() for value in self._values) + gap * (len(self._values) - 1)
        columns = len(self._values) if every <= self.width() else 3 if most >= 3 else most
        if columns == self._columns:
            return
        self._columns = columns
        for cell in self._cells:
            self._grid.removeWidget(cell)
        for number, cell in enumerate(self._cells):
            self._rules[number].setVisible(number % columns > 0)
            self._grid.addWidget(cell, number // columns, number % columns)
        for place in range(len(self._cells)):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
