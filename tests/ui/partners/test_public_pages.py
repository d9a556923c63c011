"""« Annuaire public » and its import, by key and mouse."""

import json
from pathlib import Path

import pytest

from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.partners.import_page import DirectoryImportPage
from spip_desktop.ui.partners.public_page import PublicDirectoryPage
from spip_desktop.wiring import Services
from tests.public_files import service, structure, write
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.partners.conftest import wait_for
from tests.ui.prescription.conftest import child, words
from tests.ui.typing import click, type_text


@pytest.fixture
def importing(services: Services, guard: Guard, show: Show) -> DirectoryImportPage:
    page = DirectoryImportPage(services, guard)
    show(page)
    page.open(Place("partners.import"))
    settle()
    return page


@pytest.fixture
def public(services: Services, guard: Guard, show: Show) -> PublicDirectoryPage:
    page = PublicDirectoryPage(services, guard)
    show(page)
    return page


def choose(page: DirectoryImportPage, *paths: Path) -> None:
    for path in paths:
        page.ask_file = lambda path=path: path  # type: ignore[misc]
        click(child(page, "import.choose"))


def files(folder: Path) -> tuple[Path, Path]:
    rows = [service(n) for n in range(1, 4)] + [service(4, nom="X"), service(5, type="fusee")]
    return write(folder, "services.json", rows), write(folder, "structures.json", [structure()])


def test_files_are_looked_at_then_imported(importing: DirectoryImportPage, services: Services, tmp_path: Path) -> None:
    assert not importing.look.isEnabled()
    assert not importing.carry_out.isEnabled()
    choose(importing, *files(tmp_path))
    type_text(importing.departments.editor, "31")
    click(importing.look)
    wait_for(importing.work)
    said = words(importing)
    assert "Choisis : services.json, structures.json" in said
    assert "gardées telles quelles : type : fusee (1)" in said
    rows = [[cell.text for cell in row.cells] for row in importing.counts.records.rows]
    assert rows == [["Services", "4", "0", "0", "0"], ["Structures", "1", "0", "0", "0"]]
    assert [[cell.text for cell in row.cells] for row in importing.rejected.records.rows] == [
        ["4", "dora--4", f"nom{NBSP}: nom de moins de 3 ou de plus de 150 signes"]
    ]
    assert services.public_directory.count() == 0, "looking keeps nothing"
    assert_no_clipped_text(importing)
    assert_every_control_is_named(importing)
    assert_one_filled_button(importing)
    click(importing.carry_out)
    wait_for(importing.work)
    assert "Import terminé. Nouveaux : 5, changés : 0, disparus : 0, lignes refusées : 1." in words(importing)
    assert services.public_directory.count() == 4


def test_a_department_that_is_none_and_a_wrong_file_say_so(
    importing: DirectoryImportPage, services: Services, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.json"
    wrong.write_text(json.dumps({"a": 1}), encoding="utf-8")
    choose(importing, wrong)
    type_text(importing.departments.editor, "Haute-Garonne")
    click(importing.look)
    assert "Un département s’écrit 31, 2A ou 974 : HAUTE-GARONNE." in words(importing)
    importing.departments.set_value("31")
    click(importing.look)
    wait_for(importing.work)
    assert "« notes.json » ne se lit pas" in words(importing)
    assert not importing.carry_out.isEnabled()


def test_another_choice_takes_the_preview_away(importing: DirectoryImportPage, tmp_path: Path) -> None:
    services_file, structures_file = files(tmp_path)
    choose(importing, services_file)
    click(importing.look)
    wait_for(importing.work)
    assert importing.found.isVisible()
    choose(importing, structures_file)
    assert not importing.found.isVisible()
    assert not importing.carry_out.isEnabled()


def test_a_service_is_found_and_becomes_a_partner(
    public: PublicDirectoryPage, services: Services, tmp_path: Path
) -> None:
    public.open(Place("partners.public"))
    assert "L’annuaire public est vide." in words(public)
    imports = services.public_directory.imports
    imports.carry_out(imports.look(files(tmp_path), ("31",), lambda *_: None), lambda *_: None)
    public.open(Place("partners.public"))
    type_text(public.filter.editor, "emploi 2")
    settle()
    (row,) = public.table.records.rows
    assert row.cells[0].second == "Structure 1 de Valbrune"
    assert "Publics : Jeunes" in words(public)
    assert_no_clipped_text(public)
    assert_every_control_is_named(public)
    assert_one_filled_button(public)
    went: list[Place] = []
    public.went.connect(went.append)
    click(public.take)
    (place,) = went
    assert place.kind == "partner"
    assert place.id is not None
    assert services.partners.get(place.id).value.services[0].source_id == "dora--2"


def test_looking_can_be_stopped_and_nothing_is_written(
    importing: DirectoryImportPage, services: Services, tmp_path: Path
) -> None:
    choose(importing, write(tmp_path, "services.json", [service(n) for n in range(3000)]))
    click(importing.look)
    assert importing.work.isVisible()
    assert importing.work.stop.hasFocus()
    click(importing.work.stop)
    wait_for(importing.work)
    assert "Arrêté." in words(importing)
    assert not importing.work.isVisible()
    assert not importing.found.isVisible()
    assert services.public_directory.last() is None
