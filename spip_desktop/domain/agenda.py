"""What the agenda knows besides appointments: places of the service, absences of officers, permanences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem

NOON = 12 * 60


class Half(StrEnum):
    """A half-day, or the whole day."""

    DAY = ""
    MORNING = "matin"
    AFTERNOON = "apres_midi"


def half_of(begins: int) -> Half:
    """The half-day in which a minute of the day falls."""
    return Half.MORNING if begins < NOON else Half.AFTERNOON


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlace:
    """Where the service receives: an antenne, a permanence elsewhere, a room in prison. `inside`: in prison."""

    id: UUID
    name: str
    address: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    access: str = ""
    inside: bool = False
    until: date | None = None

    @property
    def address_line(self) -> str:
        """« 4, rue des Tanneurs, 31999 Valbrune »; empty while one of the three is missing."""
        town = f"{self.postal_code} {self.city}".strip()
        return f"{self.address}, {town}" if self.address and self.city else ""

    def offered_on(self, day: date) -> bool:
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerAbsence:
    """An officer is away, from a day to a day included; `half` for half-days. No reason beyond its kind."""

    id: UUID
    officer_id: UUID
    kind: str = "conges"
    starts: date
    ends: date
    half: Half = Half.DAY

    def covers(self, day: date, begins: int, ends: int) -> bool:
        """Whether an appointment between these minutes falls in it."""
        if not self.starts <= day <= self.ends:
            return False
        if self.half is Half.DAY:
            return True
        return begins < NOON if self.half is Half.MORNING else ends > NOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Permanence:
    """A time when somebody receives without an appointment: one day, or each week from a day on."""

    id: UUID
    label: str
    place_id: UUID | None = None
    officer_id: UUID | None = None
    day: date
    begins: int
    ends: int
    weekly: bool = False
    until: date | None = None

    def falls_on(self, day: date) -> bool:
        if not self.weekly:
            return day == self.day
        due = day >= self.day and (day - self.day).days % 7 == 0
        return due and (self.until is None or day <= self.until)


def is_away(absences: Iterable[OfficerAbsence], officer_id: UUID, day: date, begins: int, ends: int) -> bool:
    return any(one.officer_id == officer_id and one.covers(day, begins, ends) for one in absences)


def place_problems(place: MeetingPlace) -> list[Problem]:
    problems = [] if place.name.strip() else [Problem("required", "name")]
    if place.postal_code and not (len(place.postal_code) == 5 and place.postal_code.isdecimal()):
        problems.append(Problem("postal_code_format", "postal_code"))
    return problems


def absence_problems(absence: OfficerAbsence) -> list[Problem]:
    return [Problem("end_before_start", "ends")] if absence.ends < absence.starts else []


def permanence_problems(one: Permanence) -> list[Problem]:
    problems = [] if one.label.strip() else [Problem("required", "label")]
    if one.ends <= one.begins:
        problems.append(Problem("permanence_hours", "ends"))
    if one.until and one.until < one.day:
        problems.append(Problem("end_before_start", "until"))
    return problems


def week_of(day: date) -> tuple[date, date]:
    """The Monday and the Sunday of its week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day, both included."""
    while first <= last:
        yield first
        first += timedelta(days=1)
