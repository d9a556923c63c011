"""The dated lists of resources/reference: what may be chosen on a day, and what an old code meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType

from spip_desktop.domain.deadline_calendar import Holiday, WorkingDays
from spip_desktop.domain.definition import Definition, DefinitionError, Table, read
from spip_desktop.domain.text import NBSP
from spip_desktop.paths import resource

Value = str | int | bool | tuple[str, ...]
#: The territory whose holidays are everywhere's.
MAINLAND = "metropole"
_COLUMN_TYPES = ("text", "texts", "number", "flag")
#: Read by forms.fields, which needs more than a list.
_ELSEWHERE = frozenset({"fields"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One code of a list. `valid_from` and `valid_until` are both included; None is without limit."""

    code: str
    label: str
    help: str = ""
    legal: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    data: Mapping[str, Value] = field(default_factory=dict)

    def valid_on(self, day: date) -> bool:
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_until is None or day <= self.valid_until)

    def text(self, column: str) -> str:
        """A text column, empty when the entry does not fill it."""
        return str(self.data.get(column, ""))

    def texts(self, column: str) -> tuple[str, ...]:
        found = self.data.get(column, ())
        return found if isinstance(found, tuple) else ()

    def flag(self, column: str) -> bool:
        return bool(self.data.get(column, False))

    def number(self, column: str) -> int | None:
        found = self.data.get(column)
        return found if isinstance(found, int) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One list, retired codes included, in the order in which it is offered."""

    definition: Definition
    title: str
    legal: str
    checked: date
    entries: tuple[Entry, ...]

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def version(self) -> int:
        return self.definition.version

    def get(self, code: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.code == code), None)

    def label(self, code: str) -> str:
        """What a code means, retired or not; the code itself when no version of the list knew it."""
        entry = self.get(code)
        return entry.label if entry else code

    def on(self, day: date) -> tuple[Entry, ...]:
        """What may be chosen on a day."""
        return tuple(entry for entry in self.entries if entry.valid_on(day))

    def options(self, day: date, keep: str = "") -> tuple[tuple[str, str], ...]:
        """Codes and labels for a list on screen; `keep` is the code already recorded, offered although retired."""
        return tuple((one.code, one.label) for one in self.entries if one.valid_on(day) or (one.code == keep))


def kinds() -> tuple[str, ...]:
    """Every list shipped, by code."""
    return tuple(sorted(path.stem for path in resource("reference").glob("*.toml") if path.stem not in _ELSEWHERE))


@cache
def load(kind: str) -> Catalogue:
    """A shipped list; DefinitionError (file, line, reason) when it cannot be used."""
    path = resource("reference", f"{kind}.toml")
    return parse(path.read_bytes(), path.name)


def definitions() -> Iterator[Definition]:
    """Every shipped list as a definition to copy into the store."""
    return (load(kind).definition for kind in kinds())


def parse(content: bytes, name: str) -> Catalogue:
    """A list from its bytes: a shipped file or the copy that a store keeps."""
    top = read(content, name)
    code, version = top.code(), top.number("version")
    if name.removesuffix(".toml") != code:
        top.refuse("code", f"le fichier ne porte pas le nom de son code «{NBSP}{code}{NBSP}»")
    columns = _columns(top)
    catalogue = Catalogue(
        definition=Definition("reference", code, version, content),
        title=top.text("title"),
        legal=top.text("legal", ""),
        checked=top.required_day("checked"),
        entries=_entries(top, columns),
    )
    top.close()
    return catalogue


def _columns(top: Table) -> dict[str, str]:
    table = top.table("columns")
    if table is None:
        return {}
    columns = {key: table.one_of(key, _COLUMN_TYPES) for key in table.names()}
    table.close()
    return columns


def _entries(top: Table, columns: dict[str, str]) -> tuple[Entry, ...]:
    tables = top.tables("entries")
    if not tables:
        top.refuse("entries", "la liste est vide")
    seen: set[str] = set()
    entries = []
    for table in tables:
        entry = _entry(table, columns)
        if entry.code in seen:
            table.refuse("code", f"code en double «{NBSP}{entry.code}{NBSP}»")
        seen.add(entry.code)
        entries.append(entry)
    return tuple(entries)


def _entry(table: Table, columns: dict[str, str]) -> Entry:
    entry = Entry(
        code=table.code(),
        label=table.text("label"),
        help=table.text("help", ""),
        legal=table.text("legal", ""),
        valid_from=table.day("from"),
        valid_until=table.day("until"),
        data=MappingProxyType({key: _value(table, key, columns[key]) for key in columns if table.has(key)}),
    )
    if entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from:
        table.refuse("until", "la fin vient avant le début")
    table.close()
    return entry


def _value(table: Table, key: str, kind: str) -> Value:
    if kind == "texts":
        return table.texts(key)
    if kind == "flag":
        return table.flag(key)
    return table.number(key) if kind == "number" else table.text(key)


# -- the calendar --------------------------------------------------------------------------------------------


@cache
def working_days(territory: str = MAINLAND) -> WorkingDays:
    """The days worked in a territory (list `territories`); the mainland's for a code that no list knows."""
    return WorkingDays(tuple(holiday for _, holiday in _holidays(territory)))


def own_holidays(territory: str, today: date) -> list[tuple[date, Entry]]:
    """The holidays that a territory has beside those of everywhere: each with its next day, the nearest first."""
    found = []
    for entry, holiday in _holidays(territory):
        ahead = (holiday.in_year(year) for year in (today.year, today.year + 1))
        day = next((one for one in ahead if one is not None and one >= today), None)
        if entry.texts("territories") and day is not None:
            found.append((day, entry))
    return sorted(found, key=lambda one: one[0])


def _holidays(territory: str) -> Iterator[tuple[Entry, Holiday]]:
    for entry in load("holidays").entries:
        places = entry.texts("territories")
        if places and territory not in places:
            continue
        yield (
            entry,
            Holiday(
                month=entry.number("month") or 0,
                day=entry.number("day") or 0,
                after_easter=entry.number("after_easter"),
                since=entry.valid_from,
                until=entry.valid_until,
            ),
        )


__all__ = [
    "Catalogue",
    "DefinitionError",
    "Entry",
    "definitions",
    "kinds",
    "load",
    "own_holidays",
    "parse",
    "working_days",
]
