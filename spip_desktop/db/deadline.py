"""What the échéances are worked out from, read for many dossiers at once; what the service decided of the rules.

Nothing here selects by a word typed about someone nor by what is sensitive (R. 113-51): by the person, by what runs,
by where a paper is in its life.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.evaluation import EVALUATIONS
from spip_desktop.db.event import EVENTS
from spip_desktop.db.followed import is_followed
from spip_desktop.db.pacep import PACEPS
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
from spip_desktop.domain.event import Event
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_states import EventCode
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import SheetState

RULE_SETTINGS = Records("rule_setting", RuleSetting)

T = TypeVar("T")
#: A condition on the column that says whose a row is.
Among = Callable[[sa.ColumnElement[UUID]], sa.ColumnElement[bool]]
#: Numbers given to one statement at once.
_SLICE = 500
_ENDED = (SheetState.CLOSED, SheetState.CANCELLED, SheetState.PARTNER_TOLD)
_P, _M, _C, _S = PERSONS.table.c, MEASURES.table.c, CUSTODIES.table.c, SHEETS.table.c
_MISSION_LOCALE = "mission_locale"


# -- whose ---------------------------------------------------------------------------------------------------


def followed(tx: Transaction, reach: Reach) -> Among:
    """Those whom the officers of `reach` follow today."""
    return lambda column: is_followed(tx, reach, column)


def these(ids: Collection[UUID]) -> Among:
    return lambda column: column.in_(tuple(ids))


def everybody(tx: Transaction) -> list[UUID]:
    """Every dossier of the store."""
    return list(tx.connection.execute(sa.select(_P.id).where(_P.deleted_at.is_(None)).order_by(_P.id)).scalars())


# -- the situation -------------------------------------------------------------------------------------------


def dossiers(tx: Transaction, among: Among) -> list[Dossier]:
    """What the rules look at of the situation of these persons."""
    measures = _by_person(MEASURES.find(tx, among(_M.person_id)))
    custodies = _by_person(CUSTODIES.find(tx, among(_C.person_id)))
    held = [id_ for id_, every in custodies.items() if any(one.ends is None for one in every)]
    sheets = _by_person(_sliced(held, lambda ids: SHEETS.find(tx, _S.person_id.in_(ids), _is_newest_sheet())))
    bases = _by_person(BASES.find(tx, among(BASES.table.c.person_id)))
    documents = _by_person(DOCUMENTS.find(tx, among(DOCUMENTS.table.c.person_id)))
    met, sent, planned = _last_met(tx, among), _last_mission_locale(tx, among), _last_planned(tx, among)
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
            met_on=met.get(one.id),
            mission_locale_on=sent.get(one.id),
            planned_on=planned.get(one.id),
        )
        for one in PERSONS.partly(tx, fields, among(_P.id))
    ]


def _is_newest_sheet() -> sa.ColumnElement[bool]:
    """The edition in force of its person."""
    other = SHEETS.table.alias("other_edition")
    newest = sa.select(other.c.id).where(other.c.person_id == _S.person_id, other.c.deleted_at.is_(None))
    return _S.id == newest.order_by(other.c.as_of.desc(), other.c.id.desc()).limit(1).scalar_subquery()


def _last_met(tx: Transaction, among: Among) -> dict[UUID, date]:
    """The last day of an interview that is noted."""
    e = EVALUATIONS.table.c
    query = sa.select(e.person_id, sa.func.max(e.interview_on)).where(among(e.person_id), e.deleted_at.is_(None))
    return _days(tx, query.group_by(e.person_id))


def _last_mission_locale(tx: Transaction, among: Among) -> dict[UUID, date]:
    """The last day when a sheet for a mission locale was begun."""
    p = PRESCRIPTIONS.table.c
    query = sa.select(p.person_id, sa.func.max(p.drafted_on)).where(among(p.person_id), p.deleted_at.is_(None))
    return _days(tx, query.where(p.sheet_code == _MISSION_LOCALE).group_by(p.person_id))


def _last_planned(tx: Transaction, among: Among) -> dict[UUID, date]:
    """The last day when a plan was put to the person."""
    p = PACEPS.table.c
    query = sa.select(p.person_id, sa.func.max(p.submitted_on)).where(among(p.person_id), p.deleted_at.is_(None))
    return _days(tx, query.group_by(p.person_id))


def _days(tx: Transaction, query: sa.Select[Any]) -> dict[UUID, date]:
    return {person_id: day for person_id, day in tx.connection.execute(query) if day}


# -- the work with the person --------------------------------------------------------------------------------


def plans(tx: Transaction, among: Among) -> list[tuple[Pacep, list[Event]]]:
    """The newest plan put to each person, without its axes, and its dated facts."""
    fields = ("id", "lineage", "person_id", "number", "started_on", "level", "next_review", "submitted_on")
    p = PACEPS.table.c
    newest = _is_newest(PACEPS, "submitted_on")
    found = PACEPS.partly(tx, fields, among(p.person_id), p.submitted_on.is_not(None), newest)
    facts = _events(tx, [one.id for one in found])
    return [(one, facts.get(one.id, [])) for one in found]


def evaluations(tx: Transaction, among: Among) -> list[tuple[Evaluation, list[Event]]]:
    """The newest version of each person that is arrêtée, and its dated facts."""
    fields = ("id", "lineage", "person_id", "number", "kind", "started_on", "form_code", "form_version", "frozen_on")
    e = EVALUATIONS.table.c
    newest = _is_newest(EVALUATIONS, "frozen_on")
    found = EVALUATIONS.partly(tx, fields, among(e.person_id), e.frozen_on.is_not(None), newest)
    facts = _events(tx, [one.id for one in found])
    return [(one, facts.get(one.id, [])) for one in found]


def _is_newest(records: Records[Any], frozen: str) -> sa.ColumnElement[bool]:
    """No later version of the same person is frozen."""
    mine, later = records.table.c, records.table.alias("later_version").c
    newer = sa.exists().where(
        later.person_id == mine.person_id, later.number > mine.number, later.deleted_at.is_(None),
        later[frozen].is_not(None),
    )  # fmt: skip
    return ~newer


def sheets(tx: Transaction, among: Among) -> list[tuple[Prescription, list[Event]]]:
    """The sheets whose life is not over, without what they say, and their dated facts."""
    fields = ("id", "person_id", "partner_id", "service_id", "sheet_code", "drafted_on", "ready_on", "report_wanted_by")
    p, v = PRESCRIPTIONS.table.c, EVENTS.table.c
    over = sa.exists().where(v.object_id == p.id, v.code.in_(_ENDED), v.deleted_at.is_(None))
    found = PRESCRIPTIONS.partly(tx, fields, among(p.person_id), ~over)
    facts = _events(tx, [one.id for one in found])
    return [(one, facts.get(one.id, [])) for one in found]


def partners(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, tuple[str, dict[UUID, str]]]:
    """The name of each structure, and the kind of each of its services."""
    found = PARTNERS.find(tx, PARTNERS.table.c.id.in_(ids)) if ids else []
    return {one.id: (one.name, {service.id: service.kind for service in one.services}) for one in found}


def _events(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = {}
    fields = ("id", "kind", "object_id", "code", "happened_on", "entered_at", "entered_by", "detail")
    for event in _sliced(ids, lambda some: EVENTS.partly(tx, fields, EVENTS.table.c.object_id.in_(some))):
        found.setdefault(event.object_id, []).append(event)
    return found


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


# -- slices --------------------------------------------------------------------------------------------------


def _by_person(records: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for one in records:
        found.setdefault(one.person_id, []).append(one)
    return found


def _sliced(ids: Sequence[UUID], read: Callable[[Sequence[UUID]], Iterable[T]]) -> Iterable[T]:
    for start in range(0, len(ids), _SLICE):
        yield from read(ids[start : start + _SLICE])
