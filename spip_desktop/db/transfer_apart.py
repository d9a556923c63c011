"""Documents that were frozen on several stations, in the store: each version a record of its own, with its facts and
its papers (decision 59). Worked out from what is known, at the end of each package."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import transfer_known, transfer_parts, transfer_show
from spip_desktop.db.event import EVENTS
from spip_desktop.db.paper import ISSUED
from spip_desktop.db.records import EVERY
from spip_desktop.db.schema import REVISION
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_kinds import FREEZES, PAPER, PART_OF, TRAVELS
from spip_desktop.domain.ancestry import History, Revision
from spip_desktop.domain.frozen import freezings, kept_apart, number_apart, whose
from spip_desktop.domain.transfer_line import Plain

#: The act that a version is kept under: what finds them all.
ACT = "frozen_twice"
_SLICE = 300


class Apart:
    """What one package, or what it released, says of frozen documents."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._about = set[UUID]()

    def brought(self, kind: str, id_: UUID, value: Any) -> None:
        """A record was brought: a document, a part of one, or a fact about one."""
        if kind in FREEZES:
            self._about.add(id_)
        elif kind in PART_OF and value is not None:
            self._about.add(getattr(value, PART_OF[kind]))
        elif kind == EVENTS.name and value is not None and value.kind in FREEZES:
            self._about.add(value.object_id)

    def paper(self, kind: str, group: Sequence[Plain]) -> None:
        about = group[0]["data"].get("object_id") if kind == PAPER else None
        if about:
            self._about.add(UUID(str(about)))

    def settle(self, package: UUID) -> None:
        """Give each version its own record, with what is its own; what came after a freezing stays out of it."""
        every = sorted(self._about)
        for start in range(0, len(every), _SLICE):
            some = every[start : start + _SLICE]
            for kind in FREEZES:
                here = _present(self._tx, kind, some)
                times = {id_: found for id_, found in _freezings(self._tx, kind, here).items() if len(found) > 1}
                for id_, froze in times.items():
                    _divide(self._tx, kind, id_, froze, package)
                transfer_parts.hold(self._tx, kind, here, times, package)


def versions(tx: Transaction) -> list[tuple[str, UUID]]:
    """Every version that has a number of its own, the newest last."""
    c = REVISION.c
    query = sa.select(c.kind, c.object_id).where(c.act == ACT).order_by(c.seq)
    return [(row.kind, row.object_id) for row in tx.connection.execute(query)]


def _present(tx: Transaction, kind: str, ids: Collection[UUID]) -> list[UUID]:
    column = EVERY[kind].table.c.id
    return list(tx.connection.scalars(sa.select(column).where(column.in_(ids))))


def _freezings(tx: Transaction, kind: str, ids: Collection[UUID]) -> dict[UUID, tuple[Revision, ...]]:
    """The revisions that froze each of these documents, where several may have."""
    found: dict[UUID, tuple[Revision, ...]] = {}
    for id_, known in transfer_known.of_objects(tx, ids).items():
        history = History(known)
        if history.was_put_together or len(history.heads) > 1:
            said = {one: transfer_known.content(tx, kind, one) for one in history.authored}
            frozen = [one for one, content in said.items() if TRAVELS[kind].rules.is_frozen(content)]
            found[id_] = tuple(known[one] for one in freezings(history, frozen))
    return found


# -- a record for each version -------------------------------------------------------------------------------


def _divide(tx: Transaction, kind: str, id_: UUID, froze: Sequence[Revision], package: UUID) -> None:
    said = [(one, transfer_known.content(tx, kind, one.id)) for one in froze[1:]]
    transfer_show.add(tx, kind, [kept_apart(id_, one, content) for one, content in said], package, ACT)
    for table in (EVENTS.table, ISSUED):
        _hand_over(tx, table, id_, froze)


def _hand_over(tx: Transaction, table: sa.Table, id_: UUID, froze: Sequence[Revision]) -> None:
    """The facts or papers of a version hang on it. Each station works out where they hang: no revision says so."""
    c = table.c
    for row in tx.connection.execute(sa.select(c.id, c.entered_by, c.entered_at).where(c.object_id == id_)).all():
        freezing = whose(froze, row.entered_by, row.entered_at)
        if freezing and freezing != froze[0].id:
            own = number_apart(id_, freezing)
            tx.connection.execute(table.update().where(c.id == row.id).values(object_id=own))
