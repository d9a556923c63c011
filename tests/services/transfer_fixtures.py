"""Two stations that write to each other, and records that belong to no slice of the program."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from spip_desktop.db import officer as officers
from spip_desktop.db import transfer
from spip_desktop.db.store import Transaction, open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.transfer import Compared, Contact, ContactKind, Content, Scope, TransferKind
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_sources import Collected, Merged, Record
from spip_desktop.services.transfers import TransferService
from tests.exchange.packages import records
from tests.store_fixtures import KEY

PASSPHRASE = "quatre girafes boivent du thé tiède"
CHANGES = Scope(kind=TransferKind.CHANGES, content=Content.COMPLETE)


@dataclass
class Lines:
    """What goes out: the records given."""

    lines: list[Record] = field(default_factory=lambda: records(20))

    def collect(self, scope: Scope) -> Collected:
        since = scope.since or 0
        kept = [one for one in self.lines if one["seq"] > since]
        return Collected(records=len(kept), dossiers=1, most_bytes=1000 * len(kept), schema=1, lines=lambda: iter(kept))


@dataclass
class Heap:
    """What comes in: kept by id, so that the same again changes nothing."""

    context: Context
    newest_schema: int = 1
    known: dict[str, Record] = field(default_factory=dict)

    def preview(self, package: UUID) -> object:
        with self.context.store.reading() as tx:
            return sum(one["id"] not in self.known for _, one in transfer.staged(tx, package))

    def merge(self, tx: Transaction, package: UUID) -> Merged:
        staged = [one for _, one in transfer.staged(tx, package)]
        self.known |= {one["id"]: one for one in staged}
        return Merged(accepted=len(staged), rejected=0, conflicts=0)


@dataclass
class Station:
    context: Context
    service: TransferService
    lines: Lines
    heap: Heap
    asked: list[str]
    backups: list[str]

    def trust(self, other: "Station") -> Contact:
        """Take in the card of the other station, and believe it."""
        contact = self.service.contacts.add_card(other.service.contacts.mine())
        return self.service.contacts.trust(contact.id, Compared.PHONE, ContactKind.STATION, "Cartes comparées")


def station(context: Context) -> Station:
    asked: list[str] = []
    backups: list[str] = []
    lines, heap = Lines(), Heap(context)
    service = TransferService(context, lines, heap, asked.append, lambda: backups.append("made"))
    return Station(context, service, lines, heap, asked, backups)


def other_station(template: Path, folder: Path, clock: Clock, ids: Ids) -> Iterator[Station]:
    """Another store, with a number of its own."""
    folder.mkdir()
    shutil.copy(template, folder / "store.db")
    store = open_store(folder / "store.db", KEY, clock, ids)
    with store.unattended() as tx:
        from spip_desktop.db import info

        info.keep(tx, "store", uuid4().bytes)
    store.close()
    store = open_store(folder / "store.db", KEY, clock, ids)
    with store.reading() as tx:
        context = Context(store, officers.actor(tx, officers.by_identifier(tx, "valbrune-07")))
    yield station(context)
    store.close()
