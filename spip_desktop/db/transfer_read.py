"""What a package carries, read from the store line by line: a few hundred revisions at once, whatever there is."""

import base64
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import codec
from spip_desktop.db.appointment import APPOINTMENTS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.paper import ISSUED
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.records import EVERY
from spip_desktop.db.rows import child_type
from spip_desktop.db.schema import DEFINITION as DEFINITIONS
from spip_desktop.db.schema import REVISION, SEAL
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_kinds import DEFINITION, OFFICER, PAPER, PIECE, TRAVELS
from spip_desktop.domain.acknowledged import NOTHING, Acknowledged
from spip_desktop.domain.ancestry import Revision, worked_out
from spip_desktop.domain.transfer_line import Plain, RecordLine, short_line

_SLICE = 500
_PIECE = 256 * 1024  # bytes of a content in one line
#: Bytes of a package that come of one sign of a record, and of what stands around it, before anything is deflated.
_MOST_A_SIGN, _MOST_AROUND = 2, 600
_RANK = {kind: rank for rank, kind in enumerate(TRAVELS)}
#: What is of the service goes with the dossiers that point at it.
_OF_SERVICE = {"partner": PRESCRIPTIONS.table.c.partner_id, "meeting_place": APPOINTMENTS.table.c.place_id}
#: Signs that a package refuses in a text: pasted from elsewhere, they say nothing.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
#: What an officer is known by elsewhere: never an identifier, a role or a habilitation.
OFFICER_FIELDS = ("family_name", "first_name", "title", "function")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be read: all dossiers or those named, what came after `since` of each and not after `until`.

    Without its `history`, a record is told by the one revision that it shows.
    """

    until: int
    persons: frozenset[UUID] | None = None
    since: Acknowledged = NOTHING
    kinds: frozenset[str] = frozenset(TRAVELS)
    history: bool = True


def seal(tx: Transaction, until: int) -> None:
    """What is sent under a number is not rewritten under it from now on."""
    held = tx.connection.scalar(sa.select(sa.func.max(SEAL.c.seq))) or 0
    tx.connection.execute(SEAL.delete())
    tx.connection.execute(SEAL.insert(), {"seq": max(until, held)})


def last(tx: Transaction) -> int:
    """The number of the last revision; 0 in an empty store."""
    return int(tx.connection.scalar(sa.select(sa.func.max(REVISION.c.seq))) or 0)


def last_of(tx: Transaction, package: UUID) -> int:
    """The number of the last revision that a package brought; 0 when it brought none."""
    query = sa.select(sa.func.max(REVISION.c.seq)).where(REVISION.c.db_id == package)
    return int(tx.connection.scalar(query) or 0)


def lines(tx: Transaction, chosen: Chosen) -> Iterator[Plain]:
    """The lines of a package: what records cite, who wrote them, then every revision, grouped by record."""
    found = _revisions(tx, chosen)
    yield from _definitions(tx)
    yield from _officers(tx, [seq for _, _, seq in found])
    for some in _slices([seq for _, _, seq in found]):
        for line in _record_lines(tx, some):
            yield line.to_plain()
            if line.kind == PAPER:
                content = tx.connection.scalar(sa.select(ISSUED.c.content).where(ISSUED.c.id == line.id)) or b""
                yield from _pieces(line.id, line.revision.id, line.revision.at, content, line.seq)


@dataclass(frozen=True, slots=True)
class Size:
    """How much a package would carry: lines, dossiers, bytes at most."""

    lines: int
    persons: int
    bytes: int


def size(tx: Transaction, chosen: Chosen) -> Size:
    """What `lines` would give, told without reading what it says; nothing at all where nothing has changed."""
    found = _revisions(tx, chosen)
    if not found:
        return Size(0, 0, 0)
    r, total = REVISION.c, 0
    for some in _slices([seq for _, _, seq in found]):
        total += tx.connection.scalar(sa.select(sa.func.sum(sa.func.length(r.content))).where(r.seq.in_(some))) or 0
    papers = [UUID(id_) for rank, id_, _ in found if rank == _RANK[PAPER]]
    for some in _slices(papers):
        content = sa.func.sum(sa.func.length(ISSUED.c.content))
        total += tx.connection.scalar(sa.select(content).where(ISSUED.c.id.in_(some))) or 0
    total += tx.connection.scalar(sa.select(sa.func.sum(sa.func.length(DEFINITIONS.c.bytes)))) or 0
    persons = {id_ for rank, id_, _ in found if rank == _RANK["person"]}
    return Size(len(found), len(persons), _MOST_A_SIGN * total + _MOST_AROUND * len(found))


# -- which ---------------------------------------------------------------------------------------------------


def _revisions(tx: Transaction, chosen: Chosen) -> list[tuple[int, str, int]]:
    """The revisions in the order of a package: rank of the kind, record, number.

    A record's number stays as the store has it: thirty thousand read as UUID and compared take half a second.
    """
    r = REVISION.c
    as_stored = sa.type_coerce(r.object_id, sa.CHAR(32)).label("object_id")
    query = sa.select(r.kind, as_stored, r.seq).where(r.seq <= chosen.until, r.kind.in_(chosen.kinds))
    found: list[tuple[int, str, int]] = []
    if chosen.persons is None:
        rows = tx.connection.execute(query.where(r.seq > chosen.since.everyone))
        found = [(_RANK[row.kind], row.object_id, row.seq) for row in rows]
    else:
        for objects, since in _objects(tx, chosen):
            for some in _slices(objects):
                rows = tx.connection.execute(query.where(r.object_id.in_(some), r.seq > since))
                found += [(_RANK[row.kind], row.object_id, row.seq) for row in rows]
        found = list(set(found))
    if not chosen.history:
        shown = {seq for kind in chosen.kinds for seq in _shown(tx, kind)}
        found = [one for one in found if one[2] in shown]
    return sorted(found)


def _shown(tx: Transaction, kind: str) -> Iterable[int]:
    """The numbers of the revisions that the records of a kind show, the bin left out."""
    r = REVISION.c
    if kind == PAPER:
        return tx.connection.scalars(sa.select(r.seq).where(r.kind == kind)).all()
    c = EVERY[kind].table.c
    return tx.connection.scalars(
        sa.select(r.seq).join(EVERY[kind].table, c.revision == r.id).where(c.deleted_at.is_(None))
    ).all()


def _objects(tx: Transaction, chosen: Chosen) -> Iterator[tuple[list[UUID], int]]:
    """The records of the persons named and those of the service that they point at, by the change that they go from.

    What a record points at goes whole with it when it changed: it may be pointed at for the first time.
    """
    groups: dict[int, list[UUID]] = defaultdict(list)
    for person_id in chosen.persons or ():
        groups[chosen.since.of(person_id)].append(person_id)
    for since, persons in groups.items():
        for some in _slices(sorted(persons)):
            yield _of_persons(tx, some, chosen.kinds), since
            for kind in _OF_SERVICE.keys() & chosen.kinds:
                yield _pointed_at(tx, kind, some, 0), since
                yield _pointed_at(tx, kind, some, since), 0


def _of_persons(tx: Transaction, persons: Sequence[UUID], kinds: frozenset[str]) -> list[UUID]:
    found = list(persons)
    for kind in kinds - {"person"}:
        table = ISSUED if kind == PAPER else EVERY[kind].table
        if "person_id" in table.c:
            found += tx.connection.scalars(sa.select(table.c.id).where(table.c.person_id.in_(persons)))
    return found


def _pointed_at(tx: Transaction, kind: str, persons: Sequence[UUID], since: int) -> list[UUID]:
    """The records of the service that those of these persons point at, where they changed after `since`."""
    column = _OF_SERVICE[kind]
    query = sa.select(column).where(column.table.c.person_id.in_(persons), column.is_not(None)).distinct()
    if since:
        changed = sa.select(REVISION.c.object_id).where(REVISION.c.seq > since, REVISION.c.kind == column.table.name)
        query = query.where(column.table.c.id.in_(changed))
    return list(tx.connection.scalars(query))


# -- their lines ---------------------------------------------------------------------------------------------


def _record_lines(tx: Transaction, seqs: Sequence[int]) -> Iterator[RecordLine]:
    r = REVISION.c
    columns = (r.seq, r.id, r.base, r.merged, r.kind, r.object_id, r.at, r.by, r.content, r.deleted)
    rows = {row.seq: row for row in tx.connection.execute(sa.select(*columns).where(r.seq.in_(seqs)))}
    for seq in seqs:
        row = rows[seq]
        revision = Revision(row.id, parents_of(row), row.at, row.by, row.deleted)
        yield RecordLine(row.kind, row.object_id, revision, seq, data_of(row.kind, row.content))


def parents_of(row: Any) -> tuple[UUID, ...]:
    """What a revision comes from, from its row."""
    return tuple(one for one in (row.base, *(UUID(other) for other in row.merged or ())) if one is not None)


def data_of(kind: str, content: str) -> Plain:
    """What a revision says, fit for a package: the fields that this program knows, texts composed (NFC)."""
    if not unicodedata.is_normalized("NFC", content):
        content = unicodedata.normalize("NFC", content)
    data: Plain = json.loads(content)
    if "\\u00" in content or _UNFIT.search(content):
        data = _clean(data)
    if kind in EVERY:
        return _known(data, EVERY[kind].kind)
    return data


def _known(data: Plain, kind: type) -> Plain:
    """The fields of a record that this program knows, and of those inside it: earlier ones had others."""
    return {
        name: data[name] if inside is None else [_known(one, inside) for one in data[name]]
        for name, inside in _fields(kind)
        if name in data
    }


@cache
def _fields(kind: type) -> tuple[tuple[str, type | None], ...]:
    return tuple((name, child_type(hint)) for name, hint in codec.hints(kind).items())


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _UNFIT.sub(" ", value)
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


# -- what goes along -----------------------------------------------------------------------------------------


def _officers(tx: Transaction, seqs: Sequence[int]) -> Iterator[Plain]:
    """The names of those who wrote these revisions, and of those whom they assign."""
    r, assigned = REVISION.c, EVERY["assignment"].table.c
    ids: set[UUID] = set()
    for some in _slices(seqs):
        ids.update(tx.connection.scalars(sa.select(r.by).where(r.seq.in_(some)).distinct()))
        objects = sa.select(r.object_id).where(r.seq.in_(some), r.kind == "assignment")
        ids.update(tx.connection.scalars(sa.select(assigned.officer_id).where(assigned.id.in_(objects)).distinct()))
    for officer in OFFICERS.find(tx, OFFICERS.table.c.id.in_(ids)):
        data = {name: getattr(officer, name) for name in OFFICER_FIELDS}
        yield short_line(OFFICER, officer.id, officer.id, tx.now, data)


def _definitions(tx: Transaction) -> Iterator[Plain]:
    """Every form, list and sheet that the store has a copy of: records are read through them."""
    for row in tx.connection.execute(sa.select(DEFINITIONS)).mappings():
        id_ = worked_out(DEFINITION, row["kind"], row["code"], str(row["version"]))
        data = {name: row[name] for name in ("kind", "code", "version", "sha256")}
        yield short_line(DEFINITION, id_, id_, row["installed_at"], data)
        yield from _pieces(id_, id_, row["installed_at"], row["bytes"], 0)


def _pieces(id_: UUID, revision: UUID, at: datetime, content: bytes, seq: int) -> Iterator[Plain]:
    """A content in lines that a reader takes one at a time."""
    parts = [content[start : start + _PIECE] for start in range(0, len(content), _PIECE)] or [b""]
    for place, part in enumerate(parts):
        data = {"i": place, "n": len(parts), "b64": base64.b64encode(part).decode()}
        yield short_line(PIECE, id_, revision, at, data, seq)


def _slices(items: Collection[Any], size: int = _SLICE) -> Iterator[list[Any]]:
    every = list(items)
    return (every[start : start + size] for start in range(0, len(every), size))
