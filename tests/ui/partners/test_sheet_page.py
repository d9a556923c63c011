"""« Importer un tableur » by key and mouse."""

from pathlib import Path

import pytest

from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.partners.sheet_page import PartnerSheetPage
from spip_desktop.wiring import Services
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.partners.conftest import wait_for
from tests.ui.prescription.conftest import words
from tests.ui.typing import click
from tests.workbook_files import ods


@pytest.fixture
def page(services: Services, guard: Guard, show: Show) -> PartnerSheetPage:
    made = PartnerSheetPage(services, guard)
    show(made)
    made.open(Place("partners.sheet"))
    settle()
    return made


def choose(page: PartnerSheetPage, folder: Path) -> None:
    rows = [
        ["Association", "Type", "Ville"],
        ["Le Passage", "CSAPA", "Valbrune"],
        ["L’Étape", "Fusée", "Orsanne"],
    ]
    path = ods(folder / "partenaires.ods", rows)
    page.ask_file = lambda: path
    click(page.choose)
    settle()


def test_columns_are_told_rows_tried_then_added(page: PartnerSheetPage, services: Services, tmp_path: Path) -> None:
    assert not page.look.isEnabled()
    choose(page, tmp_path)
    click(page.look)
    assert "Dites quelle colonne donne le nom de la structure." in words(page)
    assert page.columns is not None
    page.columns.field("sheet_column_1").set_value("name")
    click(page.look)
    assert f"Structures{NBSP}: 1, services{NBSP}: 1, contacts{NBSP}: 0, lignes refusées{NBSP}: 1." in page.said.text()
    assert [[cell.text for cell in row.cells] for row in page.rejected.records.rows] == [
        ["3", "L’Étape", f"Type de partenaire{NBSP}: inconnu de la liste des types"]
    ]
    assert services.partners.summaries() == [], "trying keeps nothing"
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    click(page.carry_out)
    wait_for(page.work)
    assert "Structures ajoutées : 1." in words(page)
    assert [one.name for one in services.partners.summaries()] == ["Le Passage"]


def test_a_file_that_cannot_be_read_says_so(page: PartnerSheetPage, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04")
    page.ask_file = lambda: path
    click(page.choose)
    assert "« a.xlsx » ne se lit pas" in words(page)
    assert not page.mapping.isVisible()
