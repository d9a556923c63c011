"""« Au fil des versions » by key and mouse: reached from three pages, long histories turned over, folded, printed."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.movement import What
from spip_desktop.domain.place import Place, in_version
from spip_desktop.services.context import Context
from spip_desktop.settings import Settings
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.evaluation.page import EvaluationPage
from spip_desktop.ui.movement.page import KIND, MovementPage
from spip_desktop.ui.table import TableView
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services, make_services
from tests.documents import reading
from tests.services.test_movement import NEED, write
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    at_text_size,
    settle,
)
from tests.ui.conftest import Show
from tests.ui.paper import Paper
from tests.ui.typing import click, press

Open = Callable[[], MovementPage]


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def desk(services: Services, show: Show, qapp: QApplication) -> Iterator[Desk]:
    tasks = Tasks()
    made = Desk(services, tasks, Settings(), ())
    show(made.window)
    made.start()
    settle()
    yield made
    tasks.stop()


@pytest.fixture
def open_page(desk: Desk, loic: UUID) -> Open:
    def opened() -> MovementPage:
        desk.workplace.go(Place(KIND, loic))
        settle()
        return shown(desk)

    return opened


def shown(desk: Desk) -> MovementPage:
    return next(one for one in desk.window.findChildren(MovementPage) if one.isVisible())


def table(page: MovementPage, what: What) -> TableView:
    (found,) = (one for one in page.grids[what].findChildren(TableView) if one.isVisible())
    return found


def heads(page: MovementPage, what: What) -> list[str]:
    return [one.label.replace("\u00a0", " ") for one in table(page, what).records.columns[1:]]


@pytest.mark.parametrize(
    ("kind", "link"),
    [
        ("person.synthese", "synthese.movement"),
        ("person.pacep", "side.movement"),
        ("person.evaluation", "versions.movement"),
    ],
)
def test_it_is_reached_from_the_three_pages_that_it_is_about(
    desk: Desk, context: Context, loic: UUID, kind: str, link: str
) -> None:
    write(context, loic, 2)
    desk.workplace.go(Place(kind, loic))
    settle()
    if kind == "person.evaluation":
        versions = [one for one in desk.window.findChildren(LinkButton) if one.text().startswith("Versions")]
        click(next(one for one in versions if one.isVisible()))
        settle()
    found = desk.window.findChild(QWidget, link)
    assert found is not None
    click(found)
    settle()
    assert heads(shown(desk), What.FIELD) == ["Version 1", "Version 2"]


def test_a_line_leads_to_where_it_stands_by_the_keyboard_alone(
    desk: Desk, open_page: Open, context: Context, loic: UUID
) -> None:
    write(context, loic, 2)
    page = open_page()
    went: list[Place] = []
    page.went.connect(went.append)
    fields = table(page, What.FIELD)
    assert QApplication.focusWidget() is fields
    press(fields, Qt.Key.Key_Down)
    press(fields, Qt.Key.Key_Return)
    assert went[-1] == Place("person.evaluation", loic, "attitudes")
    page = open_page()
    needs = table(page, What.NEED)
    press(needs, Qt.Key.Key_Return)
    assert went[-1] == Place("person.evaluation", loic, "formation_emploi")
    page = open_page()
    press(table(page, What.OBJECTIVE), Qt.Key.Key_Return)
    (objective,) = page.movement.objectives
    assert went[-1] == Place("person.pacep", loic, str(objective.id))


def test_a_need_that_later_versions_dropped_opens_the_last_one_that_holds_it(
    desk: Desk, open_page: Open, context: Context, loic: UUID
) -> None:
    write(context, loic, 8)
    page = open_page()
    (need,) = page.movement.needs
    assert need.last is not None
    assert need.last < 7, "the control: the newest version no longer holds it"
    held = page.movement.evaluations[need.last]
    press(table(page, What.NEED), Qt.Key.Key_Return)
    settle()
    (evaluation,) = (one for one in desk.window.findChildren(EvaluationPage) if one.isVisible())
    shown = evaluation.version()
    assert shown is not None
    assert (shown.evaluation.id, evaluation.step_shown() is not None) == (held.id, True)
    seat = desk.workplace.seat()
    assert seat.place == in_version(Place("person.evaluation", loic, "formation_emploi/note"), held.id)
    desk.workplace.go(Place(KIND, loic))
    desk.workplace.start(seat)
    settle()
    again = evaluation.version()
    assert again is not None
    assert again.evaluation.id == held.id, "a lock brings back to that version"
    desk.workplace.go(Place("persons"))
    desk.workplace.go(Place("person.evaluation", loic))
    settle()
    present = evaluation.version()
    assert present is not None
    assert present.evaluation.number == 8, "the control: without a version, the present one opens"


def test_ten_versions_are_turned_over_by_key(open_page: Open, context: Context, loic: UUID) -> None:
    write(context, loic, 10)
    page = open_page()
    newest = heads(page, What.FIELD)
    assert newest[-1] == "Version 10"
    assert 3 <= len(newest) < 10
    older = page.findChild(QWidget, "movement.fields.older")
    assert older is not None
    seen = set(newest)
    while older is not None and older.isEnabled():
        older.setFocus()
        press(older, Qt.Key.Key_Space)
        settle()
        seen |= set(heads(page, What.FIELD))
        older = page.findChild(QWidget, "movement.fields.older")
    assert len(seen) == 10, "no version is skipped"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "movement.fields.newer", "the way back has the focus"
    assert heads(page, What.NEED)[-1] == "Version 10", "each group is turned by itself"


def test_at_200_percent_it_is_a_list_that_says_the_same(open_page: Open, context: Context, loic: UUID) -> None:
    write(context, loic, 10)
    at_text_size(200)
    try:
        page = open_page()
        assert not [one for one in page.findChildren(TableView) if one.isVisible()]
        links = [one for one in page.findChildren(LinkButton) if one.isVisible()]
        assert NEED in [one.text() for one in links]
        assert_no_clipped_text(page)
    finally:
        at_text_size(100)


def test_shown_otherwise_in_a_narrow_window_it_still_begins_at_its_top(
    open_page: Open, context: Context, loic: UUID
) -> None:
    write(context, loic, 10)
    page = open_page()
    page.window().resize(900, 400)
    settle()
    grid = next(iter(page.grids.values()))
    focused = page.window().focusWidget()
    assert focused is not None
    assert grid.isAncestorOf(focused), "built again, the group that had the focus has it"
    assert page.body.verticalScrollBar().maximum() > 0, "the control: there is more below"
    assert page.body.verticalScrollBar().value() == 0


def test_it_is_printed_with_one_button_and_names_nobody_outside_the_page(
    open_page: Open, context: Context, loic: UUID, paper: Paper
) -> None:
    write(context, loic, 3)
    page = open_page()
    click(page.print_button)
    settle()
    click(page.printing.findChild(QWidget, "printing.go"))
    settle()
    (content,) = paper.sent
    (text,) = reading.pages(content)
    assert "Au fil des versions" in text


@pytest.mark.parametrize("versions", [0, 1, 10])
def test_it_passes_the_checks_of_every_screen(
    desk: Desk, open_page: Open, context: Context, loic: UUID, versions: int
) -> None:
    if versions:
        write(context, loic, versions)
    page = open_page()
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    assert_tab_ring(desk.window)
    assert_no_clipped_text(page)
