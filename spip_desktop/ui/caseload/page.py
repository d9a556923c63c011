"""« Mon tableau »: one's dossiers as rows, the columns and views one chooses; printed or written as shown."""

from collections.abc import Callable
from datetime import date
from itertools import accumulate
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.caseload import USUAL, Column, Row, Show, View, columns_of, in_order, is_late, shown, with_sort
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, capital
from spip_desktop.services.caseload import head, name_of, said, short_head, sorted_by
from spip_desktop.services.list_export import Listed
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.caseload.panels import OURS, columns_panel, view_panel
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.labels import EmptyState, SmallText
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.list_export import ListExport
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.table import Cell, RecordRow, TableView
from spip_desktop.ui.table import Column as Head
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services
from spip_desktop.wording import caseload as words
from spip_desktop.wording import sentence

LINES = 100
#: Pixels at 100 % of what is longer or shorter than a date; what is not here and is no date shares what is left.
_WIDTHS = {Column.NAME: 168, Column.CELL: 96, Column.AGE: 48, Column.ECROU: 80, Column.TITLE: 112}
_DATE, _TEXT = 96, 140  # a date that is late is bold
#: What stands beside the table: the margins of the page and its scroll bar.
_AROUND = 64
_TEXTS = frozenset({Column.ESTABLISHMENT, Column.MEASURES, Column.HOUSING, Column.PHONE, Column.INCIDENT})


