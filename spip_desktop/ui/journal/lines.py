"""The lines of the journal and the consultations, as cells of a table."""

from collections.abc import Sequence

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.journal import Consultations, JournalLine
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wording import journal as words

_LINES = (Column("Quand", 104), Column("Agent", 120), Column("Acte, motif"), Column("Objet", 264))
_READERS = (
    Column("Agent"),
    Column("Consultations", 144),
    Column("De dossiers suivis par d’autres", 240),
    Column("Dont avec motif", 144),
)


class LinesTable(TableView):
    """One row a line; opening one that is about a dossier goes there."""

    def __init__(self) -> None:
        super().__init__(_LINES, name="journal.lines", label="Lignes du journal")

    def show_lines(self, lines: Sequence[JournalLine], *, with_words: bool) -> None:
        self.set_rows([RecordRow(line, _cells(line, with_words=with_words)) for line in lines])


class ReadersTable(TableView):
    """What each officer consulted."""

    def __init__(self) -> None:
        super().__init__(_READERS, name="journal.readers", label="Consultations par agent")

    def show_readers(self, found: Sequence[Consultations]) -> None:
        self.set_rows([RecordRow(one.officer, _counts(one)) for one in found])


def _cells(line: JournalLine, *, with_words: bool) -> tuple[Cell, ...]:
    at = line.at.astimezone(PARIS)
    number = line.told or (str(line.object) if line.object else "")
    return (
        Cell(dates.short(at.date()), f"{at:%H:%M:%S}"),
        Cell(line.officer, f"ligne {line.seq}"),
        Cell(words.act(line.act), _why(line, with_words=with_words)),
        Cell(words.kind(line.kind), number, link=line.dossier is not None),
    )


def _why(line: JournalLine, *, with_words: bool) -> str:
    """The reason and the recipient; words that an officer typed only where they are asked for."""
    typed = ""
    if line.has_words:
        shown = with_words and line.why.words
        typed = f"«{NBSP}{line.why.words}{NBSP}»" if shown else words.WRITTEN_WORDS
    return ", ".join(part for part in (line.why.label, typed, f"à {line.recipient}" if line.recipient else "") if part)


def _counts(one: Consultations) -> tuple[Cell, ...]:
    return (
        Cell(one.officer, bold=True),
        Cell(str(one.total)),
        Cell(str(one.elsewhere)),
        Cell(str(one.with_reason)),
    )
