"""Pairs of dossiers that may be one person's, to and from their rows; what hangs on one hung on the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import codec
from spip_desktop.db.paper import ISSUED
from spip_desktop.db.person import PERSONS
from spip_desktop.db.records import EVERY, Records
from spip_desktop.db.schema import METADATA, REVISION
from spip_desktop.db.store import Transaction
from spip_desktop.domain.ancestry import worked_out
from spip_desktop.domain.duplicate import Duplicate, DuplicateState
from spip_desktop.domain.person import Person, likeness

DUPLICATES = Records(
    "person_duplicate",
    Duplicate,
    references={"person_id": "person"},
    index=[("person_id",), ("other_id",)],
)
#: What names a person and is left as it is: the pairs themselves, and what a package left to be settled or to wait for
#: (a merge is refused while something is to be settled).
LEFT = frozenset({"person_duplicate", "transfer_waiting", "transfer_dispute"})
_COMPARED = ("id", "birth_name", "usual_name", "first_names", "birth_date", "appi_number")


def every(tx: Transaction) -> list[Duplicate]:
    """The pairs that are kept, and those found among the dossiers of this store; the oldest dossier stays."""
    kept = DUPLICATES.find(tx)
    known = {frozenset((one.person_id, one.other_id)) for one in kept}
    return [*kept, *(one for one in _found(tx) if frozenset((one.person_id, one.other_id)) not in known)]


def get(tx: Transaction, id_: UUID) -> Duplicate | None:
    """The pair of that number, kept or found here."""
    return next((one for one in every(tx) if one.id == id_), None)


def _found(tx: Transaction) -> Iterator[Duplicate]:
    """Every pair of this store that looks like one person, among those with a name or a number in common."""
    same: dict[str, list[Person]] = defaultdict(list)
    c = PERSONS.table.c
    keys = {row.id: row for row in tx.connection.execute(sa.select(c.id, c.birth_key, c.usual_key, c.appi_number))}
    for person in PERSONS.partly(tx, _COMPARED):
        row = keys[person.id]
        for key in {row.birth_key, row.usual_key, row.appi_number} - {""}:
            same[key].append(person)
    found: dict[UUID, Duplicate] = {}
    for group in same.values():
        for one, other in combinations(sorted(group, key=lambda each: each.id), 2):
            if why := likeness(one, other):
                id_ = worked_out(DUPLICATES.name, str(one.id), str(other.id))
                day = tx.clock.today()
                found[id_] = Duplicate(id=id_, person_id=one.id, other_id=other.id, why=why, found_on=day)
    yield from found.values()


# -- moving ----------------------------------------------------------------------------------------------------


def move(tx: Transaction, leaves: UUID, stays: UUID) -> tuple[str, ...]:
    """Hang all that hangs on one dossier on another, the bin included; what was moved, as « table:number »."""
    moved = [(table, id_) for table in _moving() for id_ in _hanging(tx, table, leaves)]
    for table, id_ in moved:
        _hang(tx, table, id_, leaves, stays)
    return tuple(f"{table.name}:{id_}" for table, id_ in moved)


def move_back(tx: Transaction, moved: Iterable[str], stays: UUID, back_to: UUID) -> None:
    """Hang on its own dossier again what is still there of what was moved."""
    tables = {table.name: table for table in _moving()}
    for one in moved:
        name, _, number = one.partition(":")
        id_ = UUID(number)
        if id_ in _hanging(tx, tables[name], stays, id_):
            _hang(tx, tables[name], id_, stays, back_to)


def joined_to(tx: Transaction, person_id: UUID) -> list[UUID]:
    """The dossiers that were merged into this one: they are in the bin, and go when it is erased."""
    return [one.other_id for one in DUPLICATES.find(tx, person_id=person_id, state=DuplicateState.MERGED)]


def with_joined(tx: Transaction, dossiers: Iterable[UUID]) -> frozenset[UUID]:
    """These dossiers, and those that were merged into them."""
    pairs, found = DUPLICATES.find(tx, state=DuplicateState.MERGED), set(dossiers)
    while more := {one.other_id for one in pairs if one.person_id in found} - found:
        found |= more
    return frozenset(found)


def merged_since(tx: Transaction, changes: Mapping[UUID, int]) -> list[UUID]:
    """Those of these dossiers that another was merged into after the change given."""
    r, found = REVISION.c, []
    for pair in DUPLICATES.find(tx, state=DuplicateState.MERGED):
        if pair.person_id in changes:
            last = tx.connection.scalar(sa.select(sa.func.max(r.seq)).where(r.object_id == pair.id))
            if (last or 0) > changes[pair.person_id]:
                found.append(pair.person_id)
    return found


def every_joined_to(tx: Transaction, person_id: UUID) -> list[UUID]:
    """The same, with those that had been merged into them before, each after the one it went into."""
    found = list[UUID]()
    for one in joined_to(tx, person_id):
        found += [one, *every_joined_to(tx, one)]
    return found


def _moving() -> list[sa.Table]:
    from spip_desktop.db import every_table  # noqa: F401  those that nothing has asked for yet too

    return [table for table in METADATA.sorted_tables if "person_id" in table.c and table.name not in LEFT]


def _hanging(tx: Transaction, table: sa.Table, person_id: UUID, *among: UUID) -> list[UUID]:
    query = sa.select(table.c.id).where(table.c.person_id == person_id)
    return list(tx.connection.scalars(query.where(table.c.id.in_(among)) if among else query))


def _hang(tx: Transaction, table: sa.Table, id_: UUID, leaves: UUID, stays: UUID) -> None:
    """A paper keeps its bytes and its revision: only in whose dossier it lies changes."""
    if table is not ISSUED:
        EVERY[table.name].hang_on(tx, id_, stays)
        return
    tx.require_writing()
    about = sa.case((ISSUED.c.object_id == leaves, sa.literal(stays, sa.Uuid())), else_=ISSUED.c.object_id)
    tx.connection.execute(ISSUED.update().where(ISSUED.c.id == id_).values(person_id=stays, object_id=about))


def before_and_after(tx: Transaction, pair: Duplicate) -> tuple[Person, Person]:
    """What the person of the dossier that stays said before the merge, and once it was made."""
    c = REVISION.c
    before = sa.select(c.content).where(c.id == pair.before)
    after = sa.select(c.content).where(c.object_id == pair.person_id, c.base == pair.before).order_by(c.seq).limit(1)
    first, second = (codec.from_json(Person, str(tx.connection.scalar(one))) for one in (before, after))
    return first, second


def at_merge(tx: Transaction, other_id: UUID) -> Person:
    """What the person of the dossier that went said when it went, or last went again."""
    c = REVISION.c
    query = sa.select(c.content).where(c.object_id == other_id, c.deleted, c.act == "merge_dossiers")
    return codec.from_json(Person, str(tx.connection.scalar(query.order_by(c.seq.desc()).limit(1))))
