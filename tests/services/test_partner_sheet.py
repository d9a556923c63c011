"""Partners from a spreadsheet: recognised columns, rows tried, reasons told, nothing written over."""

from pathlib import Path

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner import PartnerNature
from spip_desktop.domain.sheet_columns import SheetTable
from spip_desktop.services import partner_sheet
from spip_desktop.services.context import Context
from spip_desktop.services.partner import PartnerDirectory
from spip_desktop.services.partner_sheet import PartnerSheets
from tests.workbook_files import Cell, xlsx

HEADS: list[Cell] = ["Structure", "Type", "Ville", "CP", "Service", "Établissement", "Référent", "Mail du contact", "?"]


@pytest.fixture
def backups() -> list[str]:
    return []


@pytest.fixture
def sheets(context: Context, backups: list[str]) -> PartnerSheets:
    return PartnerSheets(context, lambda: backups.append("made"))


@pytest.fixture
def partners(context: Context) -> PartnerDirectory:
    return PartnerDirectory(context)


def table(sheets: PartnerSheets, folder: Path, *rows: list[Cell]) -> SheetTable:
    return sheets.read(xlsx(folder / "partenaires.xlsx", [HEADS, *rows]))


def silently(done: int, total: int) -> None:
    """Nobody looks."""


def test_columns_are_recognised_by_their_heads(sheets: PartnerSheets, tmp_path: Path) -> None:
    found = table(sheets, tmp_path, ["ML", "", "", "", "", "", "", "", ""])
    assert list(found.guessed.values()) == [
        *("name", "kind", "city", "postal_code", "service.name", "service.establishment", "contact.name"),
        "contact.email",
    ]


def test_rows_of_one_structure_are_its_services(
    sheets: PartnerSheets, partners: PartnerDirectory, tmp_path: Path
) -> None:
    found = table(
        sheets,
        tmp_path,
        ["CSAPA Le Passage", "CSAPA", "Valbrune", 31999.0, "Accueil", "MA de Valbrune", "Inès Roy", "i@c.example", "x"],
        ["Csapa le passage", "csapa", "valbrune", 31999.0, "Antenne", "", "", "", ""],
    )
    preview = sheets.look(found, found.guessed)
    assert (len(preview.partners), preview.services, preview.contacts, preview.rejected) == (1, 2, 1, [])
    assert partners.summaries() == [], "trying writes nothing"
    assert sheets.carry_out(preview, silently) == 1
    (line,) = partners.summaries()
    made = partners.get(line.id).value
    assert (made.nature, made.postal_code) == (PartnerNature.HEALTH, "31999")
    assert [(one.name, one.works_in_prison) for one in made.services] == [("Accueil", True), ("Antenne", False)]
    assert made.services[0].contacts[0].email == "i@c.example"


def test_each_row_that_is_refused_says_why(sheets: PartnerSheets, partners: PartnerDirectory, tmp_path: Path) -> None:
    partners.add("Déjà là")
    found = table(
        sheets,
        tmp_path,
        ["", "CMP", "", "", "", "", "", "", ""],
        ["Un", "Fusée", "", "", "", "", "", "", ""],
        ["Deux", "CMP", "", "319", "", "", "", "", ""],
        ["Trois", "CMP", "", "", "", "", "Inès", "pas un courriel", ""],
        ["déjà là", "CMP", "", "", "", "", "", "", ""],
        ["Quatre", "", "", "", "", "", "", "", ""],
    )
    preview = sheets.look(found, found.guessed)
    assert [(one.row, one.reason, one.field) for one in preview.rejected] == [
        (2, "required", "name"),
        (3, "unknown_kind", "kind"),
        (4, "postal_code_format", "postal_code"),
        (5, "email_format", "contact.email"),
        (6, "already_there", "name"),
    ]
    assert [one.name for one in preview.partners] == ["Quatre"]


def test_a_second_import_of_the_same_rows_adds_nothing(sheets: PartnerSheets, tmp_path: Path) -> None:
    found = table(sheets, tmp_path, ["ML", "", "Valbrune", "", "", "", "", "", ""])
    sheets.carry_out(sheets.look(found, found.guessed), silently)
    again = sheets.look(found, found.guessed)
    assert (again.partners, again.rejected[0].reason) == ([], "already_there")


def test_the_name_is_needed_and_each_thing_comes_from_one_column(sheets: PartnerSheets, tmp_path: Path) -> None:
    found = table(sheets, tmp_path, ["ML", "", "", "", "", "", "", "", ""])
    with pytest.raises(Refusal) as told:
        sheets.look(found, {1: "city", 2: "city"})
    assert [one.code for one in told.value.problems] == ["name_column_needed", "column_twice"]


def test_a_large_import_begins_with_a_backup(
    sheets: PartnerSheets, backups: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partner_sheet, "LARGE", 3)
    rows: list[list[Cell]] = [[f"ML {n}", "", "", "", "", "", "", "", ""] for n in range(3)]
    found = table(sheets, tmp_path, *rows)
    sheets.carry_out(sheets.look(found, found.guessed), silently)
    assert backups == ["made"]
