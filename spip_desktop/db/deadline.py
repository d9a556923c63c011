"""What the échéances are worked out from, read for many dossiers at once; what the service decided of the rules.

Nothing here selects by a word typed about someone nor by what is sensitive (R. 113-51): by the person, by what runs,
by where a paper is in its life.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import appointment as appointments
from spip_desktop.db import obligation
from spip_desktop.db.evaluation import EVALUATIONS
from spip_desktop.db.event import EVENTS
from spip_desktop.db.followed import followed_by
from spip_desktop.db.interview import INTERVIEWS
from spip_desktop.db.numbers import raw, uuid_of
from spip_desktop.db.pacep import ACTIONS, IS_VAGUE, PACEPS, standing
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import DOCUMENTS, PERSONS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.records import Records
from spip_desktop.db.situation import BASES, CUSTODIES, MEASURES, SHEETS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.access import Reach
from spip_desktop.domain.deadline import RuleSetting
from spip_desktop.domain.deadline_facts import Dossier
from spip_desktop.domain.evaluation import Evaluation
from spip_desktop.domain.event import Event, in_order
from spip_desktop.domain.interview import PARTS, Interview
from spip_desktop.domain.measure import Custody, SentenceSheet
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_states import EventCode
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import SheetState

RULE_SETTINGS = Records("rule_setting", RuleSetting)

T = TypeVar("T")
K = TypeVar("K", UUID, str)
#: A condition on the column that says whose a row is.
Among = Callable[[sa.ColumnElement[UUID]], sa.ColumnElement[bool]]
#: Numbers given to one statement at once.
_SLICE = 500
#: The fields that the rules look at; the others stay in the store.
_MEASURE = (
    *("id", "person_id", "kind", "decision_on", "definitive_on", "provisional_enforcement", "notified_on"),
    *("referral_on", "starts", "ends_planned", "ended_on"),
)
_CUSTODY = (
    *("id", "person_id", "establishment", "starts", "penal_category", "hosted", "ends"),
    *("release_target_on",),
)
_BASIS = ("id", "person_id", "kind", "received_on", "ends")
_DOCUMENT = ("id", "person_id", "kind", "state", "expires")
_ENDED = (SheetState.CLOSED, SheetState.CANCELLED, SheetState.PARTNER_TOLD)
_P, _M, _C, _S = PERSONS.table.c, MEASURES.table.c, CUSTODIES.table.c, SHEETS.table.c
_LOCAL = "mission_locale"
#: Events are read here for their course, which their order tells: not for their numbers, instants nor authors.
_NOBODY, _ONCE = UUID(int=0), datetime.min.replace(tzinfo=UTC)


# -- whose ---------------------------------------------------------------------------------------------------


def followed(tx: Transaction, reach: Reach) -> Among:
    """Those whom the officers of `reach` follow today."""
    mine = followed_by(tx, reach)
    return lambda column: column.in_(mine)


def these(ids: Collection[UUID]) -> Among:
    return lambda column: column.in_(tuple(ids))


def everybody(tx: Transaction) -> list[UUID]:
    """Every dossier of the store."""
    return list(tx.connection.execute(sa.select(_P.id).where(_P.deleted_at.is_(None)).order_by(_P.id)).scalars())


@dataclass(frozen=True, slots=True)
class Papers:
    """Which papers of these persons still matter, and the last days that prove something, by person."""

    plans: Sequence[UUID]
    evaluations: Sequence[UUID]
    sheets: Sequence[UUID]
    met: Mapping[UUID, date]
    planned: Mapping[UUID, date]


# -- the situation -------------------------------------------------------------------------------------------


def dossiers(tx: Transaction, among: Among, known: Papers) -> list[Dossier]:
    """What the rules look at of the situation of these persons."""
    measures = _by_person(MEASURES.partly(tx, _MEASURE, among(_M.person_id)))
    custodies = _by_person(CUSTODIES.partly(tx, _CUSTODY, among(_C.person_id)))
    sheets = _sheets_in_force(tx, custodies)
    sent = _last_mission_locale(tx, _held(custodies))
    bases = _by_person(BASES.partly(tx, _BASIS, among(BASES.table.c.person_id)))
    documents = _by_person(DOCUMENTS.partly(tx, _DOCUMENT, among(DOCUMENTS.table.c.person_id)))
    worked = obligation.worked(tx, among)
    fields = ("id", "birth_name", "usual_name", "first_names", "birth_date", "rqth_status", "rqth_until")
    return [
        Dossier(
            person_id=one.id,
            name=one.display_name,
            birth_date=one.birth_date,
            rqth=one.rqth_status == "oui",
            rqth_until=one.rqth_until,
            custodies=custodies.get(one.id, ()),
            sheets=sheets.get(one.id, ()),
            measures=measures.get(one.id, ()),
            bases=bases.get(one.id, ()),
            documents=documents.get(one.id, ()),
            met_on=known.met.get(one.id),
            mission_locale_on=sent.get(one.id),
            planned_on=known.planned.get(one.id),
            worked=worked,
        )
        for one in PERSONS.partly(tx, fields, among(_P.id))
    ]


def _held(custodies: Mapping[UUID, Sequence[Custody]]) -> list[UUID]:
    return [id_ for id_, every in custodies.items() if any(one.ends is None for one in every)]


def _sheets_in_force(tx: Transaction, custodies: Mapping[UUID, Sequence[Custody]]) -> dict[UUID, list[SentenceSheet]]:
    """The fiche pénale in force of those who are held."""
    found = sliced(_held(custodies), lambda ids: SHEETS.find(tx, _S.person_id.in_(ids), _is_newest_sheet()))
    return _by_person(found)


def _is_newest_sheet() -> sa.ColumnElement[bool]:
    """The edition in force of its person."""
    other = SHEETS.table.alias("other_edition")
    newest = sa.select(other.c.id).where(other.c.person_id == _S.person_id, other.c.deleted_at.is_(None))
    return _S.id == newest.order_by(other.c.as_of.desc(), other.c.id.desc()).limit(1).scalar_subquery()


# -- the work with the person --------------------------------------------------------------------------------


#: Where the record stands in what `_ranked` says.
_ID = slice(9, 41)


def papers(tx: Transaction, among: Among) -> Papers:
    """Each table is looked through once, a few columns of it: five years leave many papers in a dossier."""
    plan_ids, planned = _plans(tx, among)
    evaluation_ids, met = _evaluations(tx, among)
    for noted in (_interviews(tx, among), appointments.met(tx, among)):
        for person_id, on in noted.items():
            met[person_id] = max(met.get(person_id, on), on)
    return Papers(plan_ids, evaluation_ids, _sheets(tx, among), met, planned)


def _plans(tx: Transaction, among: Among) -> tuple[list[UUID], dict[UUID, date]]:
    """The newest plan put to each person, and the day it was."""
    p = PACEPS.table.c
    newest = sa.func.max(_ranked(p.number, p.id).concat(raw(p.submitted_on)))
    query = sa.select(raw(p.person_id), newest).where(among(p.person_id), p.deleted_at.is_(None))
    query = query.where(p.submitted_on.is_not(None)).group_by(p.person_id)
    found = tx.connection.execute(query).all()
    days = {uuid_of(one): date.fromisoformat(last[_ID.stop :]) for one, last in found}
    return [uuid_of(last[_ID]) for _, last in found], days


def _ranked(number: sa.ColumnElement[int], id_: sa.ColumnElement[UUID]) -> sa.ColumnElement[str]:
    """A number and the record that has it, as a text whose greatest is the newest: SQLite tells it in one pass."""
    return sa.func.printf("%09d", number).concat(raw(id_))


def _evaluations(tx: Transaction, among: Among) -> tuple[list[UUID], dict[UUID, date]]:
    """The newest version of each person that is arrêtée and not seen yet, and the last interview that is noted."""
    e = EVALUATIONS.table.c
    frozen = sa.case((e.frozen_on.is_not(None), _ranked(e.number, e.id)))
    query = sa.select(raw(e.person_id), sa.func.max(frozen), sa.func.max(raw(e.interview_on)))
    query = query.where(among(e.person_id), e.deleted_at.is_(None)).group_by(e.person_id)
    found = tx.connection.execute(query).all()
    arrested = {newest[_ID]: uuid_of(newest[_ID]) for _, newest, _ in found if newest}
    noted = _noted(tx, list(arrested.values()), "visee", "retournee")
    waiting = [paper for id_, paper in arrested.items() if noted.get(id_) != {"visee"}]
    return waiting, {uuid_of(one): date.fromisoformat(on) for one, _, on in found if on}


def _noted(tx: Transaction, papers: Sequence[UUID], *codes: str) -> dict[str, set[str]]:
    """Which of these facts are noted of each of these papers, by its number as the store has it."""
    v, found = EVENTS.table.c, dict[str, set[str]]()
    query = sa.select(raw(v.object_id), v.code).where(v.code.in_(codes), v.deleted_at.is_(None))
    for id_, code in sliced(papers, lambda some: tx.connection.execute(query.where(v.object_id.in_(some))).all()):
        found.setdefault(id_, set()).add(code)
    return found


def _interviews(tx: Transaction, among: Among) -> dict[UUID, date]:
    """The day of the last interview of each person, whether its note is arrêtée or not; one not begun proves none."""
    i = INTERVIEWS.table.c
    # In this order: only the row of a draft is read, the index answers for the others.
    written = sa.or_(i.closed_on.is_not(None), *(i[part] != "" for part in PARTS))
    query = sa.select(i.person_id, sa.func.max(i.held_on)).where(among(i.person_id), i.deleted_at.is_(None), written)
    return {row[0]: row[1] for row in tx.connection.execute(query.group_by(i.person_id)).all()}


def interview_drafts(tx: Transaction, among: Among) -> list[Interview]:
    """The notes that are not arrêtées, without a word of them."""
    i = INTERVIEWS.table.c
    fields = ("id", "person_id", "author_id", "held_on")
    return INTERVIEWS.partly(tx, fields, among(i.person_id), i.closed_on.is_(None))


def _sheets(tx: Transaction, among: Among) -> list[UUID]:
    """The sheets whose life is not over."""
    p = PRESCRIPTIONS.table.c
    query = sa.select(p.id).where(among(p.person_id), p.deleted_at.is_(None), ~_happened(p.id, *_ENDED))
    return list(tx.connection.execute(query).scalars())


def _happened(paper: sa.ColumnElement[UUID], *codes: str) -> sa.ColumnElement[bool]:
    """Whether one of these facts is noted of a paper: answered by an index."""
    v = EVENTS.table.c
    noted = sa.select(v.code).where(v.object_id == paper, v.code.in_(codes), v.deleted_at.is_(None))
    return noted.correlate(paper.table).exists()


def _last_mission_locale(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, date]:
    """The last day when a sheet for a mission locale was begun."""
    p = PRESCRIPTIONS.table.c
    query = sa.select(p.person_id, sa.func.max(p.drafted_on)).where(p.deleted_at.is_(None), p.sheet_code == _LOCAL)
    found = sliced(
        ids, lambda some: tx.connection.execute(query.where(p.person_id.in_(some)).group_by(p.person_id)).all()
    )
    return {row[0]: row[1] for row in found}


def plans(tx: Transaction, ids: Sequence[UUID]) -> list[tuple[Pacep, list[Event]]]:
    """These plans, without their axes, and their dated facts."""
    fields = ("id", "lineage", "person_id", "number", "started_on", "level", "next_review", "submitted_on")
    return _with_events(tx, PACEPS, fields, ids, "pacep")


def levels(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The level chosen in these plans, by person."""
    p = PACEPS.table.c
    query = sa.select(p.person_id, p.level).where(p.level.is_not(None))
    found = sliced(ids, lambda some: tx.connection.execute(query.where(p.id.in_(some))).all())
    return {row[0]: row[1] for row in found}


