"""Officers and their service, to and from their rows."""

from spip_desktop.db.records import Records
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


def service(tx: Transaction) -> Service:
    return SERVICES.find(tx)[0]


def actor(tx: Transaction, officer: Officer, *, read_only: bool = False) -> Actor:
    """The officer as one who acts, with what the store knows of the service."""
    has_dpip = any(Role.DPIP in one.roles and one.active for one in OFFICERS.find(tx))
    return Actor(officer, has_dpip, read_only)
