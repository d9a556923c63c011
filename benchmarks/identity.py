"""Who opens a measured store, and with what: apart, since a measured start imports this and nothing else of ours."""

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from spip_desktop.services.context import Context

KEY = bytes(range(32))
STORE_ID = UUID("01a20000-0000-7000-8000-00000000000b")
OFFICER = "mesure-01"


def mine(context: "Context") -> list[UUID]:
    """The dossiers of the officer."""
    from spip_desktop.db import person as persons

    with context.store.reading() as tx:
        return [one.person_id for one in persons.ASSIGNMENTS.find(tx, officer_id=context.officer_id)]
