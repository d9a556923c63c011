"""The door of a measured store: its raw key in place of a passphrase, the rest as the program does it."""

from benchmarks.identity import KEY
from spip_desktop.services.unlock import Entrance, Entry


class RawEntrance(Entrance):
    """Everything of an unlocking but the derivation of the key."""

    def unlock(self, identifier: str, passphrase: str) -> Entry:
        from spip_desktop.db import officer as officers
        from spip_desktop.db.store import open_store
        from spip_desktop.services.context import Context

        store = open_store(self.path, KEY, self._clock, self._ids)
        with store.reading() as tx:
            actor = officers.actor(tx, officers.by_identifier(tx, identifier))
        with store.transaction(actor, "unlock") as tx:
            tx.note("store")
        return Entry(Context(store, actor))
