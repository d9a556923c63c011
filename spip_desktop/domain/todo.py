"""« À traiter »: lines that wait, and the outcomes that take them away. Nothing leaves the list by itself.

A line goes when the dossier no longer calls for it, or when an officer writes an outcome: done, put off, or not to act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.place import Place

#: « Dans les 14 jours ».
SOON_DAYS = 14
#: Signs of the reference of a report.
REFERENCE_LENGTH = 120


class When(StrEnum):
    """The tabs of the page, in their order; what is near for its own rule but beyond 14 days is « later »."""

    LATE = "en_retard"
    TODAY = "aujourd_hui"
    SOON = "bientot"
    LATER = "plus_tard"


class Answer(StrEnum):
    """What an officer may write of a line."""

    DONE = "fait"
    PUT_OFF = "reporter"
    NOT_ACTING = "ne_pas_agir"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One written outcome of a line, named by its key, with what the line said that day.

    `done_on` is the day of the fact for « fait ». `until` is the day when the line comes back: put off until then, or
    the date of re-examination of a decision not to act. `recipient` (list `breach_recipients`) and `reference` tell
    where a report went.
    """

    id: UUID
    person_id: UUID
    line: str
    what: str
    due: date
    answer: Answer
    done_on: date | None = None
    until: date | None = None
    reason: str = ""
    recipient: str = ""
    reference: str = ""
    decided_by: UUID
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What « fait » says: the day; of a report, to whom it went and under which reference."""

    on: date | None
    recipient: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What the list needs of an outcome; `id` is the text of its number, which grows with time."""

    id: str
    line: str
    answer: Answer
    until: date | None
    decided_at: datetime

    def keeps_away(self, today: date) -> bool:
        return self.answer is Answer.DONE or (self.until is not None and self.until > today)


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoLine:
    """One line: what waits for whom, why it is there, the day it is due, and where one acts.

    `legal`: a text sets the day, no officer puts it off beyond. `may_be_done`: « fait » is written here; else the act
    itself, in its own page, takes the line away.
    """

    key: str
    person_id: UUID
    due: date
    what: str
    why: str
    action: str
    place: Place
    legal: bool = False
    may_be_done: bool = False
    #: Not of a partner (nobody's dossier holds an outcome), nor where only the act takes the line away.
    answerable: bool = True
    #: A report: « fait » says to whom it went. `sent_from`: no report of it left before that day.
    report: bool = False
    sent_from: date | None = None

    def when(self, today: date) -> When:
        days = (self.due - today).days
        if days <= 0:
            return When.TODAY if days == 0 else When.LATE
        return When.SOON if days <= SOON_DAYS else When.LATER

    def may_be_put_off(self, today: date) -> bool:
        """There is a day ahead that no text forbids."""
        return not self.legal or self.due > today


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoPerson:
    """Whose lines they are, as the list names them; `interim_of`: whom the officer stands in for."""

    id: UUID
    name: str
    birth_date: date | None
    place: str = ""
    title: str = ""
    release_on: date | None = None
    interim_of: str = ""


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """The lines of one person, the most pressing first."""

    person: TodoPerson
    lines: tuple[TodoLine, ...]


def made_on(id_: UUID) -> date | None:
    """The day when a record was made, from its number (a UUIDv7 begins with its milliseconds); None of another."""
    if id_.version != 7:
        return None
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC).astimezone(PARIS).date()


def still_waiting(lines: Iterable[TodoLine], last: Mapping[str, Written], today: date) -> list[TodoLine]:
    """The lines that their last outcome does not keep away today."""
    return [line for line in lines if line.key not in last or not last[line.key].keeps_away(today)]


def newest(outcomes: Iterable[Written]) -> dict[str, Written]:
    """The outcome in force of each line."""
    found: dict[str, Written] = {}
    for one in outcomes:
        known = found.get(one.line)
        if known is None or (known.decided_at, known.id) < (one.decided_at, one.id):
            found[one.line] = one
    return found


def written_at(now: datetime, before: datetime | None) -> datetime:
    """The instant of an outcome: after the one it stands in place of, even on a clock that was put back."""
    return now if before is None else max(now, before + timedelta(microseconds=1))


def grouped(lines: Iterable[TodoLine], persons: Mapping[UUID, TodoPerson]) -> tuple[TodoGroup, ...]:
    """By person, those with the most pressing date first; of a colleague replaced, urgent lines were kept before."""
    found: dict[UUID, list[TodoLine]] = {}
    for line in lines:
        found.setdefault(line.person_id, []).append(line)
    groups = [
        TodoGroup(persons[id_], tuple(sorted(every, key=lambda line: (line.due, line.what, line.key))))
        for id_, every in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: (group.lines[0].due, group.person.name, group.person.id)))


def answer_problems(
    line: TodoLine, answer: Answer, *, until: date | None, reason: str, done: Done, today: date
) -> list[Problem]:
    """What keeps an outcome from being written."""
    if answer is Answer.DONE:
        return _done_problems(line, done, today)
    problems = [] if reason.strip() else [Problem("reason_needed", "reason")]
    if until is None or until <= today:
        problems.append(Problem("todo_day_ahead", "until"))
    elif answer is Answer.PUT_OFF and line.legal and until > line.due:
        problems.append(Problem("todo_legal_day", "until", {"day": dates.short(line.due)}))
    return problems


def _done_problems(line: TodoLine, done: Done, today: date) -> list[Problem]:
    if not line.may_be_done:
        return [Problem("todo_act_itself", "answer")]
    if line.report:
        return sending_problems(done, line.sent_from, today)
    if done.on is None:
        return [Problem("required", "done_on")]
    return [Problem("date_in_future", "done_on")] if done.on > today else []


def sending_problems(done: Done, sent_from: date | None, today: date) -> list[Problem]:
    """What keeps a report from being noted as sent: to whom and when; not before there was anything to report on."""
    problems = [] if done.recipient else [Problem("choose_one", "recipient")]
    if len(done.reference) > REFERENCE_LENGTH:
        problems.append(Problem("too_long", "reference", {"limit": REFERENCE_LENGTH}))
    if done.on is None:
        problems.append(Problem("required", "done_on"))
    elif done.on > today:
        problems.append(Problem("date_in_future", "done_on"))
    elif sent_from and done.on < sent_from:
        problems.append(Problem("report_before", "done_on", {"day": sent_from}))
    return problems
