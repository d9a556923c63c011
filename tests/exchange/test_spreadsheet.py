"""Spreadsheets of the outside world: read as a person reads them, refused when broken or hostile."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.exchange import spreadsheet
from tests.workbook_files import Cell, ods, xlsx

ROWS: list[list[Cell]] = [["Nom", "Code postal"], ["Œuvre de l’Étape", 31999.0], ["N’Guyen & fils <SARL>", 31998.0]]
READ = [["Nom", "Code postal"], ["Œuvre de l’Étape", "31999"], ["N’Guyen & fils <SARL>", "31998"]]
Write = Callable[[Path, Sequence[Sequence[Cell]]], Path]


@pytest.mark.parametrize(("write", "name"), [(xlsx, "a.xlsx"), (ods, "a.ods")])
def test_a_workbook_is_read_as_texts(tmp_path: Path, write: Write, name: str) -> None:
    assert spreadsheet.read(write(tmp_path / name, ROWS)) == READ


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_of_any_separator_and_code_page_is_read(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    lines = [separator.join(str(int(one) if isinstance(one, float) else one) for one in row) for row in ROWS]
    path.write_bytes("\r\n".join([*lines, "", separator]).encode(encoding))
    assert spreadsheet.read(path) == READ


def test_what_it_is_counts_not_its_name(tmp_path: Path) -> None:
    assert spreadsheet.read(xlsx(tmp_path / "a.csv", ROWS)) == READ


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 500, b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"\0"]
)
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refusal, match="sheet_unreadable"):
        spreadsheet.read(path)


def test_a_file_that_is_not_there_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="sheet_unreadable"):
        spreadsheet.read(tmp_path / "none.csv")
    (tmp_path / "a.csv").write_bytes(b"\r\n;;\r\n")
    with pytest.raises(Refusal, match="sheet_empty"):
        spreadsheet.read(tmp_path / "a.csv")


def test_a_file_that_swells_when_unpacked_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ROWS)
    assert spreadsheet.read(path) == READ  # the same file, before
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file, file.open("xl/media/a.bin", "w") as part:
        for _ in range(spreadsheet.MOST_UNPACKED // 1_000_000 + 1):
            part.write(b"\0" * 1_000_000)
    assert path.stat().st_size < spreadsheet.MOST_BYTES
    with pytest.raises(Refusal, match="sheet_unreadable"):
        spreadsheet.read(path)


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a\n" * (spreadsheet.MOST_ROWS + 1))
    with pytest.raises(Refusal, match="sheet_too_big"):
        spreadsheet.read(path)
