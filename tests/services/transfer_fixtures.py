"""Two stations that write to each other by files, each with its real store and its dossiers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from spip_desktop.db import info, transfer
from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db.store import open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.transfer import Compared, Contact, ContactKind, Content, Scope, TransferKind
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.services.transfers import TransferService
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import KEY

PASSPHRASE = "quatre girafes boivent du thé tiède"
CHANGES = Scope(kind=TransferKind.CHANGES, content=Content.COMPLETE)


def silently(done: int, total: int) -> None:
    """Nobody follows the progress."""


@dataclass
class Station:
    """`asked` are the passphrases typed, `backups` what was made before a merge."""

    context: Context
    services: Services
    service: TransferService
    asked: list[str]
    backups: list[str]

    def trust(self, other: "Station") -> Contact:
        """Take in the card of the other station, and believe it."""
        contact = self.service.contacts.add_card(other.service.contacts.mine())
        return self.service.contacts.trust(contact.id, Compared.PHONE, ContactKind.STATION, "Cartes comparées")

    def start(self, count: int, first: int = 0) -> None:
        """So many dossiers more, of the officer at work."""
        for number in range(first, first + count):
            born = date(1980, 1, 1 + number % 28)
            begun = QuickStart(
                birth_name=f"Perrin-{number:05}", first_names="Loïc", birth_date=born, ecrou_number=str(5000 + number)
            )
            id_ = self.services.persons.quick_start(begun)
            self.services.persons.assign(id_, self.context.officer_id, reason="nouveau")

    def names(self) -> set[str]:
        with self.context.store.reading() as tx:
            return {one.birth_name for one in persons.PERSONS.find(tx)}

    def aside(self) -> int:
        with self.context.store.reading() as tx:
            return len(tx.connection.execute(transfer.STAGING.select()).all())

    def own_number(self) -> UUID:
        return self.context.store.identity.store


def station(context: Context) -> Station:
    asked: list[str] = []
    backups: list[str] = []
    services = make_services(context)
    service = TransferService(
        context,
        services.access,
        services.transfer_out,
        services.transfer_in,
        asked.append,
        lambda: backups.append("made"),
    )
    return Station(context, services, service, asked, backups)


def other_station(template: Path, folder: Path, clock: Clock, ids: Ids) -> Iterator[Station]:
    """Another store, with numbers of its own."""
    folder.mkdir()
    shutil.copy(template, folder / "store.db")
    store = open_store(folder / "store.db", KEY, clock, ids)
    with store.unattended() as tx:
        for name in ("store", "db_id"):
            info.keep(tx, name, uuid4().bytes)
    store.close()
    store = open_store(folder / "store.db", KEY, clock, ids)
    with store.reading() as tx:
        context = Context(store, officers.actor(tx, officers.by_identifier(tx, "valbrune-07")))
    yield station(context)
    store.close()
