"""An interview: its note in four parts, its frame, what it was about. Once arrêté, words are added, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.event import Event, in_order

KIND = "interview"
#: The four parts of the note, in the order in which one writes them.
PARTS = ("since_last", "today", "decisions", "next_steps")
_NOTE, _LINE = 200_000, 300  # signs
_LONGEST = 600  # minutes
_WEEKS, _SATURDAY = 3, 5
#: Visits at home are made between these hours, the last one excluded (code de procédure pénale, art. D. 530-5).
HOME_FROM, HOME_UNTIL = "06:00", "21:00"
#: A draft begun that long before is said to be the one of then.
_RESUMED_AFTER = timedelta(hours=1)


class InterviewState(StrEnum):
    DRAFT = "brouillon"
    CLOSED = "arrete"


class EventCode(StrEnum):
    """What is added to an interview that is arrêté: words, with their day and their author."""

    ADDITION = "complement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """One interview, written by its author. Frozen once `closed_on` is set.

    `starts_at` is « 14:30 »; `duration` is in minutes. `kind`, `place` and `means` are codes of the lists
    `interview_kinds`, `interview_places` and `prevention_means`; `fields` are steps of the evaluation, `objectives`
    the lineages of those of the plan.
    """

    id: UUID
    person_id: UUID
    author_id: UUID
    held_on: date
    starts_at: str = ""
    duration: int | None = None
    kind: str = ""
    place: str = ""
    present: str = ""
    means: str = ""
    fields: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    since_last: str = ""
    today: str = ""
    decisions: str = ""
    next_steps: str = ""
    appointment_id: UUID | None = None
    closed_on: date | None = None

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def is_written(self) -> bool:
        """Whether one of the four parts says something: a page opened by mistake proves no interview."""
        return any(getattr(self, part) for part in PARTS)

    @property
    def state(self) -> InterviewState:
        return InterviewState.CLOSED if self.is_closed else InterviewState.DRAFT


def draft_problems(interview: Interview, today: date) -> list[Problem]:
    """What keeps a draft from being recorded as it is."""
    problems = [
        Problem("too_long", field, {"limit": most})
        for field, most in (*((part, _NOTE) for part in PARTS), ("present", _LINE))
        if len(getattr(interview, field)) > most
    ]
    if interview.held_on > today:
        problems.append(Problem("date_in_future", "held_on"))
    if interview.duration is not None and not 0 < interview.duration <= _LONGEST:
        problems.append(Problem("interview_duration", "duration", {"most": _LONGEST}))
    return problems


def closing_problems(interview: Interview) -> list[Problem]:
    """What a note lacks before it is arrêtée."""
    missing = [Problem("required", field) for field in ("kind", "place") if not getattr(interview, field)]
    return missing if interview.is_written else [*missing, Problem("interview_empty", "today")]


def outside_hours(interview: Interview, *, at_home: bool) -> bool:
    """Whether a visit at home was made outside the hours of art. D. 530-5: said, for what happened is written."""
    return at_home and bool(interview.starts_at) and not HOME_FROM <= interview.starts_at < HOME_UNTIL


def next_day(today: date) -> date:
    """Three weeks from today, on the next Monday when that is a Saturday or a Sunday."""
    day = today + timedelta(weeks=_WEEKS)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def hour_near(interview: Interview, opens: str, closes: str) -> tuple[int, int] | None:
    """The hour of an interview to the quarter before, nine where it was not noted; none where the service is closed.

    `opens` and `closes` are « 08:00 »; the last one is excluded.
    """
    hours, _, minutes = (interview.starts_at or "09:00").partition(":")
    found = (int(hours), int(minutes) // 15 * 15)
    return found if opens <= f"{found[0]:02d}:{found[1]:02d}" < closes else None


def is_resumed(interview: Interview, now: datetime) -> bool:
    """Whether what one opens now, in local time, is a note of today written an hour ago or more, still a draft."""
    hours, _, minutes = interview.starts_at.partition(":")
    if interview.is_closed or not interview.is_written or not minutes or interview.held_on != now.date():
        return False
    begun = now.replace(hour=int(hours), minute=int(minutes), second=0, microsecond=0)
    return now - begun >= _RESUMED_AFTER


def require_own_draft(interview: Interview, officer_id: UUID) -> None:
    """Refusals `interview_closed`, `interview_of_another`."""
    if interview.is_closed:
        raise Refusal("interview_closed")
    if interview.author_id != officer_id:
        raise Refusal("interview_of_another")


def additions(events: Iterable[Event]) -> tuple[Event, ...]:
    """What was added since, in the order of entry."""
    return tuple(one for one in in_order(events) if one.code == EventCode.ADDITION)


def newest_first(interviews: Iterable[Interview]) -> list[Interview]:
    return sorted(interviews, key=lambda one: (one.held_on, one.starts_at, one.id), reverse=True)
