"""Erasing a dossier for good, from every table that speaks of a person (security.md §6.4).

`secure_delete` and the search index's own `secure-delete` overwrite the pages; the caller then empties the WAL and
makes the backups again.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import search, transfer
from spip_desktop.db.duplicate import DUPLICATES
from spip_desktop.db.event import EVENTS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.schema import DRAFT, METADATA, REVISION, SEAT
from spip_desktop.db.situation import CUSTODIES, SHEETS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.retention import Erasure, Hold

HOLDS = Records("retention_hold", Hold, references={"person_id": "person"}, index=[("person_id",)])
ERASURES = Records("erasure", Erasure, index=[("batch",)])

#: Tables that say nothing of a person followed, each looked at: a new table is in neither list until it is (tests).
OF_NOBODY = frozenset(
    {"store_info", "journal", "definition", "technical_log", "officer", "service", "interim", "erasure"}
    | {"partner", "partner_services", "partner_services_contacts", "service_sheet", "service_form", "rule_setting"}
    | {"partner_conventions", "need_partner", "public_structure", "public_service", "public_import"}
    # Packages name dossiers by their identifier alone, as the journal does; what is set aside goes at once.
    | {"contact_station", "package_sent", "package_received", "import_staging"}
    | {"caseload_view"}
    | {"revision_seal", "transfer_mark"}
    | {"meeting_place", "officer_absence", "permanence"}
)
_BY_OBJECT = (REVISION, DRAFT, SEAT)


def tables_of_persons() -> list[sa.Table]:
    """Every table with a `person_id`, those that point at others first."""
    return [table for table in reversed(_every_table()) if "person_id" in table.c]


def tables_inside() -> list[sa.Table]:
    """Every table whose rows live inside a record."""
    return [table for table in _every_table() if "root_id" in table.c]


def _every_table() -> list[sa.Table]:
    """All that is declared, also by modules that nothing has asked for since the program was started."""
    from spip_desktop.db import every_table  # noqa: F401

    return METADATA.sorted_tables


def erase_person(tx: Transaction, person_id: UUID) -> dict[str, int]:
    """Erase everything about one person; returns the number of rows by table."""
    rows = {table: _ids(tx, table, table.c.person_id == person_id) for table in tables_of_persons()}
    other = DUPLICATES.table.c.other_id == person_id
    rows[DUPLICATES.table] = [*rows[DUPLICATES.table], *_ids(tx, DUPLICATES.table, other)]
    gone = _erase(tx, rows)
    gone += _erase(tx, {PERSONS.table: [person_id]})
    search.forget(tx, person_id)
    transfer.clear_staging(tx)
    return dict(gone)


def erase_custody(tx: Transaction, person_id: UUID, custody_ids: Collection[UUID]) -> dict[str, int]:
    """Erase lifted écrous, what was noted of them and the fiches pénales.

    The caller indexes the person again without the numbers.
    """
    sheets = _ids(tx, SHEETS.table, SHEETS.table.c.person_id == person_id)
    noted = _noted(tx, custody_ids)
    return dict(_erase(tx, {SHEETS.table: sheets, EVENTS.table: noted, CUSTODIES.table: list(custody_ids)}))


def count_person(tx: Transaction, person_id: UUID) -> dict[str, int]:
    """What `erase_person` would take, by table; nothing is changed."""
    found = {table.name: len(_ids(tx, table, table.c.person_id == person_id)) for table in tables_of_persons()}
    return {"person": 1} | {name: count for name, count in found.items() if count}


def count_custody(tx: Transaction, person_id: UUID, custody_ids: Collection[UUID]) -> dict[str, int]:
    sheets = _ids(tx, SHEETS.table, SHEETS.table.c.person_id == person_id)
    found = {"custody": len(custody_ids), "sentence_sheet": len(sheets), "event": len(_noted(tx, custody_ids))}
    return {name: count for name, count in found.items() if count}


def _noted(tx: Transaction, custody_ids: Collection[UUID]) -> list[UUID]:
    """What GENESIS or the prison said during these écrous: who met the person, the PEP as copied."""
    return _ids(tx, EVENTS.table, EVENTS.table.c.object_id.in_(custody_ids))


def _ids(tx: Transaction, table: sa.Table, where: sa.ColumnElement[bool]) -> list[UUID]:
    return list(tx.connection.scalars(sa.select(table.c.id).where(where)))


def _erase(tx: Transaction, rows: Mapping[sa.Table, Sequence[UUID]]) -> Counter[str]:
    """Delete these rows, what is inside them, and what the bookkeeping kept of them."""
    tx.require_writing()
    gone: Counter[str] = Counter()
    for table, ids in rows.items():
        for some in _slices(ids):
            for inside in tables_inside():
                _forget(tx, _ids(tx, inside, inside.c.root_id.in_(some)))
                tx.connection.execute(inside.delete().where(inside.c.root_id.in_(some)))
            _forget(tx, some)
            gone[table.name] += tx.connection.execute(table.delete().where(table.c.id.in_(some))).rowcount
    return +gone


def _forget(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Delete the revisions, drafts and seats of these records."""
    for table in _BY_OBJECT:
        for some in _slices(ids):
            tx.connection.execute(table.delete().where(table.c.object_id.in_(some)))


def _slices(ids: Sequence[UUID], size: int = 500) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