def reviewed_plans(tx: Transaction, among: Among) -> list[tuple[Pacep, list[Event]]]:
    """The plans of which a review may be told: in force, or the newest put to each of these persons."""
    p = PACEPS.table.c
    held = sa.select(p.id).where(among(p.person_id), p.deleted_at.is_(None), p.submitted_on.is_not(None))
    held = held.where(_happened(p.id, EventCode.IN_FORCE), ~_happened(p.id, EventCode.REPLACED))
    newest, _ = _plans(tx, among)
    return plans(tx, list({*newest, *tx.connection.scalars(held)}))


def situations(tx: Transaction, ids: Sequence[UUID]) -> Iterator[Dossier]:
    """What sets the review of these persons: their measures, their écrous, the fiche pénale in force of who is held."""
    measures = _by_person(sliced(ids, lambda some: MEASURES.partly(tx, _MEASURE, _M.person_id.in_(some))))
    custodies = _by_person(sliced(ids, lambda some: CUSTODIES.partly(tx, _CUSTODY, _C.person_id.in_(some))))
    sheets = _sheets_in_force(tx, custodies)
    for id_ in ids:
        held = custodies.get(id_, ())
        yield Dossier(person_id=id_, measures=measures.get(id_, ()), custodies=held, sheets=sheets.get(id_, ()))


