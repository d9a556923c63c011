"""What the échéances are worked out from, read for many dossiers at once; what the service decided of the rules.

Nothing here selects by a word typed about someone nor by what is sensitive (R. 113-51): by the person, by what runs,
by where a paper is in its life.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import appointment as appointments
from spip_desktop.db import obligation
from spip_desktop.db.among import Among, is_among, keyed, these
from spip_desktop.db.evaluation import EVALUATIONS
from spip_desktop.db.event import EVENTS
from spip_desktop.db.interview import INTERVIEWS
from spip_desktop.db.numbers import raw, uuid_of
from spip_desktop.db.pacep import ACTIONS, IS_VAGUE, PACEPS, standing
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import DOCUMENTS, PERSONS
from spip_desktop.db.prescription import IS_END, PRESCRIPTIONS
from spip_desktop.db.records import Records
from spip_desktop.db.situation import BASES, CUSTODIES, MEASURES, SHEETS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.deadline import RuleSetting
from spip_desktop.domain.deadline_facts import Dossier
from spip_desktop.domain.evaluation import Evaluation
from spip_desktop.domain.event import Event, in_order
from spip_desktop.domain.interview import PARTS, Interview
from spip_desktop.domain.measure import Custody, Measure, SentenceSheet
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_states import EventCode
from spip_desktop.domain.prescription import Prescription

RULE_SETTINGS = Records("rule_setting", RuleSetting)

T = TypeVar("T")
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
_P, _S, _L, _E = PERSONS.table.c, SHEETS.table.c, PACEPS.table.c, EVALUATIONS.table.c
_V, _I, _R = EVENTS.table.c, INTERVIEWS.table.c, PRESCRIPTIONS.table.c
#: Events are read here for their course, which their order tells: not for their numbers, instants nor authors.
_NOBODY, _ONCE = UUID(int=0), datetime.min.replace(tzinfo=UTC)


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
    measures = _by_person(_measures(tx, among))
    custodies = _by_person(CUSTODIES.partly(tx, _CUSTODY, person_id=among))
    held = _held(custodies)
    sheets = _sheets_in_force(tx, held)
    sent = _by_number(tx, _MISSION_LOCALE, held)
    bases = _by_person(BASES.partly(tx, _BASIS, person_id=among))
    documents = _by_person(DOCUMENTS.partly(tx, _DOCUMENT, person_id=among))
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
        for one in PERSONS.partly(tx, fields, id=among)
    ]


def _measures(tx: Transaction, among: Among) -> list[Measure]:
    """With when they were suspended, which puts off the end of their delay."""
    stops = obligation.suspensions(tx, among)
    found = MEASURES.partly(tx, _MEASURE, person_id=among)
    return [replace(one, suspensions=stops[one.id]) if one.id in stops else one for one in found]


def _held(custodies: Mapping[UUID, Sequence[Custody]]) -> Among:
    return these(id_ for id_, every in custodies.items() if any(one.ends is None for one in every))


def _sheets_in_force(tx: Transaction, held: Among) -> dict[UUID, list[SentenceSheet]]:
    """The fiche pénale in force of those who are held."""
    return _by_person(SHEETS.find(tx, _IS_NEWEST_SHEET, person_id=held))


def _is_newest_sheet() -> sa.ColumnElement[bool]:
    """The edition in force of its person."""
    other = SHEETS.table.alias("other_edition")
    newest = sa.select(other.c.id).where(other.c.person_id == _S.person_id, other.c.deleted_at.is_(None))
    return _S.id == newest.order_by(other.c.as_of.desc(), other.c.id.desc()).limit(1).scalar_subquery()


_IS_NEWEST_SHEET = _is_newest_sheet()


# -- the work with the person --------------------------------------------------------------------------------


#: Where the record stands in what `_ranked` says.
_ID = slice(9, 41)


def _ranked(number: sa.ColumnElement[int], id_: sa.ColumnElement[UUID]) -> sa.ColumnElement[str]:
    """A number and the record that has it, as a text whose greatest is the newest: SQLite tells it in one pass."""
    return sa.func.printf("%09d", number).concat(raw(id_))


def _noted(paper: sa.ColumnElement[UUID], fact: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether such a fact is noted of a paper: answered by an index."""
    return (
        sa.select(_V.code).where(_V.object_id == paper, fact, _V.deleted_at.is_(None)).correlate(paper.table).exists()
    )


