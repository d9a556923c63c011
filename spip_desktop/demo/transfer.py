"""Acts on the transfers: the lines of a script. Files are written in a folder that is gone at once."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from spip_desktop import demo
from spip_desktop.db import transfer
from spip_desktop.demo.play import Scene
from spip_desktop.domain.transfer import Compared, ContactKind, Content, Scope, SentPackage, TransferKind
from spip_desktop.exchange import receipt as receipts
from spip_desktop.exchange.card import Card
from spip_desktop.exchange.identity import StationKeys
from spip_desktop.exchange.receipt import Receipt
from spip_desktop.services.transfer_sending import Preparing

#: From the writing of a package to its being handed over, and to its receipt.
_HANDED, _ANSWERED = timedelta(minutes=25), timedelta(hours=21)


def keys(scene: Scene) -> None:
    """The keys of this station: those published, not new ones, so that its words are the same everywhere."""
    context = scene.desk.entry.context
    with context.store.transaction(context.actor, "make_station_keys") as tx:
        transfer.keep_station_keys(tx, bytes.fromhex(scene.take("keys")))
        tx.note("contact_station", context.store.identity.store)


def card(scene: Scene) -> None:
    """« keys » are the secret ones of the other station, which signs its receipts with them."""
    name, secret = scene.take("as"), _keys_of(scene)
    one = Card(
        station=UUID(scene.take("station")),
        name=scene.take("name"),
        keys=secret.public(),
        made_at=scene.desk.entry.context.clock.now(),
    )
    contact = scene.desk.services.transfers.contacts.add_card(one)
    scene.name(name, contact.id)
    _SECRETS[contact.id] = secret


def trust(scene: Scene) -> None:
    scene.desk.services.transfers.contacts.trust(
        scene.named(scene.take("card")), Compared(scene.take("compared")), ContactKind(scene.take("kind"))
    )


def send(scene: Scene) -> None:
    """A package of changes, up to what the line says of it."""
    sending, contact = scene.desk.services.transfers.sending, scene.named(scene.take("to"))
    scope = Scope(kind=TransferKind.CHANGES, content=Content(scene.take("content")))
    package = sending.prepare(Preparing(scope=scope, purpose=scene.take("purpose"), contacts=(contact,)))
    handed_to, acknowledged = scene.take("handed_to", ""), scene.take("acknowledged", False)
    if scene.take("ready", False):
        return
    clock = scene.play.clock
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as folder:
        package = sending.write(package.id, Path(folder), demo.PASSPHRASE, lambda done, total: None)
        clock.pass_by(seconds=_HANDED.total_seconds())
        sending.hand_over(package.id, scene.desk.entry.context.clock.today(), handed_to)
        if acknowledged:
            clock.pass_by(seconds=_ANSWERED.total_seconds())
            path = Path(folder) / "accuse.spipr"
            path.write_bytes(_receipt(scene, package, contact))
            sending.read_receipt(path)


def _receipt(scene: Scene, package: SentPackage, contact: UUID) -> bytes:
    """What the other station answers: everything taken, one thing to be settled."""
    secret = _SECRETS[contact]
    receipt = Receipt(
        package=package.id,
        file_sha256=package.file_sha256,
        last_seq=package.last_seq,
        station=scene.desk.services.transfers.contacts.get(contact).station,
        signing=secret.public().signing,
        accepted=package.records,
        rejected=0,
        conflicts=1,
        received_at=scene.desk.entry.context.clock.now(),
    )
    return receipts.write(receipt, secret)


#: The secret keys of the stations of the story, by contact.
_SECRETS: dict[UUID, StationKeys] = {}


def _keys_of(scene: Scene) -> StationKeys:
    return StationKeys.from_bytes(bytes.fromhex(scene.take("keys")))


ACTS: dict[str, Callable[[Scene], None]] = {
    "transfer.keys": keys,
    "transfer.card": card,
    "transfer.trust": trust,
    "transfer.send": send,
}
