"""A table as XLSX and ODS: read again by another library, typed, and nothing in it runs."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document
from python_calamine import CalamineWorkbook

from spip_desktop.exchange.sheet_writer import Sheet, ods, xlsx

DANGEROUS = ("=1+1", "+33 6 12", "-2", "@SUM(A1)", "\tx", "=cmd|'/c calc'!A0", "http://example.org")
WRITERS = (xlsx, ods)
Write = Callable[[Sheet], bytes]


def read(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


def a_sheet(*rows: tuple[object, ...]) -> Sheet:
    return Sheet(title="Mon tableau", heads=["Nom", "Le", "Âge"], rows=rows)  # type: ignore[arg-type]


@pytest.mark.parametrize("write", WRITERS)
def test_values_keep_their_type(write: Write) -> None:
    found = read(write(a_sheet(("Loïc PERRIN", date(2027, 6, 22), 22), ("Zoé N’DIAYE", None, None))))
    assert found[0] == ["Nom", "Le", "Âge"]
    assert found[1] == ["Loïc PERRIN", date(2027, 6, 22), 22]
    assert found[2][0] == "Zoé N’DIAYE"
    assert not any(found[2][1:])


@pytest.mark.parametrize("write", WRITERS)
def test_nothing_in_it_is_a_formula_nor_a_link(write: Write) -> None:
    content = write(a_sheet(*((text, None, 1) for text in DANGEROUS)))
    assert [row[0] for row in read(content)[1:]] == list(DANGEROUS), "the words are those shown"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        written = {name: parts.read(name) for name in parts.namelist()}
    for name, part in written.items():
        assert b"<f>" not in part, name
        assert b"table:formula" not in part, name
        assert b"<hyperlink" not in part, name
        assert b"xlink:href" not in part or not name.startswith("content"), name


def test_the_control_a_formula_would_be_found() -> None:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1")
    with zipfile.ZipFile(out) as parts:
        assert b"<f>" in parts.read("xl/worksheets/sheet1.xml")


def test_a_text_that_would_run_when_typed_again_bears_its_mark() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(a_sheet(("=1+1", None, 1))))) as parts:
        assert b'quotePrefix="1"' in parts.read("xl/styles.xml")
    with zipfile.ZipFile(io.BytesIO(xlsx(a_sheet(("1+1", None, 1))))) as parts:
        assert b'quotePrefix="1"' not in parts.read("xl/styles.xml"), "the control"


def test_ods_dates_are_read_as_dates() -> None:
    body = Document(io.BytesIO(ods(a_sheet(("A", date(2026, 11, 22), 1))))).body
    cell = body.get_tables()[0].get_cell((1, 1))
    assert cell.get_attribute("office:date-value") == "2026-11-22"


TEXTS = st.text("aé=+-@<&\"' ", min_size=1, max_size=8).filter(lambda text: text.strip() == text)


@given(st.lists(st.tuples(TEXTS, st.dates(date(1901, 1, 1)), st.integers(0, 10**9)), max_size=5))
def test_whatever_is_written_is_read_again(rows: list[tuple[str, date, int]]) -> None:
    for write in WRITERS:
        found = read(write(a_sheet(*rows)))[1:]
        assert [(str(text), day, number) for text, day, number in found] == rows


def test_nothing_is_written_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of a dossier never stand in a temporary file (design.md §2.2)."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for write in WRITERS:
        write(a_sheet(*(("Loïc", None, n) for n in range(200))))
    assert list(tmp_path.iterdir()) == []
