"""An existing list taken up: read, its columns told, tried without writing, added, taken back whole."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import event as events
from spip_desktop.db import person as persons
from spip_desktop.db import person_import as rows
from spip_desktop.db.situation import BASES, CUSTODIES, MEASURES, SHEETS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.measure import Milieu, PenalCategory
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person_sheet import GUESSES, NEEDED, Known, ListPreview, ListWords, NewDossier, read_people
from spip_desktop.domain.sheet_columns import SheetTable, check_columns, table_of
from spip_desktop.domain.text import fold
from spip_desktop.exchange import spreadsheet
from spip_desktop.services.context import Context
from spip_desktop.services.person import TAKEN, taken_on
from spip_desktop.wording.person import CATEGORIES
from spip_desktop.wording.person_import import COLUMNS

#: Dossiers added from which a verified backup is made first.
LARGE = 200
_SLICE = 10  # dossiers written under one lock, each with its records and their revisions
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """A list that was taken up: when, and how many of its dossiers are still there."""

    id: UUID
    at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many dossiers went back to the bin, and whose stay because someone has worked on them since."""

    gone: int
    kept: tuple[str, ...]


class PersonLists:
    """Each method is one act; a dossier that is there is never written over."""

    def __init__(self, context: Context, back_up: Callable[[], object]) -> None:
        """`back_up` makes a verified backup, before many dossiers are added or taken back."""
        self._context, self._back_up = context, back_up

    def read(self, path: Path) -> SheetTable:
        """The first sheet of an XLSX, ODS or CSV file; Refusals of `exchange.spreadsheet.read`."""
        self._require()
        return table_of(path.name, spreadsheet.read(path), GUESSES)

    def look(self, table: SheetTable, columns: Mapping[int, str]) -> ListPreview:
        """What the rows would add; Refusals `name_columns_needed`, `birth_needed`, `column_twice`."""
        self._require()
        check_columns(columns, COLUMNS, NEEDED)
        with self._context.store.reading() as tx:
            known, today = _known(tx), tx.clock.today()
        return read_people(table.rows, columns, _words(), known, today, self._context.ids.new)

    def carry_out(self, preview: ListPreview, progress: Progress, *, follow: bool = False) -> int:
        """Add the dossiers that were looked at; how many. Stopped, it keeps those added, and they can be taken back.

        `follow`: they are those of the officer, where there is no DPIP to assign them (`persons.may_follow`).
        """
        self._require()
        if follow:
            self._context.actor.require(Right.ASSIGN, TAKEN)
        total, list_id = len(preview.dossiers), self._context.ids.new()
        if total >= LARGE:
            self._back_up()
        for start in range(0, total, _SLICE):
            progress(start, total)
            with self._context.store.transaction(self._context.actor, "import_persons") as tx:
                for dossier in preview.dossiers[start : start + _SLICE]:
                    _add(tx, dossier, list_id, follow=follow)
                tx.note("person_import", list_id)
        progress(total, total)
        return total

    def taken_up(self) -> list[TakenUp]:
        """The lists that this officer took up and of which dossiers are still there, the newest first."""
        self._require()
        with self._context.store.reading() as tx:
            found = list(rows.brought(tx, self._context.officer_id))
        counts, at = Counter(list_id for list_id, _ in found), dict[UUID, datetime]()
        for list_id, event in found:
            at[list_id] = min(event.entered_at, at.get(list_id, event.entered_at))
        lists = [TakenUp(id=list_id, at=at[list_id], count=count) for list_id, count in counts.items()]
        return sorted(lists, key=lambda one: one.at, reverse=True)

    def take_back(self, list_id: UUID, progress: Progress) -> TakenBack:
        """Put every dossier of a list in the bin, save those on which someone has worked since."""
        self._require()
        with self._context.store.reading() as tx:
            every = [event for known, event in rows.brought(tx, self._context.officer_id) if known == list_id]
        if len(every) >= LARGE:
            self._back_up()
        gone, kept = 0, list[UUID]()
        for start in range(0, len(every), _SLICE):
            progress(start, len(every))
            with self._context.store.transaction(self._context.actor, "take_back_import") as tx:
                untouched = [one for one in every[start : start + _SLICE] if not rows.worked_on(tx, one)]
                for event in untouched:
                    rows.take_back(tx, event)
                tx.note("person_import", list_id)
            gone += len(untouched)
            kept += [one.object_id for one in every[start : start + _SLICE] if one not in untouched]
        progress(len(every), len(every))
        with self._context.store.reading() as tx:
            return TakenBack(gone, tuple(sorted(persons.PERSONS.get(tx, one).display_name for one in kept)))

    def _require(self) -> None:
        self._context.actor.require(Right.WRITE_PERSON)
        self._context.actor.require(Right.WRITE_SITUATION)


def _add(tx: Transaction, dossier: NewDossier, list_id: UUID, *, follow: bool) -> None:
    person, custody = dossier.person, dossier.custody
    persons.save(tx, person, [custody.ecrou_number] if custody else [])
    if custody:
        CUSTODIES.save(tx, custody)
    if dossier.sheet:
        SHEETS.save(tx, dossier.sheet)
    if dossier.basis:
        BASES.save(tx, dossier.basis)
    for measure in dossier.measures:
        MEASURES.save(tx, measure)
    if follow:
        persons.ASSIGNMENTS.save(tx, taken_on(tx, person.id))
    events.record(tx, rows.KIND, person.id, person.id, rows.TAKEN_UP, tx.clock.today(), detail={"list": str(list_id)})


def _known(tx: Transaction) -> Known:
    fields = ("id", "birth_name", "usual_name", "first_names", "birth_date", "appi_number")
    custodies = CUSTODIES.partly(
        tx, ("id", "person_id", "establishment", "ecrou_number"), CUSTODIES.table.c.ends.is_(None)
    )
    return Known(persons.PERSONS.partly(tx, fields), {one.ecrou_number for one in custodies if one.ecrou_number})


def _words() -> ListWords:
    measures = reference.load("measures")
    return ListWords(
        measures={fold(text): one.code for one in measures.entries for text in _said_as(one) if text},
        categories=_categories(),
        milieu_of={one.code: Milieu(one.texts("milieu")[0]) for one in measures.entries},
    )


def _said_as(measure: reference.Entry) -> tuple[str, ...]:
    return measure.code, measure.text("short"), measure.label


def _categories() -> dict[str, str]:
    """« Prévenu », « condamnée », « Condamné(e) », the code: each is that category."""
    return {fold(text): code.value for code in PenalCategory for text in (code.value, *CATEGORIES[code])}
