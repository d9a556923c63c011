"""Passages before the CPU and the CPI, to and from their rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import event as events
from spip_desktop.db.among import Among, these
from spip_desktop.db.event import EVENTS
from spip_desktop.db.followed import followed
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.access import Reach
from spip_desktop.domain.board_review import KIND, BoardReview, EventCode
from spip_desktop.domain.event import Event, in_order

REVIEWS = Records("board_review", BoardReview, references={"person_id": "person"}, index=[("person_id",)])


def of_person(tx: Transaction, person_id: UUID) -> list[BoardReview]:
    """Every version of every passage of a person, as they were begun; the bin left out."""
    return sorted(REVIEWS.find(tx, person_id=person_id), key=_place)


def of_reach(tx: Transaction, reach: Reach) -> list[BoardReview]:
    """The same of the persons whom the officers of `reach` follow today."""
    return among(tx, followed(tx, reach))


def among(tx: Transaction, persons: Among) -> list[BoardReview]:
    """The same of many dossiers."""
    return sorted(REVIEWS.find(tx, person_id=persons), key=_place)


def awaiting_answer(tx: Transaction) -> list[UUID]:
    """The persons of whom a synthesis may wait for its answer: submitted, neither seen nor sent back since."""
    v, later = EVENTS.table.c, EVENTS.table.alias("answer")
    answered = sa.exists().where(
        later.c.object_id == v.object_id,
        later.c.code.in_((EventCode.SEEN, EventCode.RETURNED)),
        later.c.deleted_at.is_(None),
    )
    query = sa.select(v.person_id).where(v.code == EventCode.SUBMITTED, v.kind == KIND, v.deleted_at.is_(None))
    return [one for one in tx.connection.scalars(query.where(~answered).distinct()) if one]


def of_service(tx: Transaction) -> list[BoardReview]:
    """The same of every dossier, for who answers for them all."""
    return sorted(REVIEWS.find(tx), key=_place)


def versions(tx: Transaction, review: BoardReview) -> list[BoardReview]:
    """The versions of the same passage, first to last; the bin left out."""
    found = [one for one in of_person(tx, review.person_id) if one.lineage == review.lineage]
    return sorted(found, key=lambda one: one.number)


def facts(tx: Transaction, reviews: Iterable[BoardReview]) -> dict[UUID, tuple[Event, ...]]:
    """The events of these versions, by version and in order."""
    found: dict[UUID, list[Event]] = {one.id: [] for one in reviews}
    for event in EVENTS.find(tx, object_id=these(found)) if found else ():
        found[event.object_id].append(event)
    return {id_: in_order(every) for id_, every in found.items()}


def add_event(
    tx: Transaction,
    review: BoardReview,
    code: EventCode,
    on: date,
    comment: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """One dated fact about a version."""
    events.record(tx, KIND, review.id, review.person_id, code, on, comment, detail)


def _place(review: BoardReview) -> tuple[date, UUID]:
    return (review.started_on, review.id)
