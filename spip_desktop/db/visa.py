"""What awaits a DPIP's visa in a dossier, and the answers that a package brought: read from the events alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.event import EVENTS
from spip_desktop.db.schema import REVISION
from spip_desktop.db.store import Transaction
from spip_desktop.domain import board_review, evaluation_states, pacep_states
from spip_desktop.domain.event import Event, in_order

PACEP, EVALUATION, REVIEW = pacep_states.KIND, "evaluation", board_review.KIND
#: The step after which a visa is awaited, by kind of document.
_ASKED = {
    PACEP: pacep_states.EventCode.AGREEMENT,
    EVALUATION: evaluation_states.EventCode.SHARED,
    REVIEW: board_review.EventCode.SUBMITTED,
}
#: A visa, and a document sent back with a remark.
SEEN = frozenset(
    {pacep_states.EventCode.VISA.value, evaluation_states.EventCode.SEEN.value, board_review.EventCode.SEEN.value}
)
_SENT_BACK = frozenset(
    {
        pacep_states.EventCode.RETURNED.value,
        evaluation_states.EventCode.RETURNED.value,
        board_review.EventCode.RETURNED.value,
    }
)
_OVER = (*SEEN, *_SENT_BACK, pacep_states.EventCode.REPLACED.value)


@dataclass(frozen=True, slots=True, order=True)
class Document:
    """A plan, an evaluation or a review, by its kind and its number."""

    person_id: UUID
    kind: str
    id: UUID


def awaited(tx: Transaction, persons: Collection[UUID]) -> list[Document]:
    """The documents of these dossiers that await a visa: put forward, neither seen nor sent back nor replaced since."""
    e, later = EVENTS.table.c, EVENTS.table.alias("later").c
    over = sa.exists().where(later.object_id == e.object_id, later.code.in_(_OVER), later.deleted_at.is_(None))
    asked = sa.or_(*((e.kind == kind) & (e.code == code.value) for kind, code in _ASKED.items()))
    query = sa.select(e.person_id, e.kind, e.object_id).where(
        e.person_id.in_(persons), asked, e.deleted_at.is_(None), ~over
    )
    return sorted({Document(row.person_id, row.kind, row.object_id) for row in tx.connection.execute(query)})


def brought_by(tx: Transaction, packages: Collection[UUID]) -> Sequence[Event]:
    """The answers that these packages brought, in order."""
    r, codes = REVISION.c, [*SEEN, *_SENT_BACK]
    came = sa.select(r.object_id).where(r.kind == EVENTS.name, r.db_id.in_(packages))
    return in_order(EVENTS.find(tx, EVENTS.table.c.id.in_(came), EVENTS.table.c.code.in_(codes)))
