"""« Mon tableau » with real keys and a real encrypted store."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget
from python_calamine import CalamineWorkbook

from spip_desktop.domain.caseload import Column
from spip_desktop.domain.caseload import Show as Shown
from spip_desktop.domain.place import Place
from spip_desktop.services.caseload import short_head
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.ui import list_export as module
from spip_desktop.ui.caseload.page import CaseloadPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.table import Cell
from spip_desktop.ui.table_paint import cell_height, inner_rect
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import make_services
from tests.ui.checks import (
    SIZES,
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    at_text_size,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.typing import click, press, type_text


@pytest.fixture
def page(context: Context, loic: UUID, show: Show) -> Iterator[CaseloadPage]:
    bugs: list[str] = []
    services = make_services(context)
    other = services.persons.quick_start(
        QuickStart(birth_name="Abadie", first_names="Zoé", birth_date=DAY_J.date().replace(1990), ecrou_number="777")
    )
    for id_ in (loic, other):
        services.persons.assign(id_, context.officer_id, reason="nouveau")
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda text: []))
    show(window)
    made = CaseloadPage(services, Guard(bugs.append, window))
    window.show_page(made, Place("caseload"))
    made.open(Place("caseload"))
    settle()
    yield made
    assert bugs == []


def find(page: CaseloadPage, name: str) -> QWidget:
    settle()
    found = [one for one in page.findChildren(QWidget, name) if one.isVisibleTo(page)]
    assert found, f"nothing shown under {name}"
    return found[-1]


def names(page: CaseloadPage) -> list[str]:
    return [row.cells[0].text for row in page.table.records.rows]


def heads(page: CaseloadPage) -> list[str]:
    return [column.label for column in page.table.records.columns]


def test_a_head_sorts_and_again_the_other_way_round(page: CaseloadPage) -> None:
    assert names(page) == ["Zoé ABADIE", "Loïc PERRIN"]
    number = heads(page).index("Fin de peine")
    page.table.horizontalHeader().sectionClicked.emit(number)
    assert names(page) == ["Loïc PERRIN", "Zoé ABADIE"], "what is not known comes last"
    page.table.horizontalHeader().sectionClicked.emit(0)
    page.table.horizontalHeader().sectionClicked.emit(0)
    assert names(page) == ["Loïc PERRIN", "Zoé ABADIE"]
    assert "décroissant" in page.sorted.text()


def test_columns_are_chosen_and_a_view_is_kept_and_found_again(page: CaseloadPage) -> None:
    click(find(page, "caseload.columns"))
    assert page.desk.panel is not None
    page.desk.panel.form.set_values({"columns": (Column.ECROU.value, Column.RELEASE.value)})
    click(find(page, "fact.write"))
    wanted = ["Nom", short_head(Column.ECROU), short_head(Column.RELEASE)]
    assert sorted(heads(page)) == sorted(wanted)
    click(find(page, "caseload.keep"))
    type_text(find(page, "view_name.editor"), "Sorties")
    press(find(page, "view_name.editor"), Qt.Key.Key_Return)
    settle()
    assert "Sorties" in [tab.label for tab in page.tabs.offered()]
    page.open(Place("caseload"))
    assert sorted(heads(page)) == sorted(wanted)
    click(find(page, "caseload.forget"))
    assert "Sorties" not in [tab.label for tab in page.tabs.offered()]
    page.undo()
    assert "Sorties" in [tab.label for tab in page.tabs.offered()]


def test_rows_are_sorted_without_a_mouse(page: CaseloadPage) -> None:
    press(find(page, "caseload.columns"), Qt.Key.Key_Return)
    assert page.desk.panel is not None
    assert find(page, "sort_by.editor").hasFocus()
    assert page.desk.panel.form.value("sort_by") == Column.NAME
    type_text(find(page, "sort_by.editor"), "Fin")
    press(find(page, "sort_by.editor"), Qt.Key.Key_Return)
    settle()
    assert names(page) == ["Loïc PERRIN", "Zoé ABADIE"]
    assert page.sorted.text().startswith("Trié par «\u00a0Fin de peine\u00a0», croissant.")
    assert page.table.hasFocus()


def test_a_column_just_asked_for_is_in_sight(page: CaseloadPage) -> None:
    click(find(page, "caseload.columns"))
    assert page.desk.panel is not None
    ticked = page.desk.panel.form.value("columns")
    assert isinstance(ticked, tuple)
    page.desk.panel.form.set_values({"columns": (*ticked, Column.PHONE.value)})
    click(find(page, "fact.write"))
    assert heads(page)[:2] == ["Nom", short_head(Column.PHONE)]


def test_a_view_of_one_s_own_is_changed_or_another_is_made_of_it(page: CaseloadPage) -> None:
    _keep(page, "Sorties")
    _keep(page, "Sorties de juin")
    assert _kept(page) == ["Sorties de juin"], "another name, the same view"
    _keep(page, "Réunion", another=True)
    assert _kept(page) == ["Réunion", "Sorties de juin"]


def test_a_view_does_not_come_back_under_the_name_of_another(page: CaseloadPage) -> None:
    _keep(page, "Sorties")
    click(find(page, "caseload.forget"))
    _keep(page, "Sorties")
    page.undo()
    assert _kept(page) == ["Sorties"]
    assert "Une vue porte déjà ce nom" in page.band.sentence.text()


def _keep(page: CaseloadPage, name: str, *, another: bool = False) -> None:
    click(find(page, "caseload.keep"))
    assert page.desk.panel is not None
    page.desk.panel.form.set_values({"view_name": name} | ({"view_way": "autre"} if another else {}))
    click(find(page, "fact.write"))
    settle()


def _kept(page: CaseloadPage) -> list[str]:
    return [tab.label for tab in page.tabs.offered()][len(Shown) :]


def test_what_is_shown_is_what_leaves_after_a_reason(
    page: CaseloadPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sortie"
    folder.mkdir()
    monkeypatch.setattr(module, "choose_new_file", lambda *_: folder / "tableau.xlsx")
    click(find(page, "caseload.export"))
    click(find(page, "fact.write"))
    assert list(folder.iterdir()) == [], "no reason, no file"
    type_text(find(page, "reason.editor"), "Réunion")
    click(find(page, "fact.write"))
    (written,) = folder.iterdir()
    found = CalamineWorkbook.from_path(str(written)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in found[1:]] == names(page)


def test_the_page_is_named_ringed_and_unclipped(page: CaseloadPage) -> None:
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    assert_no_clipped_text(page.window())
    assert_tab_ring(page.window())


@pytest.mark.parametrize("percent", SIZES)
def test_a_date_keeps_on_one_line_late_or_not(page: CaseloadPage, percent: int) -> None:
    """What is late is bold: « 20/09/202 » had its last figure below."""
    at_text_size(percent)
    column = heads(page).index("Fin de peine")
    width = inner_rect(page.table, QRect(0, 0, page.table.columnWidth(column), 0), column).width()
    one, two = (cell_height(Cell(words, tone="alerte"), width) for words in ("1", "20/09/2026"))
    assert two == one
    assert cell_height(Cell("20/09/2026 20/09/2026", tone="alerte"), width) > one, "the control"
