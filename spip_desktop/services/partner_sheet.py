"""Partners from a spreadsheet: read, its columns told, tried without writing anything, then added."""

from collections.abc import Callable, Mapping
from pathlib import Path

from spip_desktop import reference
from spip_desktop.db.partner import PARTNERS
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner_sheet import GUESSES, SheetPreview, SheetWords, key_of, read_rows
from spip_desktop.domain.sheet_columns import SheetTable, check_columns, table_of
from spip_desktop.domain.text import fold
from spip_desktop.exchange import spreadsheet
from spip_desktop.services.context import Context
from spip_desktop.wording.partner import SHEET_COLUMNS

LARGE = 500
"""Structures added from which a verified backup is made first."""
_SLICE = 20  # structures written under one lock, each with its revision
Progress = Callable[[int, int], object]


class PartnerSheets:
    """Each method is one act of the officer; structures that are there are never written over."""

    def __init__(self, context: Context, back_up: Callable[[], object]) -> None:
        """`back_up` makes a verified backup, before a large import."""
        self._context, self._back_up = context, back_up

    def read(self, path: Path) -> SheetTable:
        """The first sheet of an XLSX, ODS or CSV file; Refusals of `exchange.spreadsheet.read`."""
        self._context.actor.require(Right.WRITE_PARTNER)
        return table_of(path.name, spreadsheet.read(path), GUESSES)

    def look(self, table: SheetTable, columns: Mapping[int, str]) -> SheetPreview:
        """What the rows would add; Refusals `name_column_needed`, `column_twice`."""
        self._context.actor.require(Right.WRITE_PARTNER)
        check_columns(columns, SHEET_COLUMNS, {"name": "name_column_needed"})
        with self._context.store.reading() as tx:
            known = {key_of(one.name, one.city) for one in PARTNERS.partly(tx, ("id", "name", "city"))}
        return read_rows(table.rows, columns, _words(), known, self._context.ids.new)

    def carry_out(self, preview: SheetPreview, progress: Progress) -> int:
        """Add the structures that were looked at; how many. Stopped, it keeps those added."""
        self._context.actor.require(Right.WRITE_PARTNER)
        total = len(preview.partners)
        if total >= LARGE:
            self._back_up()
        for start in range(0, total, _SLICE):
            progress(start, total)
            with self._context.store.transaction(self._context.actor, "import_partners") as tx:
                for partner in preview.partners[start : start + _SLICE]:
                    PARTNERS.save(tx, partner)
                tx.note("partner")
        progress(total, total)
        return total


def _words() -> SheetWords:
    kinds, natures = reference.load("partner_kinds"), reference.load("partner_natures")
    return SheetWords(
        kinds={fold(text): one.code for one in kinds.entries for text in (one.code, one.label)},
        natures={fold(text): one.code for one in natures.entries for text in (one.code, one.label)},
        nature_of={one.code: one.text("nature") for one in kinds.entries},
    )
