"""A dossier that was just started, put in the bin and taken back as a whole."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.person import ASSIGNMENTS, PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction

#: The tables that hold all of it.
TABLES = frozenset({"person", "custody", "assignment"})
_PARTS: tuple[Records[Any], ...] = (CUSTODIES, ASSIGNMENTS)


def bin_whole(tx: Transaction, person_id: UUID) -> None:
    for records, id_ in _every(tx, person_id):
        records.bin(tx, id_)
    PERSONS.bin(tx, person_id)


def restore_whole(tx: Transaction, person_id: UUID) -> None:
    for records, id_ in _every(tx, person_id):
        records.restore(tx, id_)
    PERSONS.restore(tx, person_id)


def _every(tx: Transaction, person_id: UUID) -> list[tuple[Records[Any], UUID]]:
    """Those in the bin too."""
    found = []
    for records in _PARTS:
        query = sa.select(records.table.c.id).where(records.table.c.person_id == person_id)
        found += [(records, id_) for id_ in tx.connection.execute(query).scalars()]
    return found
