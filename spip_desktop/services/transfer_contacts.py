"""Stations that packages go to and come from: one's own card, the cards of others, and which of them are believed."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db import transfer
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer import CONTACTS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.transfer import Compared, Contact, ContactKind, revoked
from spip_desktop.exchange import card as cards
from spip_desktop.exchange.card import Card
from spip_desktop.exchange.identity import PublicKeys, StationKeys
from spip_desktop.services.context import Context
from spip_desktop.services.leaving import write_out

KIND = "contact_station"


@dataclass(frozen=True, slots=True)
class Likeness:
    """The fingerprint of two keys: eight words to read out, and the modules of a QR code."""

    words: tuple[str, ...]
    modules: tuple[tuple[bool, ...], ...]


class TransferContacts:
    """Each method is one act of the officer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # -- this station ----------------------------------------------------------------------------------------

    def mine(self) -> Card:
        """The card of this station; its keys are made the first time."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            known = transfer.station_keys(tx)
        if known is None:
            with self._context.store.transaction(self._context.actor, "make_station_keys") as tx:
                known = transfer.station_keys(tx) or StationKeys.generate().to_bytes()
                transfer.keep_station_keys(tx, known)
                tx.note(KIND, self.station)
        with self._context.store.reading() as tx:
            return self._card(tx, StationKeys.from_bytes(known))

    def shown(self) -> Likeness:
        """What the other station compares with what it has of this one."""
        return _likeness(self.mine().keys)

    @property
    def station(self) -> UUID:
        return self._context.store.identity.store

    def save_mine(self, path: Path) -> Path:
        """Write one's own card as a file. Refusals: `file_in_store`, `file_not_written`."""
        self._context.actor.require(Right.TRANSFER)
        mine = self.mine()
        written = write_out(path, cards.write(mine, self.keys()), cards.SUFFIX)
        with self._context.store.transaction(self._context.actor, "give_card") as tx:
            tx.note(KIND, self.station)
        return written

    def keys(self) -> StationKeys:
        """The secret keys of this station, for what is written and read here. Refusal `station_without_keys`."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            known = transfer.station_keys(tx)
        if known is None:
            raise Refusal("station_without_keys")
        return StationKeys.from_bytes(known)

    def renew(self, reason: str) -> Card:
        """Make other keys for this station: its former ones were lost with a workstation, or known to others.

        From then on nothing written for the former card opens here: each other station takes in the new one.
        Refusal `reason_needed`.
        """
        self._context.actor.require(Right.TRUST_STATION, reason)
        if not reason.strip():
            raise Refusal("reason_needed", "reason")
        with self._context.store.transaction(self._context.actor, "renew_station_keys") as tx:
            keys = StationKeys.generate()
            transfer.keep_station_keys(tx, keys.to_bytes())
            tx.note(KIND, self.station, reason=reason.strip())
            return self._card(tx, keys)

    # -- the others ------------------------------------------------------------------------------------------

    def all(self) -> list[Contact]:
        """Every contact, trusted or not, by name."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return sorted(CONTACTS.find(tx), key=lambda one: (one.name, one.id))

    def get(self, contact_id: UUID) -> Contact:
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return CONTACTS.get(tx, contact_id)

    def seen(self, contact_id: UUID) -> Likeness:
        """What to compare with what the other station shows."""
        return _likeness(keys_of(self.get(contact_id)))

    def add(self, path: Path) -> Contact:
        """Take in the card of a file; nobody is believed for that. A card already known is not doubled.

        Refusals: `card_unreadable`, `card_altered`, `card_is_ours`, `card_of_other_keys` (name), `card_revoked`.
        """
        self._context.actor.require(Right.TRANSFER)
        try:
            with path.open("rb") as file:
                content = file.read(cards.MOST_BYTES + 1)
        except OSError:
            raise Refusal("card_unreadable") from None
        contact = self.add_card(cards.read(content))
        _refuse_revoked(contact)
        return contact

    def add_card(self, card: Card) -> Contact:
        """The same for a card that came inside a package."""
        self._context.actor.require(Right.TRANSFER)
        if card.station == self.station:
            raise Refusal("card_is_ours")
        with self._context.store.transaction(self._context.actor, "add_contact_station") as tx:
            known = self._known(tx, card)
            if known is not None:
                return known
            contact = Contact(
                id=tx.ids.new(), station=card.station, name=card.name, recipient=card.keys.recipient,
                signing=card.keys.signing,
            )  # fmt: skip
            CONTACTS.save(tx, contact)
            tx.note(KIND, contact.id, recipient=card.name)
        return contact

    def trust(
        self, contact_id: UUID, compared: Compared, kind: ContactKind, reason: str = "", scanned: str = ""
    ) -> Contact:
        """Believe a station whose words or QR code were compared; kept for a DPIP. `scanned`: what was read of its
        QR code, which the program compares itself. Refusals: `card_revoked`, `code_differs`.
        """
        self._context.actor.require(Right.TRUST_STATION, reason)
        with self._context.store.transaction(self._context.actor, "trust_station") as tx:
            known = CONTACTS.get(tx, contact_id)
            _refuse_revoked(known)
            if compared is Compared.QR and not keys_of(known).is_code(scanned):
                raise Refusal("code_differs" if scanned.strip() else "required", "scanned")
            contact = replace(known, compared=compared, kind=kind, trusted_at=tx.now, trusted_by=tx.actor_id)
            CONTACTS.save(tx, contact)
            tx.note(KIND, contact_id, reason=reason.strip(), recipient=contact.name)
        return contact

    def withdraw(self, contact_id: UUID, reason: str) -> Contact:
        """Believe it no longer: a station lost, keys known to others. Refusal `reason_needed`."""
        self._context.actor.require(Right.TRUST_STATION, reason)
        if not reason.strip():
            raise Refusal("reason_needed", "reason")
        with self._context.store.transaction(self._context.actor, "withdraw_trust") as tx:
            contact = replace(CONTACTS.get(tx, contact_id), compared=None, trusted_at=None, trusted_by=None)
            CONTACTS.save(tx, contact)
            tx.note(KIND, contact_id, reason=reason.strip(), recipient=contact.name)
        return contact

    def revoke(self, contact_id: UUID, on: date, reason: str) -> Contact:
        """Its station was lost on that day: from then on nothing of it is believed, and nothing goes to it ever again.

        Refusals: `reason_needed`, those of domain/transfer.py `revoked`.
        """
        self._context.actor.require(Right.TRUST_STATION, reason)
        if not reason.strip():
            raise Refusal("reason_needed", "reason")
        with self._context.store.transaction(self._context.actor, "revoke_station") as tx:
            contact = revoked(CONTACTS.get(tx, contact_id), on, tx.clock.today())
            CONTACTS.save(tx, contact)
            tx.note(KIND, contact_id, reason=reason.strip(), recipient=contact.name)
        return contact

    # -- inside ----------------------------------------------------------------------------------------------

    def _known(self, tx: Transaction, card: Card) -> Contact | None:
        found = CONTACTS.find(tx, station=card.station)
        same = next((one for one in found if keys_of(one) == card.keys), None)
        trusted = next((one for one in found if one.trusted), None)
        if same is None and trusted is not None:
            raise Refusal("card_of_other_keys", name=trusted.name)
        return same

    def _card(self, tx: Transaction, keys: StationKeys) -> Card:
        service = officers.service(tx)
        name = ", ".join(part for part in (service.name, service.branch) if part)
        return Card(station=self.station, name=name, keys=keys.public(), made_at=tx.now)


def keys_of(contact: Contact) -> PublicKeys:
    return PublicKeys(contact.recipient, contact.signing)


def _refuse_revoked(contact: Contact) -> None:
    if contact.revoked_on is not None:
        raise Refusal("card_revoked", name=contact.name, day=contact.revoked_on)


def _likeness(keys: PublicKeys) -> Likeness:
    return Likeness(keys.words(), keys.modules())
