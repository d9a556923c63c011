"""A list that leaves as a spreadsheet, read again: days are days, words are words, nothing is run."""

import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.services.context import Context
from spip_desktop.services.list_export import FileKind, Listed, ListExport
from tests.services.test_journal import as_role

#: What a spreadsheet would run if it took it for a formula: it would show 4.
NAME = "=2+2"
LISTED = Listed(
    kind="persons",
    title="Personnes",
    heads=("Personne", "Écrou", "Sortie", "Suivi par"),
    rows=[(NAME, "012345", date(2027, 2, 22), "Claire Vasseur"), ("@SOMME(1)", "777", None, "À affecter")],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sortie"
    made.mkdir()
    return made


def read(path: Path) -> Sequence[Sequence[object]]:
    """The typed values of the first sheet."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def formulas(path: Path) -> list[str]:
    """Every formula that a spreadsheet would run, as the file writes it."""
    with zipfile.ZipFile(path) as parts:
        text = "".join(parts.read(one).decode() for one in parts.namelist() if one.endswith(".xml"))
    return re.findall(r"<f[ >].*?</f>|table:formula=", text)


@pytest.mark.parametrize("kind", list(FileKind))
def test_days_are_days_and_a_name_that_looks_like_a_formula_stays_a_name(
    context: Context, folder: Path, kind: FileKind
) -> None:
    written = ListExport(context).write(folder / "liste", kind, LISTED, "Réunion de service")
    found = read(written)
    assert found[0] == list(LISTED.heads)
    assert found[1] == [NAME, "012345", date(2027, 2, 22), "Claire Vasseur"]
    assert found[2] == ["@SOMME(1)", "777", "", "À affecter"]
    assert formulas(written) == []


def test_the_control_finds_a_formula_where_there_is_one(folder: Path) -> None:
    """The same words written as a formula are seen in both kinds of files."""
    import xlsxwriter
    from odfdo import Cell, Document, Row, Table

    with xlsxwriter.Workbook(folder / "formule.xlsx") as book:
        book.add_worksheet().write_formula(0, 0, NAME, value=4)
    made, table, line = Document("spreadsheet"), Table("Liste"), Row()
    line.append_cell(Cell(4, formula=f"of:{NAME}"))
    table.append_row(line)
    made.body.append(table)
    made.save(folder / "formule.ods")
    for kind in FileKind:
        assert formulas(folder / f"formule{kind}") != [], kind


def test_the_reason_is_asked_for_and_is_in_the_journal_before_the_file(context: Context, folder: Path) -> None:
    exports = ListExport(context)
    with pytest.raises(Refusal, match="reason_needed"):
        exports.write(folder / "liste", FileKind.ODS, LISTED, "  ")
    with pytest.raises(Refusal, match="file_not_written"):
        exports.write(folder / "absent" / "liste", FileKind.ODS, LISTED, "Réunion")
    assert list(folder.iterdir()) == []
    with context.store.reading() as tx:
        lines = journal.lines_about(tx.connection, context.officer_id)
    assert [(one.act, one.kind, one.reason) for one in lines if one.act == "export_list"] == [
        ("export_list", "persons", "Réunion")
    ]


def test_who_may_not_print_exports_nothing(context: Context, folder: Path) -> None:
    exports = ListExport(as_role(context, Role.LECTURE, "valbrune-30"))
    assert not exports.may()
    with pytest.raises(Refusal):
        exports.write(folder / "liste", FileKind.ODS, LISTED, "Réunion")
    assert list(folder.iterdir()) == []
