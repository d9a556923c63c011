"""The fields of a record as words, for the papers that show everything held on a person."""

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import codec
from spip_desktop.domain import dates, week_hours
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.money import euros
from spip_desktop.forms.fields import shipped as catalogue
from spip_desktop.services.conflict_words import field_name
from spip_desktop.wording import held as words
from spip_desktop.wording.record_fields import LISTS, NO, YES

#: What says nothing of the person: places of marks in a text, versions of forms, how a sheet was laid out; what a
#: sheet asks and shows is on the paper that was issued, which the papers name.
LEFT_OUT = frozenset(
    {"marks", "start", "rulers", "reviewed", "form_code", "form_version", "short_fields"}
    | {"sheet_code", "sheet_version", "rules_version", "fields_version", "letterhead", "sheet", "conditions", "asks"}
    | {"read_words", "ticked", "accepted", "masks", "insee_code", "answer_code", "with_return", "rule"}
)
#: The same of one kind of record.
LEFT_OUT_OF = frozenset(
    {("interview", "fields"), ("interview", "objectives"), ("todo_outcome", "line")}
    | {("explored_field", "step"), ("explored_field", "answers"), ("finding", "step")}
    | {("event", "kind"), ("event", "code"), ("carried", "block"), ("carried", "mark")}
)
_HOURS = frozenset({"begins", "finishes"})  # minutes since midnight
_DURATIONS = frozenset({"minutes", "pause", "job_minutes", "lasts"})  # minutes
#: Signs: longer texts of one field stand on lines of their own.
_SENTENCE = 30
_MONEY = frozenset({"cents", "monthly_cents", "total_cents"})


def fields_of(kind: str, record: Any) -> Iterator[tuple[str, str, str]]:
    """Every field that says something: its name, what it is called, its words. Records inside come after, in order."""
    hints = codec.hints(record.__class__)
    for name, hint in hints.items():
        if name in LEFT_OUT or (kind, name) in LEFT_OUT_OF or codec.without_none(hint) is UUID:
            continue
        yield from _said(kind, name, getattr(record, name), optional=hint is not codec.without_none(hint))


def _said(kind: str, name: str, value: Any, *, optional: bool) -> Iterator[tuple[str, str, str]]:
    label = called(kind, name)
    if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]) and name != "slots":
        for number, inside in enumerate(value, 1):
            for part, under, said in fields_of(f"{kind}.{name}", inside):
                yield f"{name}.{number}.{part}", _inside(name, number, under), said
    elif isinstance(value, Mapping):
        yield from (
            (f"{name}.{code}", _key(kind, name, code), said)
            for code, one in value.items()
            if (said := coded(kind, f"{name}.{code}", one))
        )
    elif said := coded(kind, name, value, optional=optional):
        yield name, label, said


def coded(kind: str, name: str, value: Any, *, optional: bool = False) -> str:
    """A value as a person reads it; nothing when it says nothing."""
    if value is None or value in ("", ()) or isinstance(value, UUID):
        return ""
    if isinstance(value, bool):
        return YES if value else NO if optional else ""
    if isinstance(value, datetime):
        local = value.astimezone(PARIS)
        return f"{dates.short(local.date())} à {dates.hour(value)}"
    if isinstance(value, date):
        return dates.short(value)
    if isinstance(value, int):
        return _number(name, value)
    if isinstance(value, tuple | list):
        if name == "slots":
            return week_hours.in_words(value)
        several = [said for one in value if (said := coded(kind, name, one))]
        return ("\n" if any(len(one) > _SENTENCE for one in several) else ", ").join(several)
    return _label(kind, name, value)


def _inside(name: str, number: int, under: str) -> str:
    """What a field of a record inside another is called: « Axe 1, intitulé », « Objectif 1.2, échéance »."""
    of, _, rest = under.partition(" ")
    if of in words.INSIDE.values():
        return f"{of} {number}.{rest}"
    return f"{words.INSIDE.get(name, called('', name))} {number}, {under[:1].lower()}{under[1:]}"


def _number(name: str, value: int) -> str:
    if name in _HOURS:
        return week_hours.hour(value)
    if name in _DURATIONS:
        return week_hours.duration(value) if value else ""
    if name in _MONEY:
        return euros(value)
    return str(value) if value or name == "children_count" else ""


def _label(kind: str, name: str, value: Any) -> str:
    """What a code means, by the list of its field; a text as it was typed."""
    table = words.LISTS.get((kind, name)) or LISTS.get(name)
    if table:
        return reference.load(table).label(str(value))
    if isinstance(value, StrEnum) or (kind, name) in words.CODES:
        return words.CODES.get((kind, name), {}).get(str(value), str(value))
    return _day(str(value))


def _day(text: str) -> str:
    """A day kept as text, as a day."""
    try:
        return dates.short(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text


def _key(kind: str, name: str, code: str) -> str:
    """What is said of one value of a field that holds several."""
    if kind == "prescription" and name == "values":
        field = catalogue().by_code.get(code)
        return field.label if field else called(kind, name)
    return words.DETAILS.get(code) or called(kind, name)


def called(kind: str, name: str) -> str:
    return words.NAMES.get((kind, name)) or field_name(kind.rpartition(".")[2], name)
