"""Whom an officer follows today, for the lists of their own work: a condition, names, and under which intérim."""

from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.among import Among, keyed
from spip_desktop.db.numbers import raw
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import ASSIGNMENTS, PERSONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.access import Reach
from spip_desktop.domain.person import first_of
from spip_desktop.domain.text import capitals


def is_followed(tx: Transaction, reach: Reach, person_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Whether the person of that column is followed today by an officer of `reach`."""
    return person_id.in_(followed_by(tx, reach))


def followed_by(tx: Transaction, reach: Reach) -> sa.Select[tuple[UUID]]:
    """The persons whom an officer of `reach` follows today."""
    return sa.select(ASSIGNMENTS.table.c.person_id).where(_running(tx, reach))


def followed(tx: Transaction, reach: Reach) -> Among:
    """The same for the readings of many dossiers, which are told of them one after the other."""
    query = sa.select(raw(ASSIGNMENTS.table.c.person_id)).where(_running(tx, reach))
    return keyed(tx.connection.scalars(query).all())


def absent(tx: Transaction, reach: Reach) -> dict[UUID, str]:
    """Whom the officer stands in for, by the persons that the officer does not follow too."""
    a, o, found = ASSIGNMENTS.table.c, OFFICERS.table.c, dict[UUID, list[str]]()
    query = sa.select(a.person_id, o.id, o.first_name, o.family_name).join_from(ASSIGNMENTS.table, OFFICERS.table)
    followed = tx.connection.execute(query.where(_running(tx, reach))).all()
    mine = {row.person_id for row in followed if row.id == reach.officer_id}
    for row in followed:
        if row.person_id not in mine:
            found.setdefault(row.person_id, []).append(f"{row.first_name} {row.family_name}")
    return {person_id: ", ".join(names) for person_id, names in found.items()}


def names(tx: Transaction, ids: set[UUID]) -> dict[UUID, str]:
    """« Loïc PERRIN », by person."""
    p = PERSONS.table.c
    query = sa.select(p.id, p.first_names, p.usual_name, p.birth_name).where(p.id.in_(ids))
    return {
        row.id: f"{first_of(row.first_names)} {capitals(row.usual_name or row.birth_name)}".strip()
        for row in (tx.connection.execute(query) if ids else ())
    }


def _running(tx: Transaction, reach: Reach) -> sa.ColumnElement[bool]:
    a, today = ASSIGNMENTS.table.c, tx.clock.today()
    running = sa.and_(a.starts <= today, sa.or_(a.ends.is_(None), a.ends >= today))
    return sa.and_(a.officer_id.in_(tuple(reach.officers)), a.deleted_at.is_(None), running)
