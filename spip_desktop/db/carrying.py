"""What « À reporter » is worked out from, read for many dossiers at once; what was reported; the service's settings.

What was reported and has not changed since is left aside by the store itself: five years of history leave many lines.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import obligation
from spip_desktop.db.among import Among, is_among
from spip_desktop.db.appointment import APPOINTMENTS
from spip_desktop.db.breach import BREACHES
from spip_desktop.db.event import EVENTS
from spip_desktop.db.incident import INCIDENTS
from spip_desktop.db.interview import INTERVIEWS
from spip_desktop.db.person import ADDRESSES, PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.request import REQUESTS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain import appointment, breach, incident, interview
from spip_desktop.domain.appointment_states import EventCode as AppointmentEvent
from spip_desktop.domain.board_review import EventCode as BoardEvent
from spip_desktop.domain.carrying import Answer, BlockKind, Carried, CarryingSetting, Of, Source
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.evaluation_states import EventCode as EvaluationEvent
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.pacep_states import EventCode as PlanEvent
from spip_desktop.domain.prescription_states import SheetState

CARRIED = Records(
    "carried",
    Carried,
    references={"person_id": "person"},
    index=[("person_id",), ("withdraws",)],
)
SETTINGS = Records("carrying_setting", CarryingSetting)


def _told_alone(name: str, records: Records[Any], *fields: str) -> None:
    """An index that tells these fields without a row, of what is in the bin too: what left is to be entered as well."""
    sa.Index(f"ix_{records.name}_{name}", *(records.table.c[one] for one in fields))


# Five years of facts are compared with what was reported of each (decision 62).
_told_alone("block", CARRIED, "object_id", "block", "mark", "answer", "deleted_at", "id")
_told_alone("facts", INTERVIEWS, "person_id", "held_on", "closed_on", "deleted_at", "id", "revision", "changed_at")
_told_alone("facts", APPOINTMENTS, "person_id", "day", "milieu", "deleted_at", "id", "revision", "changed_at")

_C, _V, _K = CARRIED.table.c, EVENTS.table.c, CUSTODIES.table.c
#: What tells that a sheet left, and what came back.
_SHEET_FACTS = (
    *(SheetState.HANDED_OVER, SheetState.MEETING_FIXED, SheetState.ACCEPTED, SheetState.REFUSED),
    *(SheetState.RUNNING, SheetState.REPORTED, SheetState.CLOSED, SheetState.CANCELLED, SheetState.WITHDRAWN),
)


@dataclass(frozen=True, slots=True)
class _From:
    """The table of a kind of fact: whose, on which day, which rows, what is added to it in events, what it corrects."""

    columns: Any
    day: sa.ColumnElement[Any]
    where: tuple[sa.ColumnElement[bool], ...] = ()
    events: str = ""
    corrects: bool = False
    person: str = "person_id"
    milieu: sa.ColumnElement[Any] | None = None
    at: sa.ColumnElement[datetime] | None = None  # where it is an instant: its day is that of Paris


def _record(records: Records[Any], day: str, *where: sa.ColumnElement[bool], events: str = "") -> _From:
    return _From(records.table.c, records.table.c[day], where, events)


def _event(kind: str, *codes: str) -> _From:
    return _From(_V, _V.happened_on, (_V.kind == kind, _V.code.in_(codes)))


def _register(records: Records[Any], day: str) -> _From:
    return _From(records.table.c, records.table.c[day], corrects=True)


def _found(table: sa.FromClause, *where: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether there is such a row. With a column of its own: « * » would read the rows that an index tells of."""
    return sa.select(sa.literal_column("1")).select_from(table).where(*where).exists()


def _has_outcome() -> sa.ColumnElement[bool]:
    outcome = EVENTS.table.alias("outcome")
    return _found(
        outcome,
        outcome.c.object_id == APPOINTMENTS.table.c.id,
        outcome.c.code == AppointmentEvent.OUTCOME,
        outcome.c.deleted_at.is_(None),
    )


_A, _P, _D = APPOINTMENTS.table.c, PERSONS.table.c, ADDRESSES.table.c
_changed_on = sa.func.substr(sa.type_coerce(_P.changed_at, sa.String), 1, 10)
_FROM: Mapping[Of, _From] = {
    Of.INTERVIEW: _record(INTERVIEWS, "held_on", INTERVIEWS.table.c.closed_on.is_not(None), events=interview.KIND),
    Of.APPOINTMENT: _From(_A, _A.day, (_has_outcome(),), appointment.KIND, milieu=_A.milieu),
    Of.EVALUATION: _event("evaluation", EvaluationEvent.SEEN),
    Of.PLAN: _event("pacep", PlanEvent.IN_FORCE),
    Of.BOARD: _event("board_review", BoardEvent.ISSUED),
    Of.SHEET: _event("prescription", *_SHEET_FACTS),
    Of.PROOF: _register(obligation.PROOFS, "seen_on"),
    Of.CHECK: _register(obligation.CHECKS, "checked_on"),
    Of.PAYMENT: _register(obligation.PAYMENTS, "paid_on"),
    Of.WORK: _register(obligation.SESSIONS, "done_on"),
    Of.HOURS: _register(obligation.HOURS, "happened_on"),
    Of.BREACH: _record(BREACHES, "happened_on", events=breach.KIND),
    Of.INCIDENT: _record(INCIDENTS, "happened_on", events=incident.KIND),
    Of.ADDRESS: _From(_D, _D.starts, (_D.starts.is_not(None),)),
    Of.PERSON: _From(_P, sa.type_coerce(_changed_on, sa.Date), person="id", at=_P.changed_at),
    Of.REQUEST: _record(
        REQUESTS, "received_on", REQUESTS.table.c.person_id.is_not(None), REQUESTS.table.c.answered_on.is_not(None)
    ),
}