#: The newest plan put to each person, and the day it was.
_PLANS = (
    sa.select(raw(_L.person_id), sa.func.max(_ranked(_L.number, _L.id).concat(raw(_L.submitted_on))))
    .where(is_among(_L.person_id), _L.deleted_at.is_(None), _L.submitted_on.is_not(None))
    .group_by(_L.person_id)
)
#: The plans in force.
_IN_FORCE = sa.select(_L.id).where(
    *(is_among(_L.person_id), _L.deleted_at.is_(None), _L.submitted_on.is_not(None)),
    *(_noted(_L.id, _V.code == EventCode.IN_FORCE), ~_noted(_L.id, _V.code == EventCode.REPLACED)),
)
#: The newest version of each person that is arrêtée, and the last interview that is noted.
_EVALUATIONS = (
    sa.select(
        *(raw(_E.person_id), sa.func.max(sa.case((_E.frozen_on.is_not(None), _ranked(_E.number, _E.id))))),
        sa.func.max(raw(_E.interview_on)),
    )
    .where(is_among(_E.person_id), _E.deleted_at.is_(None))
    .group_by(_E.person_id)
)
#: Which versions were seen, or sent back.
_ANSWERED = sa.select(raw(_V.object_id), _V.code).where(
    is_among(_V.object_id), _V.code.in_(("visee", "retournee")), _V.deleted_at.is_(None)
)
#: The last interview of each person, whether its note is arrêtée or not; one not begun proves none.
_INTERVIEWS = (
    sa.select(raw(_I.person_id), sa.func.max(_I.held_on))
    # In this order: only the row of a draft is read, the index answers for the others.
    .where(is_among(_I.person_id), _I.deleted_at.is_(None))
    .where(sa.or_(_I.closed_on.is_not(None), *(_I[part] != "" for part in PARTS)))
    .group_by(_I.person_id)
)
#: The sheets whose life is not over.
_SHEETS = sa.select(raw(_R.id)).where(is_among(_R.person_id), _R.deleted_at.is_(None), ~_noted(_R.id, IS_END))
#: The last day when a sheet for a mission locale was begun.
_MISSION_LOCALE = (
    sa.select(raw(_R.person_id), sa.func.max(_R.drafted_on))
    .where(is_among(_R.person_id), _R.deleted_at.is_(None), _R.sheet_code == "mission_locale")
    .group_by(_R.person_id)
)
#: The level chosen in a plan, by person.
_LEVELS = sa.select(raw(_L.person_id), _L.level).where(is_among(_L.id), _L.level.is_not(None))
#: The persons of whom the newest version of a plan may hold an action that says not by whom or not when.
_VAGUE = (
    sa.select(_L.person_id)
    .where(_L.id.in_(sa.select(ACTIONS.c.root_id).where(IS_VAGUE)), _L.deleted_at.is_(None), is_among(_L.person_id))
    .distinct()
)
#: The dated facts of these papers, in the order of their entry.
_FACTS = (
    sa.select(raw(_V.object_id), _V.code, _V.happened_on, raw(_V.detail))
    .where(is_among(_V.object_id), _V.deleted_at.is_(None))
    .order_by(_V.entered_at, _V.id)
)


def papers(tx: Transaction, among: Among) -> Papers:
    """Each table is looked through once, a few columns of it: five years leave many papers in a dossier."""
    plan_ids, planned = _plans(tx, among)
    evaluation_ids, met = _evaluations(tx, among)
    for noted in (_by_number(tx, _INTERVIEWS, among), appointments.met(tx, among)):
        for person_id, on in noted.items():
            met[person_id] = max(met.get(person_id, on), on)
    sheet_ids = [uuid_of(one) for one in tx.connection.scalars(_SHEETS, among.told).all()]
    return Papers(plan_ids, evaluation_ids, sheet_ids, met, planned)


def _plans(tx: Transaction, among: Among) -> tuple[list[UUID], dict[UUID, date]]:
    """The newest plan put to each person, and the day it was."""
    found = tx.connection.execute(_PLANS, among.told).all()
    days = {uuid_of(one): date.fromisoformat(last[_ID.stop :]) for one, last in found}
    return [uuid_of(last[_ID]) for _, last in found], days


def _evaluations(tx: Transaction, among: Among) -> tuple[list[UUID], dict[UUID, date]]:
    """The newest version of each person that is arrêtée and not seen yet, and the last interview that is noted."""
    found = tx.connection.execute(_EVALUATIONS, among.told).all()
    arrested = {newest[_ID] for _, newest, _ in found if newest}
    answers: dict[str, set[str]] = {}
    for id_, code in tx.connection.execute(_ANSWERED, keyed(arrested).told).all():
        answers.setdefault(id_, set()).add(code)
    waiting = [uuid_of(id_) for id_ in sorted(arrested) if answers.get(id_) != {"visee"}]
    return waiting, {uuid_of(one): date.fromisoformat(on) for one, _, on in found if on}


def interview_drafts(tx: Transaction, among: Among) -> list[Interview]:
    """The notes that are not arrêtées, without a word of them."""
    fields = ("id", "person_id", "author_id", "held_on")
    return INTERVIEWS.partly(tx, fields, person_id=among, closed_on=None)


