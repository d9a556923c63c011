"""Who is meant by what one types, and who arrived: a few persons told by name."""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import search
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import ASSIGNMENTS, PERSONS
from spip_desktop.db.person_list import following, reached
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.access import Reach
from spip_desktop.domain.person import first_of
from spip_desktop.domain.person_list import PersonHit
from spip_desktop.domain.text import fold

_P, _C, _A, _O = PERSONS.table, CUSTODIES.table, ASSIGNMENTS.table, OFFICERS.table
_ECROU = re.compile(r"\d{1,8}")
_AFTER_ANY_LETTER = "\U0010ffff"
#: More candidates than lines shown, so that those shown are the first by name among many.
_CANDIDATES = 5


def hits(tx: Transaction, typed: str, limit: int, within: Reach | None = None) -> list[PersonHit]:
    """Who is meant by what was typed: an exact écrou number first, then names that begin so, then any word.

    A hit tells who it is and who follows; `within` for who learns nothing of a dossier that is not theirs.
    """
    open_ = sa.true() if within is None else reached(within, tx.clock.today())
    found: dict[UUID, PersonHit] = {}
    number = typed.replace(" ", "").strip()
    if _ECROU.fullmatch(number):
        for hit in _hits(tx, sa.and_(_C.c.ecrou_number == number, open_), limit):
            found[hit.id] = dataclasses.replace(hit, exact=True)
    key = fold(typed)
    if key and len(found) < limit:
        begins = sa.and_(_P.c.sort_key >= key, _P.c.sort_key < key + _AFTER_ANY_LETTER, open_)
        found |= _missing(found, _hits(tx, begins, limit))
    if key and len(found) < limit and within is not None:
        found |= _missing(found, _hits(tx, sa.and_(search.condition(_P.c.id, typed), open_), limit))
    elif key and len(found) < limit:
        ids = search.matching(tx, typed, limit * _CANDIDATES)
        found |= _missing(found, _hits(tx, _P.c.id.in_(ids), limit * _CANDIDATES) if ids else [])
    shown = list(found.values())[:limit]
    who = _followers(tx, [hit.id for hit in shown])
    return [dataclasses.replace(hit, officers=who.get(hit.id, "")) for hit in shown]


def arrived(tx: Transaction, on: date) -> list[PersonHit]:
    """Those whose écrou began on that day, in the order in which they were typed: who it is, and who follows."""
    starts = CUSTODIES.table.alias("of_the_day")
    query = sa.select(starts.c.person_id).where(starts.c.starts == on, starts.c.deleted_at.is_(None))
    ids = list(tx.connection.execute(query.order_by(starts.c.id)).scalars())
    found = {hit.id: hit for hit in _hits(tx, _P.c.id.in_(ids), len(ids))}
    who = _followers(tx, ids)
    return [dataclasses.replace(found[id_], officers=who.get(id_, "")) for id_ in ids if id_ in found]


def _followers(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Who follows these persons today: read for the hits shown, not for every candidate."""
    names = sa.func.aggregate_strings(_O.c.first_name + " " + _O.c.family_name, ", ")
    query = sa.select(_A.c.person_id, names.label("names")).select_from(_A.join(_O, _O.c.id == _A.c.officer_id))
    query = query.where(_A.c.person_id.in_(ids), *following(tx.clock.today())).group_by(_A.c.person_id)
    return {row.person_id: row.names for row in tx.connection.execute(query)}


def _missing(found: Mapping[UUID, PersonHit], more: list[PersonHit]) -> dict[UUID, PersonHit]:
    return {hit.id: hit for hit in more if hit.id not in found}


def _hits(tx: Transaction, condition: sa.ColumnElement[bool], limit: int) -> list[PersonHit]:
    open_custody = sa.and_(_C.c.person_id == _P.c.id, _C.c.deleted_at.is_(None), _C.c.ends.is_(None))
    names = (_P.c.id, _P.c.birth_name, _P.c.usual_name, _P.c.first_names, _P.c.birth_date)
    query = sa.select(*names, _C.c.ecrou_number).select_from(_P.outerjoin(_C, open_custody))
    query = query.where(_P.c.deleted_at.is_(None), condition).order_by(_P.c.sort_key).limit(limit)
    return [
        PersonHit(
            id=row.id,
            birth_name=row.birth_name,
            usual_name=row.usual_name,
            first_name=first_of(row.first_names),
            birth_date=row.birth_date,
            ecrou_number=row.ecrou_number or "",
        )
        for row in tx.connection.execute(query)
    ]
