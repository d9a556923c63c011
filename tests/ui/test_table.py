"""Tables: keys, links, groups, words that break instead of being cut."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.modeltest import ModelTester

from spip_desktop.ui import table_paint, theme
from spip_desktop.ui.layout import column
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.table_paint import cell_height, inner_rect
from spip_desktop.ui.text import lay_out
from tests.ui.checks import at_text_size, settle
from tests.ui.conftest import Show
from tests.ui.typing import click as click_at
from tests.ui.typing import press

COLUMNS = (Column("Personne", 192), Column("Quand", 168), Column("Quoi"), Column("Première action", 140))


def row(key: int, group: str, name: str) -> RecordRow:
    what = Cell("Rapport d’évaluation au juge", "Saisine du 16/08/2026 + 3 mois.", bold=True)
    late = Cell("En retard, 6 jours", icon="alert-circle", tone="alerte")
    return RecordRow(
        key, (Cell(name, "58 ans\nMA de Valbrune", discreet=True), late, what, Cell("Ouvrir", link=True)), group
    )


ROWS = (row(1, "a", "BRÉAUD"), row(2, "b", "FONTAINE"), row(3, "b", ""), row(4, "c", "LŒILLET"))


@pytest.fixture
def table(show: Show) -> TableView:
    page = QWidget()
    view = TableView(COLUMNS, name="todo", label="À traiter", bleed=True)
    column(page).addWidget(view)
    view.set_rows(ROWS)
    show(page)
    return view


def keys_opened(table: TableView) -> list[object]:
    keys: list[object] = []
    table.opened.connect(keys.append)
    return keys


def test_the_model_keeps_the_rules_of_qt(table: TableView, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table.records)  # type: ignore[no-untyped-call]


def test_arrows_move_and_enter_opens(table: TableView) -> None:
    keys = keys_opened(table)
    table.setFocus()
    settle()
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    assert keys == [2]


def test_the_page_follows_the_cursor_of_a_long_list(show: Show) -> None:
    page = QScrollArea()
    page.setWidgetResizable(True)
    view = TableView(COLUMNS, name="batch", label="Personnes")
    view.set_rows([row(number, "", f"PERSONNE {number}") for number in range(80)])
    page.setWidget(view)
    page.resize(800, 400)
    show(page)
    view.setFocus()
    for key, at in ((Qt.Key.Key_End, 79), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1)):
        press(view, key)
        settle()
        assert view.currentIndex().row() == at
        seen = view.visualRect(view.currentIndex())
        top = view.viewport().mapTo(page.viewport(), seen.topLeft()).y()
        assert 0 <= top <= page.viewport().height() - seen.height()


def test_a_click_on_a_link_opens_and_elsewhere_only_chooses(table: TableView) -> None:
    keys = keys_opened(table)

    def click(column_number: int) -> None:
        spot: QPoint = table.visualRect(table.records.index(3, column_number)).center()
        click_at(table.viewport(), spot)

    click(2)
    assert keys == []
    assert table.current_key() == 4
    click(3)
    assert keys == [4]


def test_the_cursor_stays_on_its_record_when_rows_change(table: TableView) -> None:
    table.setCurrentIndex(table.records.index(3, 1))
    table.set_rows(ROWS[1:])
    assert table.current_key() == 4


def test_a_name_is_written_once_for_its_lines(table: TableView) -> None:
    assert table.rowSpan(1, 0) == 2
    assert table.rowSpan(0, 0) == 1


def test_rows_are_44_px_and_follow_the_text(table: TableView) -> None:
    assert table.rowHeight(1) == 45
    at_text_size(200)
    assert table.rowHeight(1) >= 88


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_cell_has_the_height_of_its_words(table: TableView, percent: int) -> None:
    at_text_size(percent)
    for line, one in enumerate(table.records.rows):
        for place, cell in enumerate(one.cells):
            rect = table.visualRect(table.records.index(line, place))
            assert rect.height() >= cell_height(cell, inner_rect(table, rect, place).width()), (line, place)
    assert table.horizontalScrollBar().maximum() == 0


class Drawn(QObject):
    """Counts how often a widget is drawn."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def test_rows_that_change_are_drawn_once(table: TableView) -> None:
    drawn = Drawn(table.viewport())
    table.set_rows([*ROWS, row(5, "d", "ZÉNON")])
    settle()
    assert drawn.times == 1
    assert table.visualRect(table.records.index(4, 2)).height() == table.rowHeight(4) > 0
    table.setRowHeight(4, 90)  # the control: the view, told of a size, draws itself again
    settle()
    assert drawn.times > 1


def test_discretion_hides_the_names_only(table: TableView) -> None:
    before = table.grab().toImage()
    table.set_hidden(True)
    settle()
    after = table.grab().toImage()
    name = table.visualRect(table.records.index(0, 0)).translated(0, table.horizontalHeader().height())
    what = table.visualRect(table.records.index(0, 2)).translated(0, table.horizontalHeader().height())
    assert before.copy(name) != after.copy(name)
    assert before.copy(what) == after.copy(what)


def test_a_row_reads_both_its_lines(table: TableView) -> None:
    said = table.records.data(table.records.index(0, 2), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Rapport d’évaluation au juge, Saisine du 16/08/2026 + 3 mois."


@pytest.mark.parametrize("text", ["9 h 30, préparation de la sortie", "14 h 00, préparation de la sortie", "Un titre"])
@pytest.mark.parametrize("role", ["body", "small", "bold"])
def test_a_line_is_measured_as_it_is_drawn_at_every_width(text: str, role: str) -> None:
    worn = theme.current()
    drawn = {width: lay_out(text, worn.font(role), width, 1)[1] for width in range(40, 260)}
    assert {width: table_paint._lines(text, role, width) for width in drawn} == drawn
