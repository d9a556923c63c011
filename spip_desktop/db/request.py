"""« Demandes reçues », to and from their rows: those that an officer may read, and those that wait."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db.among import Among
from spip_desktop.db.followed import is_followed
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.access import Reach
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.request import Request

REQUESTS = Records(
    "request",
    Request,
    references={"person_id": "person"},
    index=[("person_id",), ("answered_on", "received_on")],
)
_R = REQUESTS.table.c


def page(tx: Transaction, reach: Reach, *, waiting: bool, limit: int) -> list[Request]:
    """Those that wait, the oldest first; or those answered, the last answered first."""
    state = _R.answered_on.is_(None) if waiting else _R.answered_on.is_not(None)
    order = (_R.received_on, _R.id) if waiting else (_R.answered_on.desc(), _R.id.desc())
    ids = sa.select(_R.id).where(_R.deleted_at.is_(None), state, readable(tx, reach)).order_by(*order).limit(limit)
    known = list(tx.connection.execute(ids).scalars())
    found = {one.id: one for one in REQUESTS.find(tx, _R.id.in_(known))}
    return [found[id_] for id_ in known]


def count(tx: Transaction, reach: Reach, *, waiting: bool) -> int:
    state = _R.answered_on.is_(None) if waiting else _R.answered_on.is_not(None)
    query = sa.select(sa.func.count(_R.id)).where(_R.deleted_at.is_(None), state, readable(tx, reach))
    return int(tx.connection.execute(query).scalar_one())


def readable(tx: Transaction, reach: Reach) -> sa.ColumnElement[bool]:
    """Of those one follows, for oneself, typed by oneself; and those that are for nobody yet."""
    if reach.everything:
        return sa.true()
    return sa.or_(
        is_followed(tx, reach, _R.person_id),
        _R.officer_id.in_(tuple(reach.officers)),
        _R.noted_by == reach.officer_id,
        sa.and_(_R.person_id.is_(None), _R.officer_id.is_(None)),
    )


def waiting_among(tx: Transaction, persons: Among) -> list[Request]:
    """Those that wait about persons of the store."""
    return REQUESTS.find(tx, person_id=persons, answered_on=None)


def waiting_for(tx: Transaction, officers: frozenset[UUID]) -> list[Request]:
    """Those that wait about nobody of the store, and are for these officers."""
    return REQUESTS.find(tx, _R.person_id.is_(None), _R.answered_on.is_(None), _R.officer_id.in_(tuple(officers)))


def over_of_strangers(tx: Transaction) -> dict[UUID, tuple[str, date]]:
    """The requests about nobody of the store that are answered or in the bin: as typed, and since when."""
    query = sa.select(_R.id, _R.unknown, _R.answered_on, _R.deleted_at).where(_R.person_id.is_(None))
    found = tx.connection.execute(query.where(sa.or_(_R.answered_on.is_not(None), _R.deleted_at.is_not(None))))
    return {
        id_: (name, answered_on or binned_at.astimezone(PARIS).date()) for id_, name, answered_on, binned_at in found
    }


def of_person(tx: Transaction, person_id: UUID) -> list[Request]:
    """Those about a person, the newest first."""
    found = REQUESTS.find(tx, person_id=person_id)
    return sorted(found, key=lambda one: (one.received_on, one.id), reverse=True)