class CaseloadPage(Page):
    """Read when it is opened; views, sorts and pages then work on what was read."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(words.TITLE, name="caseload")
        self._services, self._guard = services, guard
        self._rows: list[Row] = []
        self._lines: list[Row] = []
        self._views: dict[str, View] = {}
        self._tabs: list[tuple[str, str, int]] = []
        self._offset, self._fit = 0, 0
        self.view = _ours(Show.ALL, services.context.officer_id)
        self.history = History(self)
        self.tabs = Tabs(name="caseload.tabs")
        self.desk = FactDesk(services.desk, services.clock, "caseload", guard.report)
        self.table = TableView((Head("Nom"),), name="caseload.table", label=words.TITLE)
        self.empty = EmptyState(words.EMPTY, words.ADVICE)
        self.sorted, self.count = SmallText(""), SmallText("", wrap=False)
        self._foot = QWidget()
        self.printing = PrintLine(services.printing, name="caseload.printing")
        self._build()

    def _build(self) -> None:
        self.forget = self.add_action("Supprimer la vue", "trash", self._forget_view, name="caseload.forget")
        self.keep = self.add_action("Garder la vue", "star", lambda: self._ask("view"), name="caseload.keep")
        self.export = ListExport(self, self._services, "caseload", self._listed, self.table)
        if self._services.context.actor.may(Right.PRINT):
            self.add_action("Imprimer", "printer", self.print_document, name="caseload.print")
        self.set_primary("Colonnes et tri", "sliders", lambda: self._ask("columns"), name="caseload.columns")
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        foot = row(self._foot, gap=16)
        self.before, self.after = Button("Précédents", "chevron-left"), Button("Suivants", "chevron-right")
        self.before.setObjectName("caseload.before")
        self.after.setObjectName("caseload.after")
        self.before.clicked.connect(lambda: self._turn(-LINES))
        self.after.clicked.connect(lambda: self._turn(LINES))
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.before)
        foot.addWidget(self.after)
        lines = column(gap=8)
        for part in (self.tabs, self.sorted, self.table, self.empty, self._foot):
            lines.addWidget(part)
        self.add(self.desk, lines)
        self._connect()

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda code: self._choose(str(code)))
        self.table.opened.connect(lambda key: self.go("person.synthese", key))
        heads = self.table.horizontalHeader()
        heads.setSectionsClickable(True)
        heads.sectionClicked.connect(lambda number: self._sort(columns_of(self.view)[number]))
        self.desk.recorded.connect(self._recorded)
        self.desk.left.connect(self.table.setFocus)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)

    def open(self, place: Place) -> None:
        """The table as the dossiers are now, its rows in focus."""
        self.notice.hide()
        self.desk.close_panel()
        self.reload()
        if not self.show_field(place.field):
            (self.table if self._lines else self.tabs).setFocus()

    def reload(self) -> None:
        self.show_rows(self._services.caseload.rows())

    def show_rows(self, rows: list[Row]) -> None:
        """These rows in place of the others, in the view that is shown."""
        self._rows = rows
        self._read_views()
        self._show()

    def flush(self) -> bool:
        return self.desk.flush()

    def leave(self) -> None:
        self.printing.stop()

    def undo(self) -> None:
        """Take back a view put in the bin."""

        def take_back() -> None:
            if told := self.history.undo():
                self.reload()
                self.notice.show_sentence(told)

        self._guard.run(take_back, refused=self._tell)

    def print_document(self) -> None:
        """Every row of the view, not only those of this page of it."""
        self.band.clear()
        paper = self._guard.run(self._services.caseload.paper, self.view, self._lines, refused=self._tell)
        if paper is not None:
            self.printing.ask(paper)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        if self._fit and _fitting(columns_of(self.view), self.width()) != self._fit:
            self._show()

    # -- views -----------------------------------------------------------------------------------------------

    def _read_views(self) -> None:
        mine = self._services.caseload.views()
        officer = self._services.context.officer_id
        self._views = {show.value: _ours(show, officer) for show in Show} | {str(one.id): one for one in mine}
        if str(self.view.id) in self._views and self.view.id != OURS:
            self.view = self._views[str(self.view.id)]
        self._show_tabs()

    def _show_tabs(self) -> None:
        today = self._services.clock.today()
        counted = [
            (code, name_of(one), len(shown(self._rows, Show(one.show), today))) for code, one in self._views.items()
        ]
        if counted != self._tabs:
            self._tabs = counted
            self.tabs.set_tabs([Tab(code, name, count=number) for code, name, number in counted])
        self.tabs.set_value(self._code())

    def _code(self) -> str:
        return self.view.show.value if self.view.id == OURS else str(self.view.id)

    def _choose(self, code: str) -> None:
        self.view, self._offset = self._views[code], 0
        self._show()

    def _sort(self, by: Column) -> None:
        self.view, self._offset = with_sort(self.view, by), 0
        self._show()

    def _turn(self, by: int) -> None:
        self._offset = max(0, self._offset + by)
        self._show()
        self.table.setFocus()

    def _forget_view(self) -> None:
        service, id_ = self._services.caseload, self.view.id
        self._guard.run(service.bin_view, id_)
        self.history.push(Step("Vue reprise", lambda: service.restore_view(id_)))
        self.view = self._views[Show.ALL.value]
        self.reload()
        self.notice.show_sentence("Vue supprimée", self.undo)

    # -- the table -------------------------------------------------------------------------------------------

    def _show(self) -> None:
        view, today = self.view, self._services.clock.today()
        by = Column(view.sort)
        self._lines = in_order(shown(self._rows, Show(view.show), today), by, descending=view.descending)
        every, some = columns_of(view), self._lines[self._offset : self._offset + LINES]
        self._fit = _fitting(every, self.width())
        columns = every[: self._fit]
        shares = any(one in _TEXTS for one in columns)  # else the name takes the room that is left
        widths = [_width(one) if shares or one is not Column.NAME else 0 for one in columns]
        heads = [Head(short_head(one), width) for one, width in zip(columns, widths, strict=True)]
        self.table.set_columns(heads, [RecordRow(one.person_id, _cells(one, columns, today)) for one in some])
        self.table.setVisible(bool(some))
        self.empty.setVisible(not some)
        self.sorted.setText(
            " ".join((f"{capital(sorted_by(view))}.", words.INDICATIVE, *_left_out(every[self._fit :])))
        )
        total = len(self._lines)
        self._foot.setVisible(total > LINES)
        self.count.setText(f"{self._offset + 1} à {self._offset + len(some)} sur {total}")
        self.before.setEnabled(self._offset > 0)
        self.after.setEnabled(self._offset + LINES < total)
        self.forget.setVisible(view.id != OURS)

    # -- panels ----------------------------------------------------------------------------------------------

    def _ask(self, name: str) -> None:
        officer = self._services.context.officer_id
        if self.desk.writes(name, officer):
            return
        self.notice.hide()
        self.desk.ask(name, officer, self._panel(name), anew=True)
        self.body.verticalScrollBar().setValue(0)

    def _panel(self, name: str) -> FactPanel:
        made: dict[str, Callable[[], FactPanel]] = {
            "columns": lambda: columns_panel(self.view, self._take),
            "view": lambda: view_panel(self.view, self._keep),
        }
        return made[name]()

    def _take(self, view: View) -> None:
        if len(columns_of(view)) < 2:
            raise Refusal("view_no_column", "columns")
        if view.id != OURS:
            self._services.caseload.keep_view(view)
        self.view = view

    def _keep(self, view: View) -> UUID:
        id_ = self._services.caseload.keep_view(view)
        self._read_views()
        self.view = self._views[str(id_)]
        return id_

    def _listed(self) -> Listed:
        return self._services.caseload.listed(self.view, self._lines)

    def _recorded(self) -> None:
        self._read_views()
        self._show()
        self.table.setFocus()

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def _ours(show: Show, officer: UUID) -> View:
    """A view that everybody has; its sort is that of what it is for."""
    by = {Show.LEAVING: Column.RELEASE, Show.LSC: Column.LSC, Show.ARRIVED: Column.ARRIVED}.get(show, Column.NAME)
    extra = {Show.LEAVING: (Column.RELEASE,), Show.LSC: (Column.LSC,), Show.ARRIVED: (Column.ARRIVED,)}.get(show, ())
    columns = tuple(dict.fromkeys((*USUAL[:3], *extra, *USUAL[3:])))
    return View(id=OURS, officer_id=officer, name="", columns=columns, show=show, sort=by)


def _width(column: Column) -> int:
    return 0 if column in _TEXTS else _WIDTHS.get(column, _DATE)


def _fitting(columns: tuple[Column, ...], width: int) -> int:
    """How many of these columns have their width on a page so wide; two at least."""
    worn, room = theme.current(), width - theme.current().px(_AROUND)
    used = list(accumulate(worn.px(_width(one) or _TEXT) for one in columns))
    return max(2, sum(needed <= room for needed in used))


def _left_out(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """A sentence about the columns for which there is no room here."""
    if not columns:
        return ()
    named = ", ".join(head(one) for one in columns)
    return (f"Sans place à cette taille, mais imprimé et exporté{NBSP}: {named}.",)


def _cells(one: Row, columns: tuple[Column, ...], today: date) -> tuple[Cell, ...]:
    return tuple(_cell(one, column, today) for column in columns)


def _cell(one: Row, column: Column, today: date) -> Cell:
    value = one.values.get(column)
    if column is Column.INCIDENT and value:
        return Cell(said(value), icon="alert-circle", tone="alerte", discreet=True)
    tone = "alerte" if is_late(column, value, today) else "texte"
    return Cell(said(value), bold=column is Column.NAME, tone=tone, discreet=True)
