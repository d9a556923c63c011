"""Travail d'intérêt général: sessions done, hours left, what the law limits. Lengths are minutes.

CP 131-8 (20 to 400 hours), CP 131-22 (eighteen months at most), R. 623-11 and R. 623-16 of the code pénitentiaire.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.dates import add_months
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.measure_rules import TIG_MONTHS, suspended_days
from spip_desktop.domain.register import RegisterLine, not_ahead

#: R. 623-16: the work and a job together stay under the legal week (code du travail, L. 3121-27) and twelve hours.
WEEK_LIMIT = (35 + 12) * 60
#: Code du travail, L. 3121-18, and L. 3162-1 for who is under eighteen: days to look at, nothing is forbidden.
DAY_LIMIT, MINOR_DAY_LIMIT = 10 * 60, 8 * 60
_DAY, _ADULT = 24 * 60, 18


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSession(RegisterLine):
    """Hours done on one day, from `begins` to `finishes` (minutes since midnight; the next day when not after).

    `pause` is taken off. Without hours, `minutes` alone count: what was done before the file came.
    `signed`: the host signed the attendance sheet.
    """

    measure_id: UUID
    done_on: date
    begins: int | None = None
    finishes: int | None = None
    pause: int = 0
    minutes: int = 0
    host: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTerms(RegisterLine):
    """R. 623-11: where, at what and when the work is done, as decided; a later decision follows, none is changed.

    `authority` is a code of the list `hours_authorities`. `job_minutes`: the person's own job, in a week.
    """

    measure_id: UUID
    starts: date
    authority: str
    decided_on: date
    host: str
    works: str = ""
    hours: str = ""
    job_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCount:
    """Where the hours stand. `ordered` is None when the measure does not say."""

    ordered: int | None
    done: int
    unsigned: int = 0
    last_on: date | None = None
    until: date | None = None
    over: tuple["Week", ...] = ()
    long_days: tuple["LongDay", ...] = ()
    unsigned_minutes: int = 0

    @property
    def left(self) -> int | None:
        return None if self.ordered is None else max(0, self.ordered - self.done)

    @property
    def is_done(self) -> bool:
        return self.left == 0


@dataclass(frozen=True, slots=True)
class Week:
    """A week whose work and job together pass what R. 623-16 allows."""

    monday: date
    minutes: int


@dataclass(frozen=True, slots=True)
class LongDay:
    """A day of work longer than its mark, `limit`."""

    day: date
    minutes: int
    limit: int


def length(begins: int | None, finishes: int | None, pause: int) -> int:
    """Minutes of work between two hours, past midnight when the second is not after the first."""
    if begins is None or finishes is None:
        return 0
    return (finishes - begins) % _DAY - pause


def count(
    measure: Measure,
    sessions: Sequence[WorkSession],
    terms: Iterable[WorkTerms],
    today: date,
    born: date | None = None,
) -> WorkCount:
    """The hours of one measure, from its lines that stand."""
    return WorkCount(
        ordered=None if measure.hours is None else measure.hours * 60,
        done=sum(one.minutes for one in sessions),
        unsigned=sum(not one.signed for one in sessions),
        last_on=max((one.done_on for one in sessions), default=None),
        until=latest_end(measure, today),
        over=weeks_over(sessions, tuple(terms)),
        long_days=long_days(sessions, born),
        unsigned_minutes=sum(one.minutes for one in sessions if not one.signed),
    )


def terms_on(terms: Iterable[WorkTerms], day: date) -> WorkTerms | None:
    """The decision in force on a day."""
    return max((one for one in terms if one.starts <= day), key=lambda one: (one.starts, one.id), default=None)


def latest_end(measure: Measure, today: date) -> date | None:
    """The end of the delay: what the decision fixed, else eighteen months from the day it is enforceable.

    The days of a suspension are added (CP 131-22); one that still runs counts until today.
    """
    enforceable = measure.definitive_on or (measure.decision_on if measure.provisional_enforcement else None)
    end = measure.ends_planned or (add_months(enforceable, TIG_MONTHS) if enforceable else None)
    if end is None:
        return None
    return end + timedelta(days=suspended_days(measure, today))


def weeks_over(sessions: Iterable[WorkSession], terms: Sequence[WorkTerms]) -> tuple[Week, ...]:
    """The weeks over the limit, the oldest first; a session without hours says nothing of its week."""
    found: dict[date, int] = {}
    for one in sessions:
        if one.begins is not None:
            monday = one.done_on - timedelta(days=one.done_on.weekday())
            found[monday] = found.get(monday, 0) + one.minutes
    over = []
    for monday, minutes in sorted(found.items()):
        decided = terms_on(terms, monday + timedelta(days=6))
        job = decided.job_minutes if decided else 0
        if job and job + minutes > WEEK_LIMIT:
            over.append(Week(monday, job + minutes))
    return tuple(over)


def long_days(sessions: Iterable[WorkSession], born: date | None) -> tuple[LongDay, ...]:
    """The days over the mark, the oldest first; a session without hours says nothing of its day."""
    found: dict[date, int] = {}
    for one in sessions:
        if one.begins is not None:
            found[one.done_on] = found.get(one.done_on, 0) + one.minutes
    limits = {day: MINOR_DAY_LIMIT if born and dates.age(born, day) < _ADULT else DAY_LIMIT for day in found}
    return tuple(LongDay(day, found[day], limits[day]) for day in sorted(found) if found[day] > limits[day])


def _span(session: WorkSession) -> tuple[int, int] | None:
    """From when to when, in minutes on one line of time; None without hours."""
    if session.begins is None or session.finishes is None:
        return None
    begins = session.done_on.toordinal() * _DAY + session.begins
    return begins, begins + length(session.begins, session.finishes, 0)


def _overlapped(session: WorkSession, others: Iterable[WorkSession]) -> WorkSession | None:
    """Another session at the same hours: nobody works twice at once, and its hours would count twice."""
    own = _span(session)
    if own is None:
        return None
    return next((one for one in others if (span := _span(one)) and span[0] < own[1] and own[0] < span[1]), None)


def session_problems(
    session: WorkSession, others: Iterable[WorkSession], decided: date | None, today: date
) -> list[Problem]:
    """What keeps a session from being written; `others` stand in the dossier, `decided` is the day of the decision."""
    problems = not_ahead(session.done_on, "done_on", today)
    if decided and session.done_on < decided:
        problems.append(Problem("work_before_decision", "done_on", {"day": dates.short(decided)}))
    if twice := _overlapped(session, others):
        problems.append(Problem("work_overlaps", "begins", {"day": dates.short(twice.done_on)}))
    if (session.begins is None) != (session.finishes is None):
        problems.append(Problem("required", "finishes" if session.finishes is None else "begins"))
    if not 0 < session.minutes <= (_DAY if session.begins is not None else 400 * 60):
        problems.append(Problem("work_length", "finishes" if session.begins is not None else "minutes"))
    return problems


def terms_problems(terms: WorkTerms, authorities: Sequence[str], today: date) -> list[Problem]:
    problems = [] if terms.authority in authorities else [Problem("choose_one", "authority")]
    problems += [] if terms.host.strip() else [Problem("required", "host")]
    if not 0 <= terms.job_minutes <= 7 * _DAY:
        problems.append(Problem("work_length", "job_minutes"))
    return problems + not_ahead(terms.decided_on, "decided_on", today)
