"""« Mon tableau »: the dossiers of an officer as rows of values, the columns one chooses, the views one keeps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from spip_desktop.domain.dates import add_months
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.text import fold

#: What a cell may hold: typed, so that a sort, a paper and a spreadsheet each do right by it.
Value = str | int | date | None
#: Months ahead for « Sortants » and « LSC à venir », days back for « Arrivants ».
LEAVING_MONTHS, LSC_MONTHS, ARRIVED_DAYS = 3, 3, 21
_NAME = 60


class Column(StrEnum):
    """What a column shows, in the order of the list of columns."""

    NAME = "nom"
    BIRTH = "naissance"
    AGE = "age"
    ECROU = "ecrou"
    ARRIVED = "ecrou_le"
    ESTABLISHMENT = "etablissement"
    CELL = "cellule"
    TITLE = "titre"
    MEASURES = "mesures"
    END = "fdp"
    HALF = "mi_peine"
    TWO_THIRDS = "deux_tiers"
    COMMISSION = "cap"
    LSC = "lsc"
    RELEASE = "sortie"
    LAST_MET = "dernier_entretien"
    NEXT_MET = "prochain_rendez_vous"
    REPORT = "rapport"
    NEXT_DUE = "prochaine_echeance"
    HOUSING = "hebergement"
    PHONE = "telephone"
    INCIDENT = "incident"
    HANDOVER = "dessaisissement"


class Show(StrEnum):
    """Which dossiers a view shows."""

    ALL = "tous"
    LEAVING = "sortants"
    NEVER_MET = "jamais_vus"
    LSC = "lsc"
    ARRIVED = "arrivants"


#: What the table opens with.
USUAL = (Column.NAME, Column.CELL, Column.END, Column.TWO_THIRDS, Column.COMMISSION,
         Column.LAST_MET, Column.NEXT_MET, Column.REPORT, Column.HOUSING)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view of one officer: its columns in order, what it shows, its sort. `name` is empty for ours."""

    id: UUID
    officer_id: UUID
    name: str
    columns: tuple[str, ...]
    show: Show = Show.ALL
    sort: str = Column.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One dossier: the value of every column; `family_first` is what a list by name goes by."""

    person_id: UUID
    values: Mapping[Column, Value]
    family_first: str = ""


def shown(rows: Iterable[Row], show: Show, today: date) -> list[Row]:
    """The rows that a view shows."""
    return [row for row in rows if _is_shown(row.values, show, today)]


def _is_shown(values: Mapping[Column, Value], show: Show, today: date) -> bool:
    if show is Show.LEAVING:
        return _within(values.get(Column.RELEASE), today, add_months(today, LEAVING_MONTHS))
    if show is Show.LSC:
        return _within(values.get(Column.LSC), today, add_months(today, LSC_MONTHS))
    if show is Show.NEVER_MET:
        return values.get(Column.LAST_MET) is None
    if show is Show.ARRIVED:
        arrived = values.get(Column.ARRIVED)
        return isinstance(arrived, date) and 0 <= (today - arrived).days <= ARRIVED_DAYS
    return True


def _within(day: Value, first: date, last: date) -> bool:
    return isinstance(day, date) and first <= day <= last


def in_order(rows: Iterable[Row], column: Column, *, descending: bool = False) -> list[Row]:
    """Sorted on a column, then by name; what has no value comes last either way."""
    by_name = sorted(rows, key=lambda row: row.family_first, reverse=descending and column is Column.NAME)
    if column is Column.NAME:
        return by_name
    known = [row for row in by_name if row.values.get(column) not in (None, "")]
    empty = [row for row in by_name if row.values.get(column) in (None, "")]
    known.sort(key=lambda row: _key(row.values[column]), reverse=descending)
    return [*known, *empty]


def is_late(column: Column, value: Value, today: date) -> bool:
    """A day by which something was to be done, and that is past."""
    return column in (Column.REPORT, Column.NEXT_DUE) and isinstance(value, date) and value < today


def _key(value: Value) -> tuple[int, str]:
    """Text as it is searched, a cell « B 2 09 » by its numbers; days and counts by their size."""
    if isinstance(value, date):
        return value.toordinal(), ""
    if isinstance(value, int):
        return value, ""
    return 0, _folded(value or "")


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    """The same words come back at each sort."""
    return fold(text)


def columns_of(view: View) -> tuple[Column, ...]:
    """The columns of a view that this program knows; the name is always there, first."""
    known = [Column(one) for one in view.columns if one in tuple(Column) and one != Column.NAME]
    return (Column.NAME, *known)


def view_problems(view: View, others: Sequence[View], ours: Iterable[str] = ()) -> list[Problem]:
    """A name of its own, which is none of `ours` either; at least one more column than the name."""
    taken = {fold(one.name) for one in others if one.id != view.id} | {fold(name) for name in ours}
    problems = [] if view.name.strip() else [Problem("required", "view_name")]
    if len(view.name) > _NAME:
        problems.append(Problem("too_long", "view_name", {"limit": _NAME}))
    if fold(view.name) in taken:
        problems.append(Problem("view_name_taken", "view_name"))
    return problems if len(columns_of(view)) > 1 else [*problems, Problem("view_no_column", "columns")]


def with_sort(view: View, column: Column) -> View:
    """Sorted on that column; the other way round when it already is."""
    return replace(view, sort=column, descending=view.sort == column and not view.descending)
