"""« Arrivants » with real keys and a real encrypted store: the list of a day without the mouse."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.ui.arrivals.page import ArrivalsPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import make_services
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.typing import press, type_text

TODAY = date(2026, 11, 22)
LIST = (
    ("Kacem", "Kévin", "060501", "20411"),
    ("Abadie", "Zoé", "14/3/99", "20412"),
    ("Ly", "Mamadou", "010280", "20413"),
)


@pytest.fixture
def page(context: Context, show: Show) -> Iterator[ArrivalsPage]:
    bugs: list[str] = []
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda text: []))
    show(window)
    made = ArrivalsPage(make_services(context), Guard(bugs.append, window))
    window.show_page(made, Place("arrivals"))
    made.open(Place("arrivals"))
    settle()
    yield made
    assert bugs == []


def keys(text: str) -> None:
    """Typed where the focus is; Tab and Enter included."""
    for sign in text:
        focused = QApplication.focusWidget()
        assert focused is not None
        if sign in "\t\n":
            press(focused, Qt.Key.Key_Tab if sign == "\t" else Qt.Key.Key_Return)
        else:
            type_text(focused, sign)
        settle()


def names(page: ArrivalsPage) -> list[str]:
    return [row.cells[1].text for row in page.table.records.rows]


def test_the_list_of_the_day_is_typed_row_after_row(page: ArrivalsPage) -> None:
    for row in LIST:
        keys("\t".join(row) + "\n")
    assert sorted(names(page)) == ["Kévin KACEM", "Mamadou LY", "Zoé ABADIE"]
    assert page.listed.title.text().startswith("3\u00a0arrivants")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "birth_name.editor"


def test_a_duplicate_is_shown_and_asked_about_before_anything_is_made(page: ArrivalsPage) -> None:
    keys("\t".join(LIST[0]) + "\n")
    keys("\t".join(LIST[0]) + "\n")
    assert names(page) == ["Kévin KACEM"]
    assert page.similar.isVisible()
    page.similar.form.set_values({"duplicate_reason": "homonyme"})
    keys("\n")
    assert names(page) == ["Kévin KACEM"] * 2


def test_a_row_is_taken_back(page: ArrivalsPage) -> None:
    for row in LIST[:2]:
        keys("\t".join(row) + "\n")
    page.undo()
    assert names(page) == ["Kévin KACEM"], "the last one"
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.records.index(0, 0))
    page.remove.click()
    settle()
    assert names(page) == []
    page.undo()
    assert names(page) == ["Kévin KACEM"]


def test_what_is_missing_is_said_beside_its_field(page: ArrivalsPage) -> None:
    keys("Kacem\t\t\t20411\n")
    assert names(page) == []
    assert page.form.field("first_names").problem
    assert page.form.field("birth_date").problem


def test_the_page_is_named_ringed_and_unclipped(page: ArrivalsPage) -> None:
    keys("\t".join(LIST[0]) + "\n")
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    assert_no_clipped_text(page.window())
    page.table.setFocus()
    assert_tab_ring(page.window())
