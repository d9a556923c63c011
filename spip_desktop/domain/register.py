"""A register: lines are added, never rewritten. What corrects or withdraws a line is a second line; both stay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from spip_desktop.domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """What every line has. `corrects` names the line that this one replaces; `withdrawn`: it only takes it away."""

    id: UUID
    person_id: UUID
    note: str = ""
    corrects: UUID | None = None
    withdrawn: bool = False


L = TypeVar("L", bound=RegisterLine)


def standing(lines: Iterable[L]) -> tuple[L, ...]:
    """The lines that hold today, in the order of entry: neither replaced nor withdrawn."""
    every = tuple(lines)
    replaced = {one.corrects for one in every}
    return tuple(one for one in every if one.id not in replaced and not one.withdrawn)


def stands(line: RegisterLine, lines: Iterable[RegisterLine]) -> bool:
    """Whether this line holds among its like."""
    return not line.withdrawn and all(one.corrects != line.id for one in lines)


def correction_problems(line: RegisterLine, others: Sequence[RegisterLine]) -> list[Problem]:
    """A line is corrected once: the next correction is that of the line that replaced it."""
    corrected = next((one for one in others if one.id == line.corrects), None)
    if line.corrects is None:
        return []
    if corrected is None or not stands(corrected, [one for one in others if one.id != line.id]):
        return [Problem("line_no_longer_stands")]
    return []


def not_ahead(day: date | None, field: str, today: date) -> list[Problem]:
    """What was seen, paid or done has its day, today at the latest."""
    if day is None:
        return [Problem("required", field)]
    return [Problem("date_in_future", field)] if day > today else []


def in_order(start: date | None, end: date | None, field: str) -> list[Problem]:
    """An end that comes before its start."""
    return [Problem("end_before_start", field)] if start and end and end < start else []
