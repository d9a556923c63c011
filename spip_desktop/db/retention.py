"""The dossiers whose end is known, as the rules of retention look at them; those in the bin included."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.person import PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.schema import REVISION
from spip_desktop.db.situation import BASES, CUSTODIES, MEASURES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.retention import Followed


class _OfPerson(Protocol):
    @property
    def person_id(self) -> UUID: ...


One = TypeVar("One", bound=_OfPerson)
_P, _M, _C = PERSONS.table.c, MEASURES.table.c, CUSTODIES.table.c


def ended(tx: Transaction) -> list[UUID]:
    """The dossiers without an open écrou, and without a running measure or with a lifted écrou."""
    running = sa.exists().where(_M.person_id == _P.id, _M.deleted_at.is_(None), _M.ended_on.is_(None))
    inside = sa.exists().where(_C.person_id == _P.id, _C.deleted_at.is_(None), _C.ends.is_(None))
    released = sa.exists().where(_C.person_id == _P.id, _C.deleted_at.is_(None), _C.ends.is_not(None))
    return list(tx.connection.scalars(sa.select(_P.id).where(~inside, sa.or_(~running, released))))


def followed(tx: Transaction, person_ids: Sequence[UUID]) -> list[Followed]:
    """These dossiers with what the rules need, in the same order."""
    measures, bases = _by_person(tx, MEASURES, person_ids), _by_person(tx, BASES, person_ids)
    custodies = _by_person(tx, CUSTODIES, person_ids)
    entered = _entered(tx, person_ids)
    return [
        Followed(
            person_id=id_,
            entered_on=entered[id_],
            measures=measures.get(id_, ()),
            custodies=custodies.get(id_, ()),
            bases=bases.get(id_, ()),
        )
        for id_ in person_ids
        if id_ in entered
    ]


def _by_person(tx: Transaction, records: Records[One], person_ids: Iterable[UUID]) -> dict[UUID, list[One]]:
    found: dict[UUID, list[One]] = {}
    for some in _slices(list(person_ids)):
        for one in records.find(tx, records.table.c.person_id.in_(some)):
            found.setdefault(one.person_id, []).append(one)
    return found


def _entered(tx: Transaction, person_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The Paris day of each person's first revision here."""
    r = REVISION.c
    found: dict[UUID, date] = {}
    for some in _slices(list(person_ids)):
        query = sa.select(r.object_id, sa.func.min(r.at, type_=r.at.type)).where(r.object_id.in_(some))
        for id_, at in tx.connection.execute(query.group_by(r.object_id)):
            found[id_] = at.astimezone(PARIS).date()
    return found


def _slices(ids: Sequence[UUID], size: int = 500) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
