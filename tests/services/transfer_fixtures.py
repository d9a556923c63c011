"""Two stations that write to each other, and records that belong to no slice of the program."""

import shutil
from collections.abc import Collection, Iterator
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
from spip_desktop.services.transfer_sources import Record
from spip_desktop.services.transfers import TransferService
from tests.exchange.packages import records
from tests.store_fixtures import KEY

PASSPHRASE = "quatre girafes boivent du thé tiède"
CHANGES = Scope(kind=TransferKind.CHANGES, content=Content.COMPLETE)


@dataclass
class Lines:
    """What goes out: the records given."""

    lines_: list[Record] = field(default_factory=lambda: records(20))
    known: dict[UUID, int] = field(default_factory=dict)

    def count(self, scope: Scope) -> int:
        return len(list(self.lines(scope, 1_000_000)))

    def lines(self, scope: Scope, until: int) -> Iterator[Record]:
        return (one for one in self.lines_ if (scope.since or 0) < one["seq"] <= until)

    def seal(self, tx: Transaction) -> int:
        return max(one["seq"] for one in self.lines_)

    def since(self, tx: Transaction, recipients: Collection[UUID]) -> int:
        return min((self.known.get(one, 0) for one in recipients), default=0)

    def acknowledge(self, tx: Transaction, recipient: UUID, last: int) -> None:
        self.known[recipient] = last


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
