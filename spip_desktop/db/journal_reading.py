"""Reading the journal: some lines by their filter, and whose dossiers were consulted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import journal
from spip_desktop.db.erasure import tables_of_persons
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import ASSIGNMENTS, CONSULTATION, INTERIMS, PERSONS
from spip_desktop.db.schema import JOURNAL
from spip_desktop.db.store import Transaction
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.journal import JournalFilter

_J = JOURNAL.c


def page(tx: Transaction, wanted: JournalFilter, offset: int, limit: int) -> list[tuple[int, journal.Line]]:
    """Some lines with their numbers, the newest first."""
    query = sa.select(JOURNAL).where(*_conditions(tx, wanted)).order_by(_J.seq.desc()).offset(offset).limit(limit)
    return [(row["seq"], _line(row)) for row in tx.connection.execute(query).mappings()]


def count(tx: Transaction, wanted: JournalFilter) -> int:
    return tx.connection.scalar(sa.select(sa.func.count()).where(*_conditions(tx, wanted)).select_from(JOURNAL)) or 0


def distinct(tx: Transaction, column: str) -> list[str]:
    """Every act, kind or officer that the lines kept hold."""
    return [str(one) for one in tx.connection.scalars(sa.select(_J[column]).distinct())]


def bounds(tx: Transaction) -> tuple[int, int]:
    """The numbers of the first and last lines kept; (0, 0) without any."""
    first, last = tx.connection.execute(sa.select(sa.func.min(_J.seq), sa.func.max(_J.seq))).one()
    return first or 0, last or 0


def names(tx: Transaction) -> dict[str, str]:
    """By what name a line tells an officer or a structure, in the bin or not: the identifier, never who it is."""
    told = (OFFICERS.table.c.identifier, PARTNERS.table.c.name)
    return {
        str(id_): name for column in told for id_, name in tx.connection.execute(sa.select(column.table.c.id, column))
    }


def dossiers(tx: Transaction, objects: Collection[UUID]) -> dict[UUID, UUID]:
    """Which of these objects are, or hang on, a person who is in the store: object → person."""
    wanted = list(objects)
    present = PERSONS.table.c
    found = {id_: id_ for id_ in tx.connection.scalars(sa.select(present.id).where(present.id.in_(wanted)))}
    for table in tables_of_persons():
        query = sa.select(table.c.id, table.c.person_id).where(table.c.id.in_(wanted))
        found |= {id_: person for id_, person in tx.connection.execute(query) if person is not None}
    return found


def consultations(tx: Transaction, wanted: JournalFilter) -> list[tuple[UUID, int, int, int]]:
    """By officer: consultations, those of dossiers followed by others that day, those with a reason.

    A dossier nobody follows is nobody else's; the day is taken in UTC.
    """
    lines = sa.select(_J.officer, _J.object, _J.reason, _J.at).where(
        _J.act == CONSULTATION, *_conditions(tx, JournalFilter(starts=wanted.starts, ends=wanted.ends))
    )
    line = lines.subquery().c
    given = line.reason != ""
    elsewhere = sa.or_(given, sa.and_(_followed(line, by_reader=False), sa.not_(_followed(line, by_reader=True))))
    query = sa.select(
        line.officer,
        sa.func.count(),
        sa.func.sum(sa.cast(elsewhere, sa.Integer)),
        sa.func.sum(sa.cast(given, sa.Integer)),
    ).group_by(line.officer)
    return [(UUID(officer), total, other, why) for officer, total, other, why in tx.connection.execute(query)]


def _followed(line: Any, *, by_reader: bool) -> sa.ColumnElement[bool]:
    """Whether someone, or the reader and those they stand in for, followed the dossier on the line's day."""
    a, day = ASSIGNMENTS.table.alias(), sa.func.substr(line.at, 1, 10)
    running = [a.c.person_id == _hex(line.object), a.c.deleted_at.is_(None), _runs(a, day)]
    if by_reader:
        i = INTERIMS.table.alias()
        stands_in = sa.select(i.c.absent_id).where(
            i.c.replacement_id == _hex(line.officer), i.c.deleted_at.is_(None), _runs(i, day)
        )
        running.append(sa.or_(a.c.officer_id == _hex(line.officer), a.c.officer_id.in_(stands_in)))
    return sa.exists().where(*running)


def _runs(table: Any, day: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    starts, ends = sa.cast(table.c.starts, sa.Text), sa.cast(table.c.ends, sa.Text)
    return sa.and_(starts <= day, sa.or_(table.c.ends.is_(None), ends >= day))


def _hex(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A number as the journal writes it, as the tables of records keep it."""
    return sa.type_coerce(sa.func.replace(column, "-", ""), sa.Uuid())


def _conditions(tx: Transaction, wanted: JournalFilter) -> Sequence[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.starts:
        found.append(_J.at >= _midnight(datetime.combine(wanted.starts, time(), PARIS)))
    if wanted.ends:
        found.append(_J.at < _midnight(datetime.combine(wanted.ends + timedelta(days=1), time(), PARIS)))
    if wanted.officer:
        found.append(_J.officer == str(wanted.officer))
    if wanted.act:
        found.append(_J.act == wanted.act)
    if wanted.kind:
        found.append(_J.kind == wanted.kind)
    if wanted.dossier:
        found.append(_J.object.in_([str(one) for one in _of_dossier(tx, wanted.dossier)]))
    return found


def _midnight(at: datetime) -> str:
    return journal.stamp(at.astimezone(UTC))


def _of_dossier(tx: Transaction, person_id: UUID) -> list[UUID]:
    """The person, and everything that hangs on them; an erased dossier keeps only its number."""
    found = [person_id]
    for table in tables_of_persons():
        found += tx.connection.scalars(sa.select(table.c.id).where(table.c.person_id == person_id))
    return found


def _line(row: Mapping[Any, Any]) -> journal.Line:
    return journal.Line(
        datetime.fromisoformat(row["at"]),
        UUID(row["officer"]),
        row["act"],
        row["kind"],
        UUID(row["object"]) if row["object"] else None,
        row["reason"],
        row["recipient"],
    )
