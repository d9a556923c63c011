"""The views that an officer keeps of « Mon tableau », to and from their rows."""

from uuid import UUID

from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.caseload import View
from spip_desktop.domain.text import fold

VIEWS = Records("caseload_view", View, index=[("officer_id",)])


def views_of(tx: Transaction, officer_id: UUID) -> list[View]:
    """By name."""
    return sorted(VIEWS.find(tx, officer_id=officer_id), key=lambda one: fold(one.name))