def vague_plans(tx: Transaction, among: Among) -> list[Pacep]:
    """The newest version of a plan, as it stands, where an action may say not by whom or not when.

    Only those plans are read whole.
    """
    p = PACEPS.table.c
    vague = sa.select(ACTIONS.c.root_id).where(IS_VAGUE)
    query = sa.select(p.person_id).where(p.id.in_(vague), p.deleted_at.is_(None), among(p.person_id))
    persons = list(tx.connection.scalars(query.distinct()))
    plans = _by_person(sliced(persons, lambda some: PACEPS.find(tx, p.person_id.in_(some))))
    column = EVENTS.table.c.person_id
    noted = _by_person(sliced(persons, lambda some: EVENTS.find(tx, column.in_(some), kind="pacep")))
    return [standing(every, in_order(noted.get(id_, ())))[-1][0] for id_, every in plans.items()]


def evaluations(tx: Transaction, ids: Sequence[UUID]) -> list[tuple[Evaluation, list[Event]]]:
    """These versions, without their steps, and their dated facts."""
    fields = ("id", "lineage", "person_id", "number", "kind", "started_on", "form_code", "form_version", "frozen_on")
    return _with_events(tx, EVALUATIONS, fields, ids, "evaluation")


def sheets(tx: Transaction, ids: Sequence[UUID]) -> list[tuple[Prescription, list[Event]]]:
    """These sheets, without what they say, and their dated facts."""
    fields = ("id", "person_id", "partner_id", "service_id", "sheet_code", "drafted_on", "ready_on", "report_wanted_by")
    return _with_events(tx, PRESCRIPTIONS, fields, ids, "prescription")


