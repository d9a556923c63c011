"""What a frozen document is made of, held as it was when it was frozen (decision 59).

The steps and findings of an evaluation are records of their own: what another station goes on writing in them, without
knowing that the evaluation is frozen here, would otherwise go into it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import transfer_known, transfer_show, transfer_waiting
from spip_desktop.db.event import EVENTS
from spip_desktop.db.records import EVERY
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_kinds import PART_OF, PARTS
from spip_desktop.domain.ancestry import Revision
from spip_desktop.domain.frozen import KeptApart, copied, number_apart, read_parts
from spip_desktop.domain.merging import Reason
from spip_desktop.domain.transfer_line import Plain

_ACT = "frozen_twice_part"
Froze = Mapping[UUID, Sequence[Revision]]


def hold(tx: Transaction, kind: str, ids: Collection[UUID], divided: Froze, package: UUID) -> None:
    """Show the parts of these documents as they were frozen; those of each version that has a number of its own are
    copied for it."""
    own = {number_apart(id_, one.id) for id_, froze in divided.items() for one in froze[1:]}
    for part in PARTS.get(kind, ()):
        facts = EVENTS.find(tx, EVENTS.table.c.object_id.in_([*ids, *own]), kind=kind)
        for document, parts in {one.object_id: read_parts(one.detail) for one in facts if one.detail}.items():
            if document in own:
                _copy(tx, part, document, parts, package)
            elif parts:
                _hold(tx, part, document, parts, package, asks=document not in divided)


def _hold(tx: Transaction, kind: str, document: UUID, parts: Mapping[UUID, UUID], package: UUID, *, asks: bool) -> None:
    """What was written elsewhere in a part is shown to an officer (`asks`), unless it stands in another version."""
    table = EVERY[kind].table
    columns = (table.c.id, table.c.revision, table.c.person_id, table.c.deleted_at)
    rows = tx.connection.execute(sa.select(*columns).where(table.c[PART_OF[kind]] == document)).all()
    asked = transfer_waiting.reasons(tx, [row.id for row in rows])
    for row in rows:
        held = parts.get(row.id)
        if held is None:
            if row.deleted_at is None:  # made after the freezing: it is not of this document
                tx.connection.execute(table.update().where(table.c.id == row.id).values(deleted_at=tx.now))
            continue
        moved = held != row.revision and _differs(tx, kind, held, row.revision)
        if moved:
            _show(tx, kind, row.id, held)
        if row.id in asked and not (asks and asked[row.id] is Reason.FROZEN):
            transfer_waiting.settled(tx, [row.id])
        if asks and (moved or row.id in asked):
            transfer_waiting.dispute(tx, kind, row.id, row.person_id, Reason.FROZEN, package)


def _differs(tx: Transaction, kind: str, held: UUID, shown: UUID) -> bool:
    """Whether the part shown says something else than the one held, which is there; of whom it is may change."""
    if transfer_known.kind_of(tx, held) is None:
        return False
    one, other = (transfer_known.content(tx, kind, id_) | {"person_id": None} for id_ in (held, shown))
    return one != other


def _show(tx: Transaction, kind: str, id_: UUID, held: UUID) -> None:
    revision = transfer_known.of_objects(tx, [id_])[id_][held]
    value = transfer_known.record(kind, transfer_known.content(tx, kind, held))
    transfer_show.show(tx, kind, [(id_, revision, value)])


def _copy(tx: Transaction, kind: str, document: UUID, parts: Mapping[UUID, UUID], package: UUID) -> None:
    transfer_show.add(tx, kind, list(_copied(tx, kind, document, parts)), package, _ACT)


def _copied(tx: Transaction, kind: str, document: UUID, parts: Mapping[UUID, UUID]) -> Iterator[KeptApart]:
    for id_, known in transfer_known.of_objects(tx, parts).items():
        if (revision := known.get(parts[id_])) and transfer_known.kind_of(tx, revision.id) == kind:
            content: Plain = transfer_known.content(tx, kind, revision.id)
            yield copied(number_apart(id_, document), revision, content, **{PART_OF[kind]: str(document)})
