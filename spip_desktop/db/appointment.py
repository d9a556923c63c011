"""Appointments and what the agenda knows besides, to and from their rows.

Where an appointment stands is kept beside it, worked out from its events each time one is added: lists across many
dossiers read one table.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import event as events
from spip_desktop.db.among import Among, is_among, these
from spip_desktop.db.event import EVENTS
from spip_desktop.db.numbers import raw, uuid_of
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.agenda import MeetingPlace, OfficerAbsence, Permanence
from spip_desktop.domain.appointment import KIND, Appointment
from spip_desktop.domain.appointment_facts import ANY_KIND, Called, Waiting
from spip_desktop.domain.appointment_states import EventCode, Meaning, OutcomeKind, Stand, Standing, answers, stand
from spip_desktop.domain.event import Event, in_order
from spip_desktop.domain.text import french_spaces
from spip_desktop.reference import load

APPOINTMENTS = Records(
    "appointment",
    Appointment,
    references={"person_id": "person"},
    derived=[sa.Column("standing", sa.Text, nullable=False), sa.Column("due_on", sa.Date)],
    index=[("person_id", "standing", "day"), ("officer_id", "standing", "day"), ("officer_id", "day"), ("day",)],
)
PLACES = Records("meeting_place", MeetingPlace)
ABSENCES = Records("officer_absence", OfficerAbsence, references={"officer_id": "officer"}, index=[("officer_id",)])
PERMANENCES = Records("permanence", Permanence)

#: Tells the last and the next day of each person without reading any.
APPOINTMENTS.index_present("person_id", "standing", "day")
_A = APPOINTMENTS.table.c
_WAIT = (Standing.PLANNED, Standing.MISSED, Standing.PROOF_AWAITED, Standing.LEFT)


@cache
def outcomes() -> Mapping[str, OutcomeKind]:
    return MappingProxyType(
        {
            one.code: OutcomeKind(
                code=one.code,
                label=french_spaces(one.label),
                milieux=frozenset(one.texts("milieux")),
                meaning=Meaning(one.text("meaning")),
            )
            for one in load("appointment_outcomes").entries
        }
    )


def derived(tx: Transaction, one: Appointment) -> dict[str, object]:
    """Where it stands, worked out from its events, as the columns beside the record."""
    at = stand(events.of(tx, one.id), outcomes())
    return {"standing": at.standing, "due_on": at.due_on}


def stand_again(tx: Transaction, ids: Iterable[UUID]) -> None:
    """Work it out again for these, whose events came by another way than `record` (a package)."""
    for one in APPOINTMENTS.find(tx, _A.id.in_(tuple(ids))):
        tx.connection.execute(APPOINTMENTS.table.update().where(_A.id == one.id).values(derived(tx, one)))


def add(tx: Transaction, one: Appointment) -> None:
    """A new appointment, planned."""
    save(tx, one, Stand(Standing.PLANNED))


def save(tx: Transaction, one: Appointment, at: Stand) -> None:
    APPOINTMENTS.save(tx, one, also={"standing": at.standing, "due_on": at.due_on})


def record(
    tx: Transaction,
    one: Appointment,
    code: EventCode,
    on: date,
    outcomes: Mapping[str, OutcomeKind],
    comment: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """One dated fact, and where the appointment stands from then on."""
    events.record(tx, KIND, one.id, one.person_id, code, on, comment, detail)
    save(tx, one, stand(events.of(tx, one.id), outcomes))


def of_person(tx: Transaction, person_id: UUID) -> list[Appointment]:
    """Every appointment of a person that is not in the bin, the first to come first."""
    return sorted(APPOINTMENTS.find(tx, person_id=person_id), key=_in_time)


def between(tx: Transaction, first: date, last: date, *, officers: Collection[UUID] | None = None) -> list[Appointment]:
    """Those of these days (both included), of these officers or of all, in the order of the hours."""
    where = [_A.day >= first, _A.day <= last]
    where += [_A.officer_id.in_(tuple(officers))] if officers is not None else []
    return sorted(APPOINTMENTS.find(tx, *where), key=_in_time)


def standings(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """Where these stand, without reading their events."""
    query = sa.select(_A.id, _A.standing).where(_A.id.in_(ids))
    return {row.id: Standing(row.standing) for row in (tx.connection.execute(query) if ids else ())}


def begun_without_outcome(tx: Transaction, today: date, officers: Collection[UUID]) -> list[Appointment]:
    """Planned for these officers, of today or before: some may still be ahead today."""
    mine = _A.officer_id.in_(tuple(officers))
    return sorted(APPOINTMENTS.find(tx, _A.standing == Standing.PLANNED, _A.day <= today, mine), key=_in_time)


def count_without_outcome(tx: Transaction, today: date, now: int, officers: Collection[UUID]) -> int:
    """How many of these have begun; `now` in minutes."""
    begun = sa.or_(_A.day < today, sa.and_(_A.day == today, _A.begins <= now))
    mine = _A.officer_id.in_(tuple(officers))
    query = sa.select(sa.func.count(_A.id)).where(_A.standing == Standing.PLANNED, begun, mine, _A.deleted_at.is_(None))
    return tx.connection.scalar(query) or 0


# -- for the échéances ---------------------------------------------------------------------------------------

_TODAY = sa.bindparam("today", type_=sa.Date)
_PRESENT = (is_among(_A.person_id), _A.deleted_at.is_(None))
_WAITING = (
    sa.select(_A.id, _A.person_id, _A.day, _A.standing, _A.due_on)
    .where(*_PRESENT, _A.standing.in_(_WAIT), _A.day <= _TODAY)
    .order_by(_A.day, _A.begins, _A.id)
)
_LAST, _NEXT, _MET = (
    sa.select(raw(_A.person_id), day).where(*_PRESENT, *where).group_by(_A.person_id)
    for day, *where in (
        (sa.func.max(_A.day), _A.standing != Standing.CLOSED),
        (sa.func.min(_A.day), _A.standing == Standing.PLANNED, _A.day >= _TODAY),
        (sa.func.max(_A.day), _A.standing == Standing.HELD),
    )
)


def waiting(tx: Transaction, among: Among) -> list[Waiting]:
    """Those of today or before that wait for an outcome, an answer, a proof or a second look."""
    found = [
        Waiting(id=row.id, person_id=row.person_id, day=row.day, standing=Standing(row.standing), due_on=row.due_on)
        for row in tx.connection.execute(_WAITING, {"today": tx.clock.today(), **among.told})
    ]
    return _told_again(tx, found)


def _settled(wanted: str) -> sa.ColumnElement[bool]:
    """Whether an appointment held or planned since an answer is the one that it called for."""
    v, later = EVENTS.table.c, APPOINTMENTS.table.alias()
    fits = later.c.made_on >= v.happened_on if wanted == ANY_KIND else later.c.kind == wanted
    return sa.exists().where(
        later.c.person_id == _A.person_id,
        later.c.standing.in_((Standing.PLANNED, Standing.HELD)),
        later.c.day >= v.happened_on,
        later.c.deleted_at.is_(None),
        fits,
    )


def called(tx: Transaction, among: Among) -> list[Called]:
    """Absences whose last answer calls for an appointment, but for those that one held or planned since settles.

    What is left may be settled all the same by one that was missed in its turn: `standing_of` tells.
    """
    calling = {one.code: one for one in load("appointment_answers").entries if one.text("calls_for")}
    v, wanted = EVENTS.table.c, sorted({one.text("calls_for") for one in calling.values()})
    # What was answered is read and not compared: the words of an event are in no condition (R. 113-51).
    query = sa.select(_A.id, _A.person_id, v.detail, *(_settled(one).label(one) for one in wanted))
    query = query.select_from(APPOINTMENTS.table.join(EVENTS.table, v.object_id == _A.id))
    query = query.where(among(_A.person_id), _A.standing == Standing.CLOSED, _A.deleted_at.is_(None))
    query = query.where(v.code == EventCode.ANSWER, v.deleted_at.is_(None))
    persons, found = dict[UUID, UUID](), []
    for row in tx.connection.execute(query):
        entry = calling.get(row.detail.get("answer", ""))
        if entry and not row._mapping[entry.text("calls_for")]:
            persons[row.id] = row.person_id
    for id_, events_ in facts(tx, persons).items():
        given = answers(events_)
        entry = calling.get(given[-1].detail.get("answer", "")) if given and given[-1] == events_[-1] else None
        if entry:
            found.append(
                Called(id=id_, person_id=persons[id_], on=given[-1].happened_on,
                       wanted=entry.text("calls_for"), usual=entry.text("fixes"))
            )  # fmt: skip
    return found


def _told_again(tx: Transaction, found: Sequence[Waiting]) -> list[Waiting]:
    """An absence of a person who was already answered for one, or who missed another before."""
    missed = {one.person_id for one in found if one.standing is Standing.MISSED}
    v = EVENTS.table.c
    query = sa.select(v.person_id).where(v.kind == KIND, v.code == EventCode.ANSWER, v.person_id.in_(missed))
    before = set(tx.connection.scalars(query.where(v.deleted_at.is_(None)).distinct())) if missed else set()
    told = []
    for one in found:
        again = one.standing is Standing.MISSED and one.person_id in before
        told.append(replace(one, again=again))
        if one.standing is Standing.MISSED:
            before.add(one.person_id)
    return told


def standing_of(tx: Transaction, person_ids: Collection[UUID], since: date = date.min) -> dict[UUID, list[Appointment]]:
    """By person, those of that day or after neither cancelled, moved, excused nor held in vain.

    An absence that was answered stands.
    """
    found = APPOINTMENTS.find(tx, _A.person_id.in_(person_ids), _A.day >= since) if person_ids else []
    at = standings(tx, [one.id for one in found])
    closed = facts(tx, [one.id for one in found if at[one.id] is Standing.CLOSED])
    by_person: dict[UUID, list[Appointment]] = {}
    for one in found:
        if one.id not in closed or (closed[one.id] and closed[one.id][-1].code == EventCode.ANSWER):
            by_person.setdefault(one.person_id, []).append(one)
    return by_person


def last_days(tx: Transaction, among: Among) -> dict[UUID, date]:
    """The last day of an appointment that was planned, held or missed, by person."""
    return _days(tx, _LAST, among)


def next_day(tx: Transaction, person_id: UUID) -> date | None:
    """The day of the nearest appointment that is planned, today included."""
    return next_days(tx, these([person_id])).get(person_id)


def next_days(tx: Transaction, among: Among) -> dict[UUID, date]:
    """The same of many dossiers, by person."""
    return _days(tx, _NEXT, among)


def met(tx: Transaction, among: Among) -> dict[UUID, date]:
    """The last day on which the person came, by person."""
    return _days(tx, _MET, among)


def _days(tx: Transaction, statement: sa.Select[*tuple[Any, ...]], among: Among) -> dict[UUID, date]:
    """A day of each of these persons."""
    found = tx.connection.execute(statement, {"today": tx.clock.today(), **among.told}).all()
    return {uuid_of(id_): day for id_, day in found}


def facts(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, tuple[Event, ...]]:
    """The events of these appointments, by appointment and in order."""
    found: dict[UUID, list[Event]] = {id_: [] for id_ in ids}
    for event in EVENTS.find(tx, EVENTS.table.c.object_id.in_(found)) if found else ():
        found[event.object_id].append(event)
    return {id_: in_order(every) for id_, every in found.items()}


def absences(tx: Transaction, first: date, last: date, officer_id: UUID | None = None) -> list[OfficerAbsence]:
    """The absences that touch these days."""
    c = ABSENCES.table.c
    where = [c.starts <= last, c.ends >= first]
    where += [c.officer_id == officer_id] if officer_id else []
    return sorted(ABSENCES.find(tx, *where), key=lambda one: (one.starts, one.id))


def _in_time(one: Appointment) -> tuple[date, int, UUID]:
    return (one.day, one.begins, one.id)