def _with_events(
    tx: Transaction, records: Records[T], fields: Sequence[str], ids: Sequence[UUID], kind: str
) -> list[tuple[T, list[Event]]]:
    column = records.table.c.id
    found = list(sliced(ids, lambda some: records.partly(tx, fields, column.in_(some))))
    facts: dict[UUID, list[Event]] = {}
    for event in sliced(ids, lambda some: _events(tx, some, kind)):
        facts.setdefault(event.object_id, []).append(event)
    return [(one, facts.get(one.id, [])) for one in found]  # type: ignore[attr-defined]


def _events(tx: Transaction, ids: Sequence[UUID], kind: str) -> list[Event]:
    """The dated facts of these papers in the order of their entry, which their place in the list alone tells."""
    v, papers = EVENTS.table.c, {id_.hex: id_ for id_ in ids}
    query = sa.select(raw(v.object_id), v.code, v.happened_on, sa.type_coerce(v.detail, sa.String))
    query = query.where(v.object_id.in_(ids), v.deleted_at.is_(None)).order_by(v.entered_at, v.id)
    return [
        Event(
            id=_NOBODY, kind=kind, object_id=papers[about], code=code, happened_on=on, entered_at=_ONCE,
            entered_by=_NOBODY, detail=json.loads(detail) if detail != "{}" else {},
        )
        for about, code, on, detail in tx.connection.execute(query).all()
    ]  # fmt: skip


def partners(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, tuple[str, dict[UUID, str]]]:
    """The name of each structure, and the kind of each of its services."""
    found = PARTNERS.find(tx, PARTNERS.table.c.id.in_(ids)) if ids else []
    return {one.id: (one.name, {service.id: service.kind for service in one.services}) for one in found}


# -- beyond the officer's own dossiers -----------------------------------------------------------------------


def awaiting_visa(tx: Transaction) -> list[UUID]:
    """The persons whose plan or evaluation may await a visa: agreed or shared, and neither seen nor sent back since."""
    v, later = EVENTS.table.c, EVENTS.table.alias("later")
    waiting = (EventCode.AGREEMENT, "partagee")
    answered = (EventCode.VISA, EventCode.RETURNED, EventCode.REPLACED, "visee", "retournee")
    since = sa.exists().where(
        later.c.object_id == v.object_id, later.c.code.in_(answered), later.c.deleted_at.is_(None)
    )
    query = sa.select(v.person_id).where(v.code.in_(waiting), v.deleted_at.is_(None), ~since).distinct()
    return [one for one in tx.connection.execute(query).scalars() if one]


def conventions(tx: Transaction) -> list[tuple[UUID, str, date]]:
    """The partners still proposed, their name and the last day of their longest convention; none without an end."""
    today, found = tx.clock.today(), PARTNERS.find(tx)
    ends = [
        (one, [held.ends for held in one.conventions]) for one in found if one.conventions and one.offered_on(today)
    ]
    return [(one.id, one.name, max(day for day in days if day)) for one, days in ends if None not in days]


# -- slices --------------------------------------------------------------------------------------------------


def _by_person(records: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for one in records:
        found.setdefault(one.person_id, []).append(one)
    return found


def sliced(ids: Sequence[K], read: Callable[[Sequence[K]], Iterable[T]]) -> Iterable[T]:
    """What a statement finds of many numbers or keys, given to it some at a time."""
    for start in range(0, len(ids), _SLICE):
        yield from read(ids[start : start + _SLICE])
