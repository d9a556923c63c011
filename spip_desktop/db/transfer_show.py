"""Records shown as a package brings them: their rows, what finds them, what they point at."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import appointment as appointments
from spip_desktop.db import person as persons
from spip_desktop.db import search, transfer_known
from spip_desktop.db.erasure import ERASURES
from spip_desktop.db.records import EVERY, Adopted, Records
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.ancestry import Revision
from spip_desktop.domain.frozen import KeptApart
from spip_desktop.domain.retention import Scope
from spip_desktop.domain.transfer_line import RecordLine

_SLICE = 300
Shown = tuple[UUID, Revision, Any]


def erased(tx: Transaction) -> frozenset[UUID]:
    """The persons whose dossier was erased here: a package does not bring them back."""
    return frozenset(one.subject for one in ERASURES.find(tx, scope=Scope.DOSSIER))


def says_the_same(tx: Transaction, kind: str, current: UUID | None, value: Any) -> bool:
    """Whether a record that never changes is the one that is there; of whom it is may change, when two dossiers are
    found to be one, and of which version, when a document was frozen twice."""
    if current is None:
        return True
    shown = transfer_known.record(kind, transfer_known.content(tx, kind, current))
    about = {"person_id": None}
    if value.object_id != shown.object_id and transfer_known.is_version(tx, value.object_id, shown.object_id):
        about["object_id"] = None
    return bool(replace(shown, **about) == replace(value, **about))


def without_referent(tx: Transaction, kind: str, values: Mapping[UUID, Any]) -> set[UUID]:
    """Those of these records that point at a row that is not there."""
    table, missing = EVERY[kind].table, set[UUID]()
    for key in table.foreign_keys:
        wanted = {id_: getattr(value, key.parent.name) for id_, value in values.items()}
        ids = {one for one in wanted.values() if one is not None}
        there = set(tx.connection.scalars(sa.select(key.column).where(key.column.in_(ids)))) if ids else set()
        missing |= {id_ for id_, one in wanted.items() if one is not None and one not in there}
    return missing


def add(tx: Transaction, kind: str, several: Iterable[KeptApart], package: UUID, act: str) -> None:
    """Keep and show these records of the program's making; one that is there already is left as it is."""
    wanted = {one.id: one for one in several}
    there = transfer_known.of_objects(tx, wanted)
    new = [one for id_, one in wanted.items() if one.revision.id not in there[id_]]
    lines = [RecordLine(kind, one.id, one.revision, 0, dict(one.content)) for one in new]
    transfer_known.keep(tx, [(line, package, act) for line in lines])
    show(tx, kind, [(line.id, line.revision, transfer_known.record(kind, line.data)) for line in lines])


def show(tx: Transaction, kind: str, several: Sequence[Shown]) -> set[UUID]:
    """Show these revisions; those that the store does not take are told, and none of them is written."""
    records = EVERY[kind]
    with suppress(sa.exc.IntegrityError), tx.connection.begin_nested():
        records.adopt(tx, [_adopted(tx, records, *one) for one in several])
        _follow_events(tx, kind, several)
        return set()
    failed: set[UUID] = set()
    for one in several:
        try:
            with tx.connection.begin_nested():
                records.adopt(tx, [_adopted(tx, records, *one)])
                _follow_events(tx, kind, [one])
        except sa.exc.IntegrityError:
            failed.add(one[0])
    return failed


def _follow_events(tx: Transaction, kind: str, several: Sequence[Shown]) -> None:
    """Events that come after their appointment change where it stands."""
    if kind == "event":
        about = [value.object_id for _, _, value in several if value is not None and value.kind == "appointment"]
        appointments.stand_again(tx, about)


def _adopted(tx: Transaction, records: Records[Any], id_: UUID, revision: Revision, value: Any) -> Adopted[Any]:
    base = revision.parents[0] if revision.parents else None
    also: Mapping[str, object] = {}
    if records is persons.PERSONS:
        also = persons.keys(value)
    elif records is appointments.APPOINTMENTS:
        also = appointments.derived(tx, value)
    return Adopted(value, revision.id, base, revision.at, revision.by, revision.deleted, also)


def index(tx: Transaction, touched: Iterable[UUID]) -> None:
    """Make these persons findable under their names and numbers; those in the bin are found no more."""
    every = sorted(touched)
    for start in range(0, len(every), _SLICE):
        some = every[start : start + _SLICE]
        numbers = _numbers(tx, some)
        there = persons.PERSONS.find(tx, persons.PERSONS.table.c.id.in_(some))
        for id_ in {*some} - {person.id for person in there}:
            search.forget(tx, id_)
        for person in there:
            search.index(tx, person.id, persons.search_words(person, numbers.get(person.id, [])))


def _numbers(tx: Transaction, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    c = CUSTODIES.table.c
    query = sa.select(c.person_id, c.ecrou_number).where(c.person_id.in_(ids), c.deleted_at.is_(None))
    found: dict[UUID, list[str]] = {}
    for person_id, number in tx.connection.execute(query):
        if number:
            found.setdefault(person_id, []).append(number)
    return found
