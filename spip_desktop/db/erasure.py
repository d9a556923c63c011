"""Erasing a dossier for good, from every table that speaks of a person (security.md §6.4).

`secure_delete` and the search index's own `secure-delete` overwrite the pages; the caller then empties the WAL and
makes the backups again.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import duplicate, search, transfer
from spip_desktop.db.board_review import REVIEWS
from spip_desktop.db.carrying import CARRIED
from spip_desktop.db.duplicate import DUPLICATES
from spip_desktop.db.event import EVENTS
from spip_desktop.db.paper import ISSUED
from spip_desktop.db.person import PERSONS
from spip_desktop.db.records import Records
from spip_desktop.db.request import REQUESTS
from spip_desktop.db.schema import DRAFT, METADATA, REVISION, SEAT
from spip_desktop.db.situation import CUSTODIES, SHEETS
from spip_desktop.db.store import Transaction
from spip_desktop.db.todo import OUTCOMES
from spip_desktop.domain.board_review import Board
from spip_desktop.domain.retention import Erasure, Hold

HOLDS = Records("retention_hold", Hold, references={"person_id": "person"}, index=[("person_id",)])
ERASURES = Records("erasure", Erasure, index=[("batch",)])

#: Tables that say nothing of a person followed, each looked at: a new table is in neither list until it is (tests).
OF_NOBODY = frozenset(
    {"store_info", "journal", "definition", "technical_log", "officer", "service", "interim", "erasure"}
    | {"partner", "partner_services", "partner_services_contacts", "service_sheet", "service_form"}
    | {"rule_setting", "carrying_setting", "load_ratio"}
    | {"partner_conventions", "need_partner", "public_structure", "public_service", "public_import"}
    # Packages name dossiers by their identifier alone, as the journal does; what is set aside goes at once.
    | {"contact_station", "package_sent", "package_received", "import_staging"}
    | {"caseload_view"}
    | {"revision_seal"}
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
    """Erase everything about one person, dossiers merged into theirs included; the number of rows by table."""
    joined = [erase_person(tx, one) for one in duplicate.joined_to(tx, person_id)]
    rows = {table: _ids(tx, table, table.c.person_id == person_id) for table in tables_of_persons()}
    other = DUPLICATES.table.c.other_id == person_id
    rows[DUPLICATES.table] = [*rows[DUPLICATES.table], *_ids(tx, DUPLICATES.table, other)]
    gone = _erase(tx, rows)
    gone += _erase(tx, {PERSONS.table: [person_id]})
    search.forget(tx, person_id)
    transfer.clear_staging(tx)
    return dict(sum(map(Counter, joined), gone))


def erase_custody(tx: Transaction, person_id: UUID, custody_ids: Collection[UUID]) -> dict[str, int]:
    """Erase lifted écrous and all that came from them (`_of_custody`).

    The caller indexes the person again without the numbers.
    """
    return dict(_erase(tx, _of_custody(tx, person_id, custody_ids)))


def erase_requests(tx: Transaction, ids: Sequence[UUID]) -> dict[str, int]:
    """Erase requests that have no dossier, with what was noted of them."""
    noted = _ids(tx, EVENTS.table, EVENTS.table.c.object_id.in_(ids))
    return dict(_erase(tx, {EVENTS.table: noted, REQUESTS.table: ids}))


def count_person(tx: Transaction, person_id: UUID) -> dict[str, int]:
    """What `erase_person` would take, by table; nothing is changed."""
    found = {table.name: len(_ids(tx, table, table.c.person_id == person_id)) for table in tables_of_persons()}
    return {"person": 1} | {name: count for name, count in found.items() if count}


def count_custody(tx: Transaction, person_id: UUID, custody_ids: Collection[UUID]) -> dict[str, int]:
    found = _of_custody(tx, person_id, custody_ids)
    return {table.name: len(ids) for table, ids in found.items() if ids}


def _of_custody(tx: Transaction, person_id: UUID, custody_ids: Collection[UUID]) -> dict[sa.Table, list[UUID]]:
    """What the prison or GENESIS told during these écrous, those that point at others first.

    The fiches pénales; the passages before the CPU (D. 211-34: the establishment's own) with their papers, what was
    reported of them and the outcomes of their lines; who met the person and the PEP as copied. A CPI is the service's:
    it stays.
    """
    r, s, o = REVIEWS.table.c, SHEETS.table.c, OUTCOMES.table.c
    over = _over(tx, person_id, custody_ids)
    passages = _ids(
        tx, REVIEWS.table, sa.and_(r.person_id == person_id, r.board == Board.CPU, over(r.held_on, r.started_on))
    )
    noted = _ids(tx, EVENTS.table, EVENTS.table.c.object_id.in_([*custody_ids, *passages]))
    told = {str(one) for one in (*passages, *noted)}  # a line of « À traiter » is of a passage, or of a decision
    lines = tx.connection.execute(sa.select(o.id, o.line).where(o.person_id == person_id)).all()
    return {
        SHEETS.table: _ids(tx, SHEETS.table, sa.and_(s.person_id == person_id, over(s.as_of))),
        ISSUED: _ids(tx, ISSUED, ISSUED.c.object_id.in_(passages)),
        EVENTS.table: noted,
        CARRIED.table: _ids(tx, CARRIED.table, CARRIED.table.c.object_id.in_(noted)),
        OUTCOMES.table: [id_ for id_, line in lines if told.intersection(line.split(":"))],
        REVIEWS.table: passages,
        CUSTODIES.table: list(custody_ids),
    }


def _over(tx: Transaction, person_id: UUID, custody_ids: Collection[UUID]) -> Callable[..., sa.ColumnElement[bool]]:
    """Whether a day (the first known of some columns) is of these écrous: any is when no other écrou is kept, else
    those by the end of the last of them, since one follows the other."""
    c = CUSTODIES.table.c
    if not _ids(tx, CUSTODIES.table, sa.and_(c.person_id == person_id, c.id.not_in(custody_ids))):
        return lambda *days: sa.true()
    last = sa.select(sa.func.max(c.ends)).where(c.id.in_(custody_ids)).scalar_subquery()
    return lambda *days: (days[0] if len(days) == 1 else sa.func.coalesce(*days)) <= last


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
