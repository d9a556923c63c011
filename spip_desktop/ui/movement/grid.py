"""Lines through the versions: a column a version where there is room for some, a list of what was said elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.movement import Line
from spip_desktop.domain.text import NBSP
from spip_desktop.services.movement import Moment
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import LinkButton, QuietButton
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wording.movement import line_words, more_words, runs, state_words

#: The names of the lines, and the least a version needs, in pixels at 100 %.
_NAMES, _VERSION = 232, 136
#: With fewer columns than that, and more versions, a list reads better than a table.
_FEWEST = 3


class VersionGrid(QWidget):
    """One group of lines. The newest versions are shown first; the older ones are one key away."""

    opened = Signal(object)  # Line

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._label = label
        self._versions: tuple[Moment, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._shown: tuple[int, int] | None = None  # first and last place on the screen; none as a list
        self._last = 0
        self._first_stop: QWidget | None = None
        self._inside = column(self, gap=8)

    def show_lines(self, versions: Sequence[Moment], lines: Sequence[Line]) -> None:
        """Show these lines, from the newest version back."""
        self._versions, self._lines = tuple(versions), tuple(lines)
        self._last = len(self._versions)
        self._build()

    def focus_first(self) -> bool:
        """Put the focus on the first line, whatever they are shown as; False when there is none."""
        if self._first_stop is not None:
            self._first_stop.setFocus()
        return self._first_stop is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Built again once the layouts are at rest, when another number of versions holds."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, self._follow_width)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(160), super().minimumSizeHint().height())

    def _follow_width(self) -> None:
        if self._versions and self._range() != self._shown:
            self._build()

    def _range(self) -> tuple[int, int] | None:
        """The places of the versions that hold, or None for a list."""
        worn = theme.current()
        room = max(0, self.width() - worn.px(_NAMES)) // worn.px(_VERSION)
        if room < min(_FEWEST, len(self._versions)):
            return None
        first = max(0, self._last - room)
        return first, min(len(self._versions), first + room)

    def _build(self) -> None:
        focus = self.window().focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        if held and focus is not None:
            focus.clearFocus()  # else Qt moves it on to the next group, and the page scrolls after it
        clear(self._inside)
        self._first_stop = None
        self._shown = self._range()
        if self._shown is None:
            self._build_list()
        else:
            self._build_table(*self._shown)
        if held:
            self.focus_first()

    # -- a table -----------------------------------------------------------------------------------------------

    def _build_table(self, first: int, last: int) -> None:
        versions = self._versions[first:last]
        heads = [Column(f"Version{NBSP}{one.number}") for one in versions]
        table = TableView((Column("", _NAMES), *heads), name=f"{self.objectName()}.table", label=self._label)
        dated = (
            Cell("", tone="texte_2"),
            *(Cell(dates.short(one.day), one.nature, tone="texte_2") for one in versions),
        )
        rows = [
            RecordRow(line, (Cell(line_words(line), link=True), *_cells(line, first, last))) for line in self._lines
        ]
        table.set_rows([RecordRow(None, dated), *rows])
        table.setCurrentIndex(table.records.index(1, 0))
        table.opened.connect(self._open)
        if first > 0 or last < len(self._versions):
            self._inside.addWidget(self._turn(first, last))
        self._inside.addWidget(table)
        table.show()
        self._first_stop = table

    def _turn(self, first: int, last: int) -> QWidget:
        """Towards the older versions, and back."""
        older = QuietButton("Versions plus anciennes", "chevron-left", name=f"{self.objectName()}.older")
        newer = QuietButton("Versions plus récentes", "chevron-right", name=f"{self.objectName()}.newer")
        for button, whither, there in ((older, -1, first > 0), (newer, 1, last < len(self._versions))):
            button.setAccessibleName(f"{button.text()}, {self._label}")
            button.setEnabled(there)
            button.clicked.connect(lambda _=False, step=whither: self._go(step))
        both = FlowRow(gap=8)
        both.add(older, newer)
        return both

    def _go(self, step: int) -> None:
        """A screenful of versions further; the focus stays on what was pressed, or goes to its opposite at the end."""
        assert self._shown is not None
        first, last = self._shown
        room = last - first
        self._last = max(room, min(len(self._versions), self._last + step * max(1, room - 1)))
        self._build()
        names = ("older", "newer") if step < 0 else ("newer", "older")
        buttons = [self.findChild(QuietButton, f"{self.objectName()}.{one}") for one in names]
        next(one for one in buttons if one and one.isEnabled()).setFocus()

    def _open(self, key: object) -> None:
        if isinstance(key, Line):
            self.opened.emit(key)

    # -- a list ------------------------------------------------------------------------------------------------

    def _build_list(self) -> None:
        for number, line in enumerate(self._lines, 1):
            link = LinkButton(line_words(line), name=f"{self.objectName()}.{number}")
            link.clicked.connect(lambda _=False, one=line: self.opened.emit(one))
            self._inside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            link.show()
            self._first_stop = self._first_stop or link
            told = (f"{self._between(run.first, run.last)}{NBSP}: {run.words}" for run in runs(line.said))
            said = SmallText("\n".join(told), colour="texte")
            self._inside.addWidget(said)
            said.show()

    def _between(self, first: int, last: int) -> str:
        """« Version 2, le 12/03/2026 », « Versions 1 à 3, du … au … »."""
        one, other = self._versions[first], self._versions[last]
        if first == last:
            return f"Version{NBSP}{one.number}, {dates.short(one.day)}"
        return f"Versions{NBSP}{one.number} à {other.number}, du {dates.short(one.day)} au {dates.short(other.day)}"


def _cells(line: Line, first: int, last: int) -> list[Cell]:
    shown = range(first, last)
    return [Cell(state_words(line.said[at]), more_words(line.said[at]), bold=line.moved(at)) for at in shown]
