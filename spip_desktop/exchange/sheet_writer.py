"""Values to the bytes of a spreadsheet, XLSX or ODS: typed cells, French dates, no formula.

A text is written as a text whatever it begins with; one that a spreadsheet would run if it were typed again bears the
mark that keeps it a text (security.md, SR35). Nothing is written on disk here.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from spip_desktop.exchange.spreadsheet import FORMULA_SIGNS

if TYPE_CHECKING:
    from odfdo import Cell

#: What a cell may hold; None is an empty cell.
CellValue = str | int | float | date | None
_FRENCH_DATE = "dd/mm/yyyy"
#: Characters: the narrowest and the widest column.
_NARROW, _WIDE = 10, 48
#: The most that a spreadsheet keeps in a cell, in signs.
_LONGEST = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: the name of its sheet, its heads, its rows, each with a value a head."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[CellValue]]


def xlsx(sheet: Sheet) -> bytes:
    """An Excel workbook: heads frozen and filtered, columns as wide as what they hold."""
    import xlsxwriter

    out = io.BytesIO()
    never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(out, {"in_memory": True, **never}) as book:
        page = book.add_worksheet(_sheet_name(sheet.title))
        bold, dated = book.add_format({"bold": True}), book.add_format({"num_format": _FRENCH_DATE})
        harmless = book.add_format()
        harmless.set_quote_prefix()
        for column, head in enumerate(sheet.heads):
            page.write_string(0, column, head[:_LONGEST], bold)
        for number, values in enumerate(sheet.rows, 1):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    page.write_datetime(number, column, value, dated)
                elif isinstance(value, int | float):
                    page.write_number(number, column, value)
                elif value:
                    quoted = harmless if value.startswith(FORMULA_SIGNS) else None
                    page.write_string(number, column, value[:_LONGEST], quoted)
        for column, width in enumerate(_widths(sheet)):
            page.set_column(column, column, width)
        page.freeze_panes(1, 1)
        if sheet.heads:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)
    return out.getvalue()


def ods(sheet: Sheet) -> bytes:
    """An OpenDocument spreadsheet; each text is a text cell, which no spreadsheet runs."""
    from odfdo import Cell, Document, Row, Table

    book = Document("spreadsheet")
    book.body.clear()
    table = Table(_sheet_name(sheet.title))
    for values in ([*sheet.heads], *sheet.rows):
        line = Row()
        line.extend_cells([_ods_cell(Cell, value) for value in values])
        table.append_row(line)
    book.body.append(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods_cell(make: "type[Cell]", value: CellValue) -> "Cell":
    if value is None or value == "":
        return make()
    if isinstance(value, date):
        return make(value, text=f"{value.day:02d}/{value.month:02d}/{value.year:04d}", cell_type="date")
    if isinstance(value, int | float):
        return make(value, cell_type="float")
    return make(value[:_LONGEST], cell_type="string")


def _widths(sheet: Sheet) -> list[int]:
    """As wide as the longest of each column, within bounds."""
    columns = zip(*([sheet.heads] + [list(row) for row in sheet.rows]), strict=True)
    return [max(_NARROW, min(_WIDE, 2 + max(map(_length, column)))) for column in columns]


def _length(value: CellValue) -> int:
    return 10 if isinstance(value, date) else len(str(value)) if value is not None else 0


def _sheet_name(title: str) -> str:
    """Within what both formats let a sheet be called."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31].strip() or "Tableau"
