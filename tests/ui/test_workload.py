"""« Charge de travail » by keyboard: one's line, its formula, one more dossier, a ratio of the service."""

from datetime import date

import pytest

from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.workload.page import WorkloadPage
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import MovableClock
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.typing import type_text


@pytest.fixture
def services(context: Context) -> Services:
    made = make_services(context)
    day = date(2026, 11, 20)
    start = QuickStart(
        birth_name="Faure", first_names="Jean", birth_date=date(1990, 1, 1), referral_on=day, follow=True
    )
    made.persons.quick_start(start)
    return made


@pytest.fixture
def page(services: Services, show: Show) -> WorkloadPage:
    def fail(line: str) -> None:
        raise AssertionError(line)

    made = WorkloadPage(services, Guard(fail))
    show(made)
    made.open(Place("workload"))
    settle()
    return made


def test_ones_line_its_formula_and_one_more_dossier(page: WorkloadPage) -> None:
    (row,) = page.table.records.rows
    assert [cell.text for cell in row.cells] == ["Claire Vasseur", "1", "0", "0", "0", "0", "1", "0,02"]
    assert page.formula.text() == f"Claire Vasseur{NBSP}: 1/50 = 0,02"
    page.simulation.field("load_level").set_value("intensif")
    page._simulate()
    assert "2 personnes, charge 0,07 (aujourd’hui 1, charge 0,02)" in page.said.text().replace(NBSP, " ")
    for check in (assert_no_clipped_text, assert_every_control_is_named, assert_one_filled_button):
        check(page)


def test_a_ratio_is_written_when_its_field_is_left(page: WorkloadPage, services: Services) -> None:
    field = page.ratios.field("ratio.sans_niveau")
    field.editor.setFocus()
    field.editor.selectAll()  # type: ignore[attr-defined]
    type_text(field.editor, "40")
    assert services.workload.seen().ratios["sans_niveau"] == 50, "not while one types"
    page.table.setFocus()
    settle()
    assert services.workload.seen().ratios["sans_niveau"] == 40
    assert "sans niveau depuis le 22/11/2026" in page.since.text()
    assert page.formula.text().endswith("1/40 = 0,03")


def test_a_ratio_may_be_dated_and_what_is_to_come_is_told_and_changed(
    page: WorkloadPage, services: Services, moving: MovableClock
) -> None:
    _date(page, "1/1/2027")
    _ratio(page, "40")
    assert services.workload.seen().ratios["sans_niveau"] == 50
    assert page.since.text().endswith(f"À venir{NBSP}: sans niveau, 40 à partir du 01/01/2027.")
    page.ratios.field("ratio.sans_niveau").editor.setFocus()
    page.table.setFocus()
    settle()
    assert [one.capacity for one in services.workload.seen().ahead] == [40], "looked at, not typed"
    moving.move(minutes=1)
    _ratio(page, "50")
    assert [one.capacity for one in services.workload.seen().ahead] == [50], "the same as today, from that day too"


def test_a_ratio_typed_under_a_day_that_cannot_be_read_is_written_once_it_can(
    page: WorkloadPage, services: Services
) -> None:
    _date(page, "quand on pourra")
    _ratio(page, "40")
    assert [one.capacity for one in services.workload.seen().ahead] == []
    _date(page, "1/1/2027")
    page.table.setFocus()
    settle()
    assert [one.capacity for one in services.workload.seen().ahead] == [40]


def _date(page: WorkloadPage, text: str) -> None:
    editor = page.ratios.field("ratio_from").editor
    editor.setFocus()
    editor.selectAll()  # type: ignore[attr-defined]
    type_text(editor, text)


def _ratio(page: WorkloadPage, text: str) -> None:
    editor = page.ratios.field("ratio.sans_niveau").editor
    editor.setFocus()
    editor.selectAll()  # type: ignore[attr-defined]
    type_text(editor, text)
    page.table.setFocus()
    settle()


def test_a_column_a_level_comes_once_the_page_has_its_width(services: Services, show: Show) -> None:
    made = WorkloadPage(services, Guard(lambda line: None))
    made.resize(600, 700)
    made.open(Place("workload"))
    show(made)  # as the program does: read first, in sight then
    settle()
    assert made.table.width() > 1000
    assert len(made.table.records.columns) == 8


def test_without_room_for_a_column_a_level_the_levels_stand_below_the_count(page: WorkloadPage) -> None:
    assert len(page.table.records.columns) == 8
    page.resize(600, 700)
    settle()
    assert [column.label for column in page.table.records.columns] == ["Agent", "Personnes, par niveau", "Charge"]
    (row,) = page.table.records.rows
    assert (row.cells[1].text, row.cells[1].second.splitlines()[-1]) == ("1", "1 sans niveau")
    page.resize(1280, 700)
    settle()
    assert len(page.table.records.columns) == 8
