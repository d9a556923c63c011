"""« Modèles de fiche » by key and mouse: a file is looked at, used, taken back; a wrong one says its line."""

from pathlib import Path

import pytest

from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.sheets.page import SheetLibraryPage
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.prescription.conftest import child, words
from tests.ui.typing import click


@pytest.fixture
def page(context: Context, show: Show) -> SheetLibraryPage:
    def fail(line: str) -> None:
        raise AssertionError(line)

    made = SheetLibraryPage(make_services(context), Guard(fail))
    show(made)
    made.open(Place("sheets"))
    settle()
    return made


def model(services: Services, tmp_path: Path, before: str, after: str) -> Path:
    text = services.sheets.model("social").decode()
    assert before in text
    path = tmp_path / "social.toml"
    path.write_text(text.replace(before, after), "utf-8")
    return path


def test_a_file_is_looked_at_then_used_then_taken_back(
    page: SheetLibraryPage, context: Context, tmp_path: Path
) -> None:
    services = make_services(context)
    assert "Demande de rendez-vous" in child(page, "sheet.paper").accessibleDescription()  # the first line's model
    path = model(services, tmp_path, "accès aux droits", "droits et budget")
    page.ask_file = lambda: path
    click(child(page, "sheets.choose"))
    settle()
    said = words(page)
    for expected in ("droits et budget", "Pour : CCAS", "Remplace : Fiche de prescription – accès aux droits",
                     "Sans accord, par la loi : rien", "Avec l’accord, case par case"):  # fmt: skip
        assert expected in said
    assert "droits et budget" in child(page, "sheet.paper").accessibleDescription()
    assert not [one for one in services.sheets.lines() if one.own_id], "looking keeps nothing"
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    click(child(page, "sheets.use"))
    settle()
    (own,) = [one for one in services.sheets.lines() if one.own_id]
    assert own.title.endswith("droits et budget")
    rows = [row.cells[0].text for row in page.table.records.rows]
    page.table.setCurrentIndex(page.table.records.index(rows.index(own.title), 0))
    click(child(page, "sheets.withdraw"))
    assert "La fiche d’origine est de nouveau en usage." in words(page)
    assert not [one for one in services.sheets.lines() if one.own_id]


def test_a_wrong_file_says_its_line_and_changes_nothing(
    page: SheetLibraryPage, context: Context, tmp_path: Path
) -> None:
    services = make_services(context)
    path = model(services, tmp_path, 'field = "nom"', 'field = "infraction"')
    line = next(at for at, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "infraction" in text)
    page.ask_file = lambda: path
    click(child(page, "sheets.choose"))
    assert f"social.toml : Ligne {line} : la rubrique « Infraction » ne se transmet jamais (classe C)." in words(page)
    assert not page.panel.isVisible()
    assert not [one for one in services.sheets.lines() if one.own_id]


def test_a_model_is_saved_without_a_name_of_anyone(page: SheetLibraryPage, tmp_path: Path) -> None:
    path = tmp_path / "modele.toml"
    page.ask_new_file = lambda name: path
    click(child(page, "sheets.save"))
    assert b"version = 1000" in path.read_bytes()
    page.ask_new_file = lambda name: tmp_path / "absent" / "modele.toml"
    click(child(page, "sheets.save"))
    assert "Choisissez un autre dossier" in words(page)


def test_an_unreadable_or_endless_file_is_told(page: SheetLibraryPage, tmp_path: Path) -> None:
    page.look_at(tmp_path / "absent.toml")
    assert "ne peut pas être lu" in words(page)
    long = tmp_path / "long.toml"
    long.write_bytes(b"# " * 200_000)
    page.look_at(long)
    assert "trop long" in words(page)