def plans(tx: Transaction, ids: Collection[UUID]) -> list[tuple[Pacep, list[Event]]]:
    """These plans, without their axes, and their dated facts."""
    fields = ("id", "lineage", "person_id", "number", "started_on", "level", "next_review", "submitted_on")
    return _with_events(tx, PACEPS, fields, ids, "pacep")


def levels(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, str]:
    """The level chosen in these plans, by person."""
    return _by_number(tx, _LEVELS, these(ids))


def reviewed_plans(tx: Transaction, among: Among) -> list[tuple[Pacep, list[Event]]]:
    """The plans of which a review may be told: in force, or the newest put to each of these persons."""
    newest, _ = _plans(tx, among)
    return plans(tx, {*newest, *tx.connection.scalars(_IN_FORCE, among.told)})


def situations(tx: Transaction, ids: Sequence[UUID]) -> Iterator[Dossier]:
    """What sets the review of these persons: their measures, their écrous, the fiche pénale in force of who is held."""
    among = these(ids)
    measures = _by_person(MEASURES.partly(tx, _MEASURE, person_id=among))
    custodies = _by_person(CUSTODIES.partly(tx, _CUSTODY, person_id=among))
    sheets = _sheets_in_force(tx, _held(custodies))
    for id_ in ids:
        held = custodies.get(id_, ())
        yield Dossier(person_id=id_, measures=measures.get(id_, ()), custodies=held, sheets=sheets.get(id_, ()))


def vague_plans(tx: Transaction, among: Among) -> list[Pacep]:
    """The newest version of a plan, as it stands, where an action may say not by whom or not when.

    Only those plans are read whole.
    """
    persons = these(tx.connection.scalars(_VAGUE, among.told))
    plans = _by_person(PACEPS.find(tx, person_id=persons))
    noted = _by_person(EVENTS.find(tx, person_id=persons, kind="pacep") if plans else ())
    return [standing(every, in_order(noted.get(id_, ())))[-1][0] for id_, every in plans.items()]


def evaluations(tx: Transaction, ids: Collection[UUID]) -> list[tuple[Evaluation, list[Event]]]:
    """These versions, without their steps, and their dated facts."""
    fields = ("id", "lineage", "person_id", "number", "kind", "started_on", "form_code", "form_version", "frozen_on")
    return _with_events(tx, EVALUATIONS, fields, ids, "evaluation")


def sheets(tx: Transaction, ids: Collection[UUID]) -> list[tuple[Prescription, list[Event]]]:
    """These sheets, without what they say, and their dated facts."""
    fields = ("id", "person_id", "partner_id", "service_id", "sheet_code", "drafted_on", "ready_on", "report_wanted_by")
    return _with_events(tx, PRESCRIPTIONS, fields, ids, "prescription")


def _with_events(
    tx: Transaction, records: Records[T], fields: Sequence[str], ids: Collection[UUID], kind: str
) -> list[tuple[T, list[Event]]]:
    if not ids:
        return []
    among, facts = these(ids), _facts(tx, ids, kind)
    return [(one, facts[one.id]) for one in records.partly(tx, fields, id=among)]  # type: ignore[attr-defined]


def _facts(tx: Transaction, ids: Collection[UUID], kind: str) -> dict[UUID, list[Event]]:
    """The dated facts of these papers in the order of their entry, which their place in the list alone tells."""
    papers = {id_.hex: id_ for id_ in ids}
    found: dict[UUID, list[Event]] = {id_: [] for id_ in ids}
    for about, code, on, detail in tx.connection.execute(_FACTS, keyed(papers).told).all():
        found[papers[about]].append(
            Event(
                id=_NOBODY, kind=kind, object_id=papers[about], code=code, happened_on=on, entered_at=_ONCE,
                entered_by=_NOBODY, detail=json.loads(detail) if detail != "{}" else {},
            )
        )  # fmt: skip
    return found


def partners(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, tuple[str, dict[UUID, str]]]:
    """The name of each structure, and the kind of each of its services."""
    found = PARTNERS.find(tx, id=these(ids)) if ids else []
    return {one.id: (one.name, {service.id: service.kind for service in one.services}) for one in found}


# -- beyond the officer's own dossiers -----------------------------------------------------------------------


def awaiting_visa(tx: Transaction) -> list[UUID]:
    """The persons whose plan or evaluation may await a visa: agreed or shared, and neither seen nor sent back since."""
    v, later = _V, EVENTS.table.alias("later")
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


# -- by person -----------------------------------------------------------------------------------------------


def _by_person(records: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for one in records:
        found.setdefault(one.person_id, []).append(one)
    return found


def _by_number(tx: Transaction, statement: sa.Select[*tuple[Any, ...]], among: Among) -> dict[UUID, Any]:
    """What a statement of two columns says of each number."""
    return {uuid_of(id_): value for id_, value in tx.connection.execute(statement, among.told).all()}
