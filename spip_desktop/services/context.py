"""What every service is given."""

from dataclasses import dataclass
from uuid import UUID

from spip_desktop.db.store import Store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Actor


@dataclass(slots=True, eq=False)
class Context:
    """An open store and the officer at work in it; only the account service puts another `actor` in."""

    store: Store
    actor: Actor

    @property
    def clock(self) -> Clock:
        return self.store.clock

    @property
    def ids(self) -> Ids:
        return self.store.ids

    @property
    def officer_id(self) -> UUID:
        return self.actor.id

    @property
    def demonstration(self) -> bool:
        return self.store.identity.demonstration