def sources(tx: Transaction, kind: BlockKind, among: Among, since: date | None) -> list[Source]:
    """What a kind of block is made from in these dossiers, but what was reported and stands as it was reported."""
    known = _FROM[kind.of]
    start = since if known.at is None or since is None else datetime.combine(since, time(), PARIS)
    query, told = _asked(kind.of, kind.code, kind.milieu, since is not None), among.told
    found = tx.connection.execute(query, {**told, "since": start} if start else told).all()
    return [
        Source(object_id=id_, person_id=of, on=_day(on), mark=text, gone=bool(left), replaces=before)
        for id_, of, on, text, left, before in found
    ]


def _day(on: date | datetime) -> date:
    return on.astimezone(PARIS).date() if isinstance(on, datetime) else on


@cache
def _asked(of: Of, code: str, milieu: str, is_since: bool) -> sa.Select[Any]:
    """The statement of a kind of block: building it costs more than running it where there is little."""
    known = _FROM[of]
    columns, person, mark = known.columns, known.columns[known.person], _mark(known)
    on = known.day if known.at is None else known.at
    was_carried = _dealt_with(code, columns.id, None)
    asked = [is_among(person), *known.where, ~_dealt_with(code, columns.id, mark)]
    asked.append(sa.or_(columns.deleted_at.is_(None), was_carried))
    replaces: sa.ColumnElement[Any] = sa.null()
    if known.corrects:
        later = columns.id.table.alias("later")
        asked.append(~_found(later, later.c.corrects == columns.id, later.c.deleted_at.is_(None)))
        replaces = columns.corrects
    if is_since:
        asked.append(sa.or_(on >= sa.bindparam("since", type_=on.type), was_carried, replaces.is_not(None)))
    if milieu:
        asked.append(_in_milieu(milieu, known, person))
    binned = columns.deleted_at.is_not(None)
    gone = sa.or_(binned, columns.withdrawn) if known.corrects else binned
    return sa.select(columns.id, person, on, mark, gone, sa.type_coerce(replaces, sa.Uuid)).where(*asked)


def earlier_lines(tx: Transaction, of: Of, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """For lines of a register, the line that each corrects, back to the first."""
    columns, found, wanted = _FROM[of].columns, dict[UUID, UUID](), set(ids)
    while wanted:
        query = sa.select(columns.id, columns.corrects).where(columns.id.in_(wanted), columns.corrects.is_not(None))
        rows: dict[UUID, UUID] = {row[0]: row[1] for row in tx.connection.execute(query)}
        found |= rows
        wanted = set(rows.values()) - found.keys()
    return found


def first_made(tx: Transaction, among: Among) -> UUID | None:
    """The number of the first of these dossiers that was made: numbers grow with time."""
    first = sa.select(sa.func.min(sa.type_coerce(_P.id, sa.String))).where(among(_P.id))
    found = tx.connection.scalar(first)
    return UUID(found) if found else None


def carried_of(tx: Transaction, objects: Collection[UUID]) -> list[Carried]:
    """Every line about blocks made from these, withdrawn ones too."""
    return CARRIED.find(tx, _C.object_id.in_(tuple(objects))) if objects else []


def latest(tx: Transaction, among: Among, most: int) -> list[Carried]:
    """The newest lines of these dossiers, and the lines that they withdraw."""
    ids = (
        sa.select(_C.id).where(among(_C.person_id), _C.deleted_at.is_(None)).order_by(_C.noted_at.desc(), _C.id.desc())
    )
    found = CARRIED.find(tx, _C.id.in_(list(tx.connection.scalars(ids.limit(most)))))
    return sorted(found, key=lambda one: (one.noted_at, one.id), reverse=True)


# -- conditions ----------------------------------------------------------------------------------------------


def _mark(known: _From) -> sa.ColumnElement[str]:
    """Changes whenever the fact does: its revision and instant, and how many facts were added to it."""
    columns = known.columns
    mark = sa.type_coerce(columns.revision, sa.String) + ":" + sa.type_coerce(columns.changed_at, sa.String)
    if known.events:
        added = EVENTS.table.alias("added")
        count = (
            sa.select(sa.func.count())
            .where(added.c.object_id == columns.id, added.c.kind == known.events, added.c.deleted_at.is_(None))
            .correlate(columns.id.table)  # also where the mark is compared, two levels down
            .scalar_subquery()
        )
        mark = mark + ":" + sa.cast(count, sa.String)
    return mark


def _dealt_with(
    code: str, object_id: sa.ColumnElement[UUID], mark: sa.ColumnElement[str] | None
) -> sa.ColumnElement[bool]:
    """Whether a line that holds says that a block was dealt with; that it was as it is now, where a mark is given."""
    line, back = CARRIED.table.alias(), CARRIED.table.alias()
    withdrawn = _found(back, back.c.withdraws == line.c.id, back.c.deleted_at.is_(None))
    same = () if mark is None else (line.c.mark == mark,)
    return _found(
        line,
        line.c.object_id == object_id,
        line.c.block == code,
        line.c.deleted_at.is_(None),
        line.c.answer != Answer.WITHDRAWN,
        ~withdrawn,
        *same,
    )


def _in_milieu(milieu: str, known: _From, person: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Whether the fact fell in that milieu: as an appointment says, else by the écrou of that day."""
    if known.milieu is not None:
        return known.milieu == milieu
    held = _found(
        CUSTODIES.table,
        _K.person_id == person,
        _K.deleted_at.is_(None),
        _K.starts <= known.day,
        sa.or_(_K.ends.is_(None), _K.ends >= known.day),
    )
    return held if milieu == Milieu.CUSTODY else ~held
