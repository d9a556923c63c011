"""The days of the agenda side by side, as many as there is room for: hours, names, who is away, what is open."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.appointment import hour_text
from spip_desktop.services.agenda_reading import AgendaDay, AgendaLine
from spip_desktop.ui import theme
from spip_desktop.ui.appointment.agenda_cells import day_notes, in_the_way, line_icon, line_state
from spip_desktop.ui.labels import SectionTitle, SmallText
from spip_desktop.ui.layout import column, grid
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView

#: The least width of a day, in pixels at 100 %.
_LEAST = 176
_COLUMNS = (Column(""),)
_SATURDAY = 5
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class _Day(QWidget):
    """One day: its name, what is noted of it, its appointments."""

    opened = Signal(object)

    def __init__(self, number: int) -> None:
        super().__init__()
        inside = column(self, gap=4, margins=(8, 0, 8, 0))
        self.day = date.min
        self.title, self.notes = SectionTitle(""), SmallText("")
        self.table = TableView(_COLUMNS, name=f"agenda.day{number}", label="")
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self.opened)
        self.free = SmallText("Aucun rendez-vous")
        for part in (self.title, self.notes, self.table, self.free):
            inside.addWidget(part)
        inside.addStretch(1)

    def show_day(self, day: AgendaDay, *, today: bool) -> None:
        self.day = day.day
        self.title.set_title(dates.long(day.day).rsplit(" ", 1)[0])
        notes = [*(["Aujourd’hui"] if today else []), *day_notes(day)]
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.table.setAccessibleName(f"Rendez-vous du {dates.long(day.day)}")
        self.table.set_rows([RecordRow(one, (_cell(one),)) for one in day.lines])
        self.table.setVisible(bool(day.lines))
        self.free.setVisible(not day.lines)


class WeekView(QWidget):
    """Seven days; those of a weekend without anything are left out, but for today.

    Left and Right go from a day that has appointments to another, and past the ends (`passed`); Up and Down in a day.
    """

    opened = Signal(object)  # AgendaLine
    passed = Signal(int)  # -1: before the first day, 1: after the last
    current_changed = Signal(object)  # the line one is on, of the day that has the focus

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("agenda.week")
        self._grid: QGridLayout = grid(self, gap=0)
        self._days = [_Day(number) for number in range(7)]
        self._shown: list[_Day] = []
        self._columns = 0
        for one in self._days:
            one.setParent(self)  # shown before it is laid out, it would be a window
            one.opened.connect(self.opened)
            one.table.current_changed.connect(self.current_changed)
            one.table.installEventFilter(self)
            one.hide()
        self._last: TableView | None = None

    def show_days(self, days: Sequence[AgendaDay], today: object) -> None:
        """Show a week from its Monday."""
        self._shown = []
        for view, day in zip(self._days, days, strict=True):
            kept = day.day.weekday() < _SATURDAY or day.day == today or bool(day.lines or day.permanences)
            if kept:
                view.show_day(day, today=day.day == today)
                self._shown.append(view)
            view.setVisible(kept)
        self._lay_out(self._room())

    def table_of(self, wanted: date) -> TableView | None:
        """Of that day or the next that has appointments, else of the last; None when there is none."""
        full = self._full()
        chosen = next((one for one in full if one.day >= wanted), full[-1] if full else None)
        return chosen.table if chosen else None

    def end(self, step: int) -> TableView | None:
        """Of the first day that has appointments (1), or of the last (-1)."""
        full = self._full()
        return full[0 if step > 0 else -1].table if full else None

    def has_focus(self) -> bool:
        return any(one.table.hasFocus() for one in self._days)

    def _full(self) -> list[_Day]:
        return [one for one in self._shown if one.table.records.rows]

    def _step(self, table: TableView, step: int) -> None:
        full = self._full()
        place = next(number for number, one in enumerate(full) if one.table is table) + step
        if 0 <= place < len(full):
            full[place].table.setFocus()
        else:
            self.passed.emit(step)

    def current(self) -> object:
        """The line one is on in the day that last had the focus."""
        return self._last.current_key() if self._last and self._last.isVisibleTo(self) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Left and Right leave a day; the one that takes the focus is alone to have a line chosen."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and isinstance(watched, TableView):
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() in _BARE:
                self._step(watched, step)
                return True
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, TableView):
            self._last = watched
            self._forget_others(watched)
            self.current_changed.emit(watched.current_key())
        return super().eventFilter(watched, event)

    def _forget_others(self, chosen: TableView) -> None:
        """What one does is of one appointment: no other day shows one as chosen."""
        for one in self._days:
            if one.table is not chosen:
                with QSignalBlocker(one.table):
                    one.table.setCurrentIndex(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, self._follow_width)

    def _follow_width(self) -> None:
        if self._room() != self._columns:
            self._lay_out(self._room())

    def _room(self) -> int:
        return max(1, min(len(self._shown) or 1, self.width() // theme.current().px(_LEAST)))

    def _lay_out(self, columns: int) -> None:
        for one in self._days:
            self._grid.removeWidget(one)
        for column_ in range(len(self._days)):
            self._grid.setColumnStretch(column_, 1 if column_ < columns else 0)
        self._columns = columns
        for number, one in enumerate(self._shown):
            self._grid.addWidget(one, number // columns, number % columns)


def _cell(one: AgendaLine) -> Cell:
    """Who, then when and what, then where it stands once it has begun, or what is in its way: no icon is alone."""
    state = in_the_way(one) if one.ahead else line_state(one)
    more = ", ".join(
        part[:1].lower() + part[1:] for part in (hour_text(one.appointment.begins), one.kind, state) if part
    )
    return Cell(one.person, more, icon=line_icon(one), discreet=True)
