"""The other station of the story: a store of its own, gone once its part is told, where dossiers are changed too.

What it sends is written, carried and read as any package is.
"""

import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from spip_desktop import demo
from spip_desktop.db import officer as officers
from spip_desktop.db import transfer
from spip_desktop.db.store import Store, create_store
from spip_desktop.demo.play import Desk, Play, Scene, accepted
from spip_desktop.domain.officer import Actor, Officer, Role, Service
from spip_desktop.domain.transfer import Compared, ContactKind, Content, Scope, TransferKind
from spip_desktop.exchange import receipt as receipts
from spip_desktop.exchange.identity import StationKeys
from spip_desktop.exchange.receipt import Receipt
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_sending import Preparing, TransferSending
from spip_desktop.wiring import Services, make_services

_CHANGES = Scope(kind=TransferKind.CHANGES, content=Content.COMPLETE)


@dataclass(frozen=True, slots=True)
class Station:
    """The store of the other station, its officer at work, and what it writes its packages with."""

    store: Store
    context: Context
    services: Services
    sending: TransferSending
    ours: UUID
    keys: StationKeys

    def send(self, folder: Path, purpose: str) -> Path:
        """A package of what changed since the last one that was acknowledged."""
        package = self.sending.prepare(Preparing(scope=_CHANGES, purpose=purpose, contacts=(self.ours,)))
        before = {*folder.iterdir()}
        self.sending.write(package.id, folder, demo.PASSPHRASE, lambda done, total: None)
        (written,) = {*folder.iterdir()} - before
        return written

    def lose(self, folder: Path, purpose: str, keys: StationKeys, ours: UUID) -> None:
        """A package acknowledged by our station, which then came back from a backup made before it read it."""
        self.send(folder, purpose).unlink()
        package = self.sending.all()[0]
        receipt = Receipt(
            package=package.id, file_sha256=package.file_sha256, last_seq=package.last_seq, station=ours,
            signing=keys.public().signing, accepted=package.records, rejected=0, conflicts=0,
            received_at=self.context.clock.now(),
        )  # fmt: skip
        path = folder / "accuse.spipr"
        path.write_bytes(receipts.write(receipt, keys))
        self.sending.read_receipt(path)
        path.unlink()


def visit(scene: Scene) -> None:
    """The other station takes these dossiers in, writes what `there` says, and its package is read here; what `here`
    says is written meanwhile, and what `lost` says left in a package that this station does not have any more.

    A change: `who`, `kind` (person, address, contact), and the fields.
    """
    persons = [scene.play.known[name] for name in scene.take("dossiers")]
    here, there, lost = (scene.take(key, ()) for key in ("here", "there", "lost"))
    purpose = scene.take("purpose")
    with _folder() as place, _folder() as folder, _station(scene, place) as other:
        _bring(scene.desk, other, persons)
        _write(scene.play, other.services, lost)
        keys = scene.desk.services.transfers.contacts.keys()
        other.lose(folder, purpose, keys, scene.desk.entry.context.store.identity.store)
        _write(scene.play, other.services, there)
        _write(scene.play, scene.desk.services, here)
        scene.play.clock.pass_by(minutes=40)
        path = other.send(folder, purpose)
        receiving = scene.desk.services.transfers.receiving
        receiving.merge(receiving.look(path, "", lambda done, total: None))


def _write(play: Play, services: Services, changes: Iterable[Mapping[str, Any]]) -> None:
    """The person, or the last line of that kind of the dossier, as one types it."""
    for change in changes:
        fields = {key: value for key, value in change.items() if key not in ("who", "kind")}
        person, civil = play.known[change["who"]], services.persons.civil(play.known[change["who"]])
        if change["kind"] == "person":
            saved = services.persons.save_fields(person, fields)
        elif change["kind"] == "address":
            saved = services.persons.addresses.save_fields(civil.addresses[-1].value.id, fields)
        else:
            saved = services.persons.contacts.save_fields(civil.contacts[-1].value.id, fields)
        accepted(saved, change["who"])


def _bring(desk: Desk, other: Station, persons: list[UUID]) -> None:
    """The dossiers as they stood here that day: what a first package, long acknowledged, took there."""
    scope = Scope(kind=TransferKind.DOSSIER, content=Content.COMPLETE, persons=tuple(persons))
    package = other.context.ids.new()
    with other.store.transaction(other.context.actor, "import_package") as tx:
        transfer.stage(tx, package, 0, desk.services.transfer_out.collect(scope).lines())
        other.services.transfer_in.merge(tx, package)
        transfer.clear_staging(tx)
        tx.note("package_received", package)


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as folder:
        yield Path(folder)


@contextmanager
def _station(scene: Scene, folder: Path) -> Iterator[Station]:
    """A store under a key that nobody keeps."""
    context, secret = scene.desk.entry.context, StationKeys.from_bytes(bytes.fromhex(scene.take("keys")))
    ids, number = context.ids, UUID(scene.take("station"))
    store = create_store(folder / "store.db", secrets.token_bytes(32), number, context.clock, ids, demonstration=True)
    try:
        officer = Officer(id=ids.new(), roles=(Role.CPIP, Role.DPIP), **scene.take("officer"))
        actor = Actor(officer, store_has_dpip=True)
        with store.transaction(actor, "first_start") as tx:
            officers.OFFICERS.save(tx, officer)
            officers.SERVICES.save(tx, Service(id=ids.new(), **scene.take("service")))
            transfer.keep_station_keys(tx, secret.to_bytes())
            tx.note("officer", officer.id)
        there = Context(store, actor)
        services = make_services(there)
        contacts = services.transfers.contacts
        ours = contacts.add_card(scene.desk.services.transfers.contacts.mine())
        contacts.trust(ours.id, Compared.FACE_TO_FACE, ContactKind.STATION)
        sending = TransferSending(there, contacts, services.transfer_out, lambda passphrase: None)
        yield Station(store, there, services, sending, ours.id, secret)
    finally:
        store.close()


ACTS: dict[str, Callable[[Scene], None]] = {"station.visit": visit}
