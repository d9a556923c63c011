"""An appointment, and what stands in its way (domain.md §2, V16, V18, V19). What happens to it is dated events.

Minutes are counted from midnight, in Paris: 870 is 14 h 30.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.deadline_calendar import WorkingDays
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.text import NBSP

#: The kind of its events, of its papers and of its lines in the journal.
KIND = "appointment"
#: Hours and minutes, as they are typed.
Hour = tuple[int, int]
#: A convocation is for a day within a year (V18).
FURTHEST = timedelta(days=365)
#: Visits to the home are between these hours (CPP D. 530-5).
VISITS_FROM, VISITS_UNTIL = 6 * 60, 21 * 60
_SUNDAY = 6
#: What is told once, and may be passed over.
WARNINGS = frozenset(
    {"appointment_clash_person", "appointment_clash_officer", "appointment_officer_away"}
    | {"appointment_sunday", "appointment_holiday", "appointment_other_prison"}
)
#: Past the last day that a text allows: a reason is asked for.
PAST_LEGAL = "appointment_past_legal"
_LONGEST = 8 * 60


class Where(StrEnum):
    """Codes of the list `appointment_places`."""

    OFFICE = "spip"
    VISITING_ROOM = "parloir"
    PRISON_OFFICE = "bureau"
    HOME = "domicile"
    WORKPLACE = "travail"
    PHONE = "telephone"
    VIDEO = "visio"
    ELSEWHERE = "autre"


#: Where one is met inside: no letter is sent there, a movement slip is.
INSIDE = frozenset({Where.VISITING_ROOM, Where.PRISON_OFFICE})
#: Where one goes to without moving.
REMOTE = frozenset({Where.PHONE, Where.VIDEO})


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One appointment of one person with one officer. `kind` is a code of the list `appointment_types`.

    `place_id`: a place of the service; `place_detail`: the room, or the address where it is nobody's place.
    `legal_until`: the last day a text allows, with `late_reason` where it is passed. `accepted`: codes of the warnings
    seen when it was made. `replaces_id`: the appointment moved to this one.
    """

    id: UUID
    person_id: UUID
    kind: str
    milieu: Milieu = Milieu.OPEN
    day: date
    begins: int
    lasts: int = 30
    where: Where = Where.OFFICE
    place_id: UUID | None = None
    place_detail: str = ""
    officer_id: UUID
    bring: str = ""
    legal_until: date | None = None
    late_reason: str = ""
    accepted: tuple[str, ...] = ()
    replaces_id: UUID | None = None
    made_on: date

    @property
    def ends(self) -> int:
        return self.begins + self.lasts

    def overlaps(self, other: "Appointment") -> bool:
        return self.day == other.day and self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentKind:
    """What the list says of a kind: how long, where, which paper, on which days, and the rules that bound its day.

    `outside`: after a release, fixed also while the person is detained. `together`: several come at the same hour.
    `by_dpip`: the DPIP receives the person. `said`: what its paper is called, in words of everyone.
    `rules` are codes of rules of the échéances, whose day is the last one allowed. `consequences`: what its paper has
    to say of an absence, from a text or not.
    """

    code: str
    label: str
    said: str = ""
    lasts: int
    where: Where
    milieux: frozenset[str] = frozenset()
    template: str = ""
    any_day: bool = False
    first: bool = False
    outside: bool = False
    together: bool = False
    by_dpip: bool = False
    rules: tuple[str, ...] = ()
    legal: str = ""
    bring: str = ""
    consequences: str = ""


def minutes(hour: Hour) -> int:
    """(14, 30) is 870."""
    return hour[0] * 60 + hour[1]


def hour_text(begins: int) -> str:
    """870 is « 14 h 30 »."""
    return f"{begins // 60}{NBSP}h{NBSP}{begins % 60:02d}"


def is_ahead(one: Appointment, today: date, now: int) -> bool:
    """Whether it has not begun yet; `now` in minutes."""
    return (one.day, one.begins) > (today, now)


# -- what stands in the way ----------------------------------------------------------------------------------


def appointment_problems(one: Appointment, today: date) -> list[Problem]:
    """What keeps an appointment from being made."""
    problems = [Problem("appointment_in_past", "day")] if one.day < today else []
    if one.day > today + FURTHEST:
        problems.append(Problem("appointment_too_far", "day"))
    if not 0 < one.lasts <= _LONGEST:
        problems.append(Problem("appointment_length", "lasts"))
    if one.where is Where.HOME and (one.begins < VISITS_FROM or one.ends > VISITS_UNTIL):
        problems.append(Problem("appointment_visit_hours", "hour"))
    if is_past_legal(one) and not one.late_reason.strip():
        assert one.legal_until is not None
        problems.append(Problem(PAST_LEGAL, "late_reason", {"day": dates.short(one.legal_until)}))
    return problems


def is_past_legal(one: Appointment) -> bool:
    return one.legal_until is not None and one.day > one.legal_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What else is known of that day: the other appointments, whether the officer is away, the calendar.

    `other_prison`: where the person is held, where the place is in another prison.
    """

    others: Iterable[Appointment] = ()
    officer_away: bool = False
    calendar: WorkingDays
    other_prison: str = ""


def appointment_warnings(one: Appointment, kind: AppointmentKind, around: Around) -> list[Problem]:
    """What deserves a look once and forbids nothing: two at a time, nobody there, a day when nobody works."""
    at_once = [other for other in around.others if other.id != one.id and other.overlaps(one)]
    own = [other for other in at_once if other.person_id == one.person_id]
    officers = [other for other in at_once if other not in own and other.officer_id == one.officer_id]
    elsewhere = [other for other in officers if not _same_session(one, other, kind)]
    problems = [_clash("appointment_clash_person", other) for other in own[:1]]
    problems += [_clash("appointment_clash_officer", other) for other in elsewhere[:1]]
    if around.other_prison:
        problems.append(Problem("appointment_other_prison", "place", {"prison": around.other_prison}))
    if around.officer_away:
        problems.append(Problem("appointment_officer_away", "day"))
    if not kind.any_day and one.day.weekday() == _SUNDAY:
        problems.append(Problem("appointment_sunday", "day"))
    elif not kind.any_day and around.calendar.is_holiday(one.day):
        problems.append(Problem("appointment_holiday", "day"))
    return problems


def _same_session(one: Appointment, other: Appointment, kind: AppointmentKind) -> bool:
    """Several are received together: an action, a stage."""
    return kind.together and other.kind == one.kind and other.begins == one.begins


def _clash(code: str, other: Appointment) -> Problem:
    return Problem(code, "hour", {"hour": hour_text(other.begins)})
