"""Whom each officer follows, with the level chosen for each; the ratios that the service has written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.appointment import absences
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.person import ASSIGNMENTS, INTERIMS, PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.agenda import Half
from spip_desktop.domain.workload import LoadRatio

LOAD_RATIOS = Records("load_ratio", LoadRatio)


@dataclass(frozen=True, slots=True)
class Followed:
    """One person followed today by an officer: the level of the newest plan put to them, whether they are detained."""

    officer_id: UUID
    person_id: UUID
    level: str
    held: bool


def level_of(tx: Transaction, person_id: UUID) -> str:
    """The level of the newest plan put to a person; empty without one."""
    found = tx.connection.execute(_level(person_id)).scalars().first()
    return str(found or "")


def away(tx: Transaction) -> dict[UUID, date]:
    """Who is absent all of today, until when: by an absence of the agenda, or replaced under an intérim."""
    i, today = INTERIMS.table.c, tx.clock.today()
    running = sa.and_(i.starts <= today, i.ends >= today, i.deleted_at.is_(None))
    found = [(one.officer_id, one.ends) for one in absences(tx, today, today) if one.half is Half.DAY]
    found += [(id_, ends) for id_, ends in tx.connection.execute(sa.select(i.absent_id, i.ends).where(running))]
    until: dict[UUID, date] = {}
    for id_, ends in found:
        until[id_] = max(ends, until.get(id_, ends))
    return until


def _level(person_id: UUID | sa.ColumnElement[UUID]) -> sa.Select[tuple[str]]:
    p = PACEPS.table.c
    put = sa.and_(p.level.is_not(None), p.submitted_on.is_not(None), p.deleted_at.is_(None))
    return sa.select(p.level).where(p.person_id == person_id, put).order_by(p.number.desc()).limit(1)


def followed(tx: Transaction, officers: Iterable[UUID]) -> list[Followed]:
    """Each person once for each officer who follows them today."""
    a, today = ASSIGNMENTS.table.c, tx.clock.today()
    running = sa.and_(a.starts <= today, sa.or_(a.ends.is_(None), a.ends >= today), a.deleted_at.is_(None))
    c, level = CUSTODIES.table.c, _level(a.person_id).scalar_subquery()
    open_ = sa.and_(c.person_id == a.person_id, c.deleted_at.is_(None), sa.or_(c.ends.is_(None), c.ends > today))
    held = sa.exists().where(open_, c.hosted, sa.or_(c.starts.is_(None), c.starts <= today))
    query = (
        sa.select(a.officer_id, a.person_id, level, held)
        .join(PERSONS.table, PERSONS.table.c.id == a.person_id)
        .where(a.officer_id.in_(list(officers)), running, PERSONS.table.c.deleted_at.is_(None))
        .distinct()
    )
    rows = tx.connection.execute(query)
    return [Followed(officer_id, person_id, level or "", bool(held)) for officer_id, person_id, level, held in rows]
