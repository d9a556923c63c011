"""A list of the screen as a spreadsheet: typed cells, no formula, where the officer chose; its line in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.services.context import Context
from spip_desktop.services.leaving import write_out

#: What a cell holds; None is an empty one.
Value = str | int | float | date | None


class FileKind(StrEnum):
    XLSX = ".xlsx"
    ODS = ".ods"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a page shows: its kind in the journal, its title, its heads and its rows, each with a value a head."""

    kind: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Value]]


class ListExport:
    """Whatever page it comes from, a list leaves the same way."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def may(self) -> bool:
        return self._context.actor.may(Right.PRINT)

    def write(self, path: Path, file: FileKind, listed: Listed, reason: str) -> Path:
        """Write the file; its line in the journal comes first. Returns where it is.

        Refusals: `reason_needed`, those of `write_out`.
        """
        self._context.actor.require(Right.PRINT)
        if not reason.strip():
            raise Refusal("reason_needed", "reason")
        from spip_desktop.exchange import sheet_writer  # its libraries: not before the first file

        write = {FileKind.XLSX: sheet_writer.xlsx, FileKind.ODS: sheet_writer.ods}[file]
        content = write(sheet_writer.Sheet(title=listed.title, heads=listed.heads, rows=listed.rows))
        with self._context.store.transaction(self._context.actor, "export_list") as tx:
            tx.note(listed.kind, self._context.officer_id, clean(reason).strip())
        return write_out(path, content, file)
