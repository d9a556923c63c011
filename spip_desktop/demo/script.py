"""Reads resources/demo into dated steps, in the order in which they happen."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from spip_desktop.demo.clock import paris
from spip_desktop.demo.days import Days, ScriptError
from spip_desktop.paths import resource

_BETWEEN = timedelta(minutes=4)
_FIRST_HOUR, _DAY_OF_WORK = 8 * 60 + 40, 9 * 60
#: The days of a dossier of the caseload that its course counts from.
_OWN = {"S": "start", "R": "release", "W": "evaluated"}


@dataclass(frozen=True, slots=True)
class Step:
    """One act: when, in whose dossier (empty for the service's own), by whom, what, with which values."""

    at: datetime
    who: str
    by: str
    act: str
    values: Mapping[str, Any]


def service(today: date) -> dict[str, Any]:
    """The service, its officers and the day when the store was made."""
    return dict(_filled(_read(resource("demo", "service.toml")), Days(today, {})))


def steps(today: date, end: datetime) -> list[Step]:
    """Every step up to `end`, in order; what a script writes later than day J has not happened yet."""
    found = [step for one in _scripts() for step in _of_one(one, today, end)]
    return sorted(found, key=lambda step: step.at)


#: The steps that close every course, wherever it stopped.
_ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class _Script:
    """One dossier's part: its name, its own days, its steps, and its place in the day."""

    name: str
    own: Mapping[str, str]
    steps: list[dict[str, Any]]
    rank: int


def _scripts() -> Iterator[_Script]:
    yield _Script("", {}, _read(resource("demo", "partners.toml"))["steps"], 0)
    told = sorted(resource("demo", "persons").glob("*.toml"))
    for rank, path in enumerate(told, 1):
        one = _read(path)
        yield _Script(one["name"], {}, one["steps"], rank)
    yield _Script("", {}, _read(resource("demo", "requests.toml"))["steps"], len(told) + 1)
    yield _Script("", {}, _read(resource("demo", "transfers.toml"))["steps"], len(told) + 2)
    yield _Script("", {}, _read(resource("demo", "appointments.toml"))["steps"], len(told) + 2)
    yield _Script("", {}, _read(resource("demo", "carrying.toml"))["steps"], len(told) + 2)
    courses = _read(resource("demo", "courses.toml"))
    rank = len(told)
    for path in sorted(resource("demo", "caseload").glob("*.toml")):
        for row in _read(path)["persons"]:
            rank += 1
            own = {letter: row[key][1:] for letter, key in _OWN.items() if key in row}
            yield _Script(row["name"], own, list(_course(courses, row)), rank)
    for row in _read(resource("demo", "sheets.toml"))["sheets"]:
        rank += 1
        yield _Script(row["name"], {"S": row["start"][1:]}, list(_sheet(courses, row)), rank)


def _sheet(courses: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The life of one sheet to a partner, in a dossier that has its own course."""
    for one in courses["sheet"]:
        if all(key in row for key in one.get("needs", [])):
            yield {key: value for key, value in _put_in(one, row).items() if key != "needs"}


def _course(courses: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of a course, then those of everybody, with the words of one person.

    A step that needs what the row lacks, or spares what it has, is passed over.
    """
    every = courses[row["course"]]
    last = max((at for at, one in enumerate(every) if one.get("stage") == row.get("until")), default=len(every))
    for one in [*every[: last + 1], *courses.get(_ALWAYS, [])]:
        wanted, spared = one.get("needs", []), one.get("unless", [])
        if all(key in row for key in wanted) and not any(key in row for key in spared):
            yield {key: value for key, value in _put_in(one, row).items() if key not in ("needs", "unless", "stage")}


def _put_in(value: Any, row: Mapping[str, Any]) -> Any:
    """The value with « $said » replaced by what the row holds; keys and list items that it lacks are left out."""
    if isinstance(value, dict):
        return {key: _put_in(one, row) for key, one in value.items() if not _lacks(one, row)}
    if isinstance(value, list):
        return [_put_in(one, row) for one in value if not _lacks(one, row)]
    return row[value[1:]] if isinstance(value, str) and value.startswith("$") else value


def _lacks(value: Any, row: Mapping[str, Any]) -> bool:
    return isinstance(value, str) and value.startswith("$") and value[1:] not in row


def _of_one(script: _Script, today: date, end: datetime) -> Iterator[Step]:
    """The steps of one dossier, each after the one before; those that lie ahead have not happened."""
    days = Days(today, {letter: Days(today, {}).day(written) for letter, written in script.own.items()})
    before: datetime | None = None
    for one in script.steps:
        values = {key: value for key, value in one.items() if key not in ("on", "at", "by", "do")}
        day = days.day(one["on"].removeprefix("@").removesuffix("!") + "!")
        if day > today:
            continue
        at = _instant(day, one.get("at"), before, script.rank)
        before = min(at, end)
        yield Step(before, script.name, one.get("by", ""), one["do"], _filled(values, days))


def _instant(day: date, hour: str | None, before: datetime | None, rank: int) -> datetime:
    """The hour written, else some minutes after the step before, else an hour of this dossier's own."""
    if hour:
        wanted = paris(day, time.fromisoformat(hour))
    elif before and before.date() == day:
        wanted = before + _BETWEEN
    else:
        minutes = _FIRST_HOUR + rank * 37 % _DAY_OF_WORK
        wanted = paris(day, time(minutes // 60, minutes % 60))
    return max(wanted, before + timedelta(minutes=1)) if before else wanted


def _filled(values: dict[str, Any], days: Days) -> dict[str, Any]:
    found = days.filled(values)
    assert isinstance(found, dict)
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ScriptError(f"{path.name}: {error}") from None
