"""Which tables speak of a person, read one by one; which do not, and why.

Each table that does has its entry in resources/reference/held_data.toml. A table that is in neither fails a test:
whoever adds one says here what a person who asks for their data is told of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import every_table  # noqa: F401  tables are looked up by their names
from spip_desktop.db.paper import ISSUED
from spip_desktop.db.person import PERSONS
from spip_desktop.db.records import EVERY, Stored
from spip_desktop.db.schema import DRAFT, JOURNAL, METADATA, REVISION, SEAT
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer import SENT
from spip_desktop.domain.acknowledged import NOTHING, Acknowledged
from spip_desktop.domain.transfer import Content, SentPackage, TransferKind, acknowledged

T = TypeVar("T")
_SERVICE = "of the service, of nobody followed"
_STORE = "of the store itself: its keys, its packages, its checks"
#: Tables that say nothing of a person who asks, and why.
OF_NOBODY: dict[str, str] = {
    **dict.fromkeys(
        ("service", "service_sheet", "service_form", "rule_setting", "load_ratio", "permanence", "carrying_setting"),
        _SERVICE,
    ),
    **dict.fromkeys(("partner", "need_partner", "meeting_place", "definition", "public_import"), _SERVICE),
    **dict.fromkeys(("public_structure", "public_service"), "open data"),
    **dict.fromkeys(("officer", "officer_absence", "interim", "caseload_view"), "of officers, who ask elsewhere"),
    **dict.fromkeys(("store_info", "technical_log", "revision_seal", "contact_station"), _STORE),
    "package_received": "a package as a whole: what it brought is in the tables of the dossier",
    "import_staging": "what a package brought, for the time of a look: it goes at once",
    "erasure": "dossiers that are here no more",
}
#: Tables that are counted, never shown, whose rows are found otherwise than by `person_id`.
_BY_OBJECT = {REVISION.name: REVISION, DRAFT.name: DRAFT, SEAT.name: SEAT}


def about_a_person() -> frozenset[str]:
    """The tables that have to be mapped: every one that is declared, less those of nobody."""
    return frozenset(one.name for one in METADATA.sorted_tables if "root_id" not in one.c) - OF_NOBODY.keys()


def count(tx: Transaction, table: str, person_id: UUID) -> int:
    """How many rows speak of the person; the bin is left out where the table has one."""
    found = _otherwise(tx, table, person_id)
    return _of_person(tx, table, person_id) if found is None else found


def objects(tx: Transaction, person_id: UUID) -> list[UUID]:
    """The person, and every record of their dossier, the bin included."""
    found = [person_id]
    for table in METADATA.sorted_tables:
        if "person_id" in table.c:
            found += tx.connection.scalars(sa.select(table.c.id).where(table.c.person_id == person_id))
    return found


def packages(tx: Transaction, person_id: UUID) -> list[SentPackage]:
    """The packages that were written with something of the person, the first first.

    One of the changes of several dossiers has something of a person when their dossier had yet to leave whole, or
    changed since those whom it is for acknowledged it.
    """
    changes, found, covering = list[int](), [], list[Stored[SentPackage]]()
    for some in _slices(objects(tx, person_id)):
        changes += tx.connection.scalars(sa.select(REVISION.c.seq).where(REVISION.c.object_id.in_(some)))
    for stored in sorted(SENT.find_stored(tx), key=lambda stored: stored.value.id):
        one = stored.value
        if one.made_at is None:
            continue
        if one.everyone or person_id in one.dossiers:
            since = _had(covering, one).of(person_id)
            covering.append(replace(stored, value=replace(one, dossiers=(person_id,))))
            if any(since < seq <= one.last_seq for seq in changes):
                found.append(one)
        elif person_id in one.persons:
            found.append(one)
    return found


def _had(covering: Iterable[Stored[SentPackage]], one: SentPackage) -> Acknowledged:
    """What those whom a package is for were known to have when it was made; without sensitive data, all goes.

    A receipt says when it was given: it counts from when it was read here, the last that is written of a package.
    """
    if one.kind is not TransferKind.CHANGES or one.content is not Content.COMPLETE or one.made_at is None:
        return NOTHING
    made_at = one.made_at
    return acknowledged((each.value for each in covering if each.changed_at <= made_at), one.contacts)


def _otherwise(tx: Transaction, table: str, person_id: UUID) -> int | None:
    """The count of a table whose rows are found otherwise than by `person_id`; None for any other."""
    if table == PERSONS.name:
        return len(PERSONS.find(tx, id=person_id))
    if table == SENT.name:
        return len(packages(tx, person_id))
    if table == JOURNAL.name:
        return _lines(tx, JOURNAL.c.object, [str(one) for one in objects(tx, person_id)])
    found = _BY_OBJECT.get(table)
    return None if found is None else _lines(tx, found.c.object_id, objects(tx, person_id))


def _of_person(tx: Transaction, name: str, person_id: UUID) -> int:
    table = METADATA.tables[name]
    kept = [table.c.deleted_at.is_(None)] if name in EVERY else []
    query = sa.select(sa.func.count()).select_from(table).where(table.c.person_id == person_id, *kept)
    return tx.connection.scalar(query) or 0


def _lines(tx: Transaction, column: sa.ColumnElement[Any], ids: Sequence[UUID | str]) -> int:
    found = (tx.connection.scalar(sa.select(sa.func.count()).where(column.in_(some))) for some in _slices(ids))
    return sum(one or 0 for one in found)


def _slices(ids: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def papers(tx: Transaction, person_id: UUID) -> list[sa.RowMapping]:
    """What was issued about the person, oldest first, without the bytes."""
    columns = [ISSUED.c[name] for name in ("id", "kind", "title", "version", "issued_on")]
    query = sa.select(*columns).where(ISSUED.c.person_id == person_id).order_by(ISSUED.c.entered_at, ISSUED.c.id)
    return list(tx.connection.execute(query).mappings())
