"""Officers and their service, to and from their rows."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import codec
from spip_desktop.db.records import Records
from spip_desktop.db.schema import REVISION
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Actor, Officer, Role, Service

OFFICERS = Records("officer", Officer, index=[("identifier",)])
SERVICES = Records("service", Service)


def by_identifier(tx: Transaction, identifier: str) -> Officer:
    found = OFFICERS.find(tx, identifier=identifier)
    if not found:
        raise Refusal("not_found", kind="officer")
    return found[0]


def revisions(tx: Transaction, officer_id: UUID) -> list[tuple[datetime, UUID, Officer]]:
    """The officer as they were at each revision, when and by whom it was made, the oldest first."""
    c = REVISION.c
    query = sa.select(c.at, c.by, c.content).where(c.object_id == officer_id, c.kind == OFFICERS.name).order_by(c.seq)
    return [(row.at, row.by, codec.from_json(Officer, row.content)) for row in tx.connection.execute(query)]


def service(tx: Transaction) -> Service:
    return SERVICES.find(tx)[0]


def only_dpip(tx: Transaction) -> Officer | None:
    """The DPIP of this service where it has one and one only; who came along with a package has no key here."""
    found = [one for one in OFFICERS.find(tx) if one.identifier and one.active and Role.DPIP in one.roles]
    return found[0] if len(found) == 1 else None


def actor(tx: Transaction, officer: Officer, *, read_only: bool = False) -> Actor:
    """The officer as one who acts, with what the store knows of the service."""
    has_dpip = any(Role.DPIP in one.roles and one.active for one in OFFICERS.find(tx))
    return Actor(officer, has_dpip, read_only)
