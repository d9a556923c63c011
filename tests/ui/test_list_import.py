"""« Reprendre une liste » by key and mouse: looked at, added, taken back whole."""

from pathlib import Path

import pytest

from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.context import Context
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.persons.list_import_page import ListImportPage
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.partners.conftest import wait_for
from tests.ui.prescription.conftest import words
from tests.ui.typing import click
from tests.workbook_files import ods


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def page(services: Services, show: Show, tmp_path: Path) -> ListImportPage:
    def fail(line: str) -> None:
        raise AssertionError(line)

    made = ListImportPage(services, Guard(fail))
    show(made)
    made.open(Place("persons.import"))
    rows = [
        ["Nom", "Prénoms", "Né(e) le", "N° écrou", "Mesure"],
        ["N’Diaye", "Ibrahima", "03/04/1998", "44210", ""],
        ["Lœuillet", "Anaïs", "01/02/1990", "", "SP"],
        ["Faure", "Jean", "hier", "44211", ""],
    ]
    path = ods(tmp_path / "liste.ods", rows)
    made.ask_file = lambda: path
    settle()
    return made


def test_a_list_is_looked_at_added_and_taken_back(page: ListImportPage, services: Services) -> None:
    assert page.past.isHidden()
    click(page.choose)
    click(page.look)
    assert page.said.text().startswith(f"Dossiers{NBSP}: 2, écrous{NBSP}: 1,")
    assert [[cell.text for cell in row.cells] for row in page.rejected.records.rows] == [
        ["4", "Faure Jean", f"Date de naissance{NBSP}: ce n’est pas une date"]
    ]
    for check in (assert_no_clipped_text, assert_every_control_is_named, assert_one_filled_button):
        check(page)
    page.mine.setChecked(True)
    click(page.carry_out)
    wait_for(page.work)
    assert "Dossiers créés : 2." in words(page)
    (hit,) = services.persons.search("44210")
    assert len(services.persons.assignments(hit.id)) == 1
    (undo,) = page.past.findChildren(LinkButton)
    click(undo)
    wait_for(page.work)
    assert "Dossiers mis à la corbeille : 2." in words(page)
    assert page.past.isHidden()
    assert not services.persons.search("44210")
