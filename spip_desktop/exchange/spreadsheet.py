"""Tables to and from spreadsheets: read within bounds (XLSX, ODS, CSV), written without a formula."""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from spip_desktop.domain.errors import Refusal

MOST_BYTES = 20_000_000
"""Of a file; a table of 10,000 partners has some 2 MB."""
MOST_UNPACKED = 200_000_000
"""Bytes that the parts of a workbook may grow to."""
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 100, 10_000
#: A text that begins so would be run by a spreadsheet.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_ZIPPED = b"PK\x03\x04"
Rows = list[list[str]]


def read(path: Path) -> Rows:
    """The first sheet as texts, empty rows left out; the first row is that of the heads.

    Refusals: `sheet_unreadable` (missing, broken, locked by a password), `sheet_too_big`, `sheet_empty`.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError:
        raise Refusal("sheet_unreadable", name=path.name) from None
    if content is None:
        raise Refusal("sheet_too_big", name=path.name)
    try:
        found = _workbook(content) if content.startswith(_ZIPPED) else _separated(content)
    except Refusal:
        raise
    except Exception as error:  # whatever a broken file makes the library raise, it is the file that is refused
        raise Refusal("sheet_unreadable", name=path.name) from error
    rows = [row for row in found if any(row)]
    if not rows:
        raise Refusal("sheet_empty", name=path.name)
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        raise Refusal("sheet_too_big", name=path.name)
    return rows


def _workbook(content: bytes) -> Rows:
    """XLSX and ODS; what they hold of formulas is their last result."""
    # Imported here: few ever import a spreadsheet.
    from python_calamine import CalamineWorkbook

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(one.file_size for one in parts.infolist()) > MOST_UNPACKED:
            raise ValueError("too much once unpacked")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise ValueError("too many rows or columns")
    return [[_text(cell) for cell in row] for row in sheet.to_python()]


def _text(cell: object) -> str:
    """A cell as a person reads it: 31999, not 31999.0; 2026-11-22 for a day."""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip()[:LONGEST_CELL]


def _separated(content: bytes) -> Rows:
    """CSV: semicolons, commas or tabs; UTF-8, or the Windows code page that French spreadsheets write."""
    text = _decoded(content)
    head = text.partition("\n")[0]
    separator = max(";,\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [[cell.strip()[:LONGEST_CELL] for cell in row] for row in rows]


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark (« Texte Unicode » of Excel), else the Windows one; ValueError when it is no text."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    if b"\0" in content:
        raise ValueError("not a text")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def french_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as French spreadsheets open them at a double click: semicolons, UTF-8 with its mark, CRLF.

    A text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
