"""Packages of this station: prepared, written where the officer chose, verified, handed over, acknowledged.

Nothing is removed here because it was sent. What is written leaves a line in the journal before its file has a name.
"""

import hmac
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db import visa
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer import CONTACTS, RECEIVED, SENT
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import fold
from spip_desktop.domain.transfer import (
    Contact,
    ContactKind,
    Scope,
    SentPackage,
    SentState,
    TransferKind,
    acknowledged,
    export_problems,
    handed_over,
)
from spip_desktop.exchange import package as packages
from spip_desktop.exchange import receipt as receipts
from spip_desktop.exchange import spoken_receipt
from spip_desktop.exchange.header import Header, Sound
from spip_desktop.exchange.identity import phrase as draw_phrase
from spip_desktop.exchange.receipt import Receipt
from spip_desktop.exchange.spoken_receipt import Told
from spip_desktop.security.folder import is_removable, mount_of, read_mounts
from spip_desktop.services.context import Context
from spip_desktop.services.departure import Departure, verify
from spip_desktop.services.transfer_contacts import TransferContacts
from spip_desktop.services.transfer_sources import Collected, Sources

KIND = "package_sent"
#: What a package adds to its records, at most, in bytes: age's header, its tags, the padding.
_AROUND = 256 * 1024
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """What the officer chose: what, for whom (contacts, or nobody known: `by_phrase`), and why."""

    scope: Scope
    purpose: str
    contacts: tuple[UUID, ...] = ()
    by_phrase: bool = False


class TransferSending:
    """Each method is one act of the officer."""

    def __init__(
        self, context: Context, contacts: TransferContacts, sources: Sources, reauthenticate: Callable[[str], None]
    ) -> None:
        self._context, self._contacts, self._sources = context, contacts, sources
        self._reauthenticate = reauthenticate

    # -- reading ---------------------------------------------------------------------------------------------

    def all(self) -> list[SentPackage]:
        """Every package of this station, the newest first."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return sorted(SENT.find(tx), key=lambda one: one.id, reverse=True)

    def get(self, package_id: UUID) -> SentPackage:
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return SENT.get(tx, package_id)

    def holds(self, package: SentPackage) -> Collected:
        """What a package would carry now: so many records of so many dossiers."""
        self._context.actor.require(Right.TRANSFER)
        return self._sources.collect(self._scope(package))

    # -- preparing and writing -------------------------------------------------------------------------------

    def prepare(self, chosen: Preparing) -> SentPackage:
        """Keep what is to be sent; its file is written afterwards.

        Refusals: those of `export_problems`, `nothing_awaits_visa`, `visa_of_no_package`, `nothing_answered`.
        """
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            contacts = tuple(CONTACTS.get(tx, one) for one in chosen.contacts)
            _require_visa_ground(tx, chosen.scope)
        refuse_if_any(
            export_problems(chosen.purpose, contacts, chosen.scope.content, by_phrase=chosen.by_phrase and not contacts)
        )
        if chosen.scope.kind is TransferKind.VISA and not self._sources.collect(chosen.scope).records:
            raise Refusal("nothing_answered")
        by_phrase = not contacts
        with self._context.store.transaction(self._context.actor, "prepare_package") as tx:
            package = SentPackage(
                id=tx.ids.new(), kind=chosen.scope.kind, content=chosen.scope.content, persons=chosen.scope.persons,
                contacts=tuple(one.id for one in contacts), purpose=chosen.purpose.strip(),
                answers=chosen.scope.answers, phrase=draw_phrase(tx.ids.random(9)) if by_phrase else "",
            )  # fmt: skip
            SENT.save(tx, package)
            tx.note(KIND, package.id, reason=package.purpose, recipient=_names(contacts))
        return package

    def drop(self, package_id: UUID) -> None:
        """Give up a package that was never written. Refusal `package_already_written`."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "drop_package") as tx:
            _require_ready(SENT.get(tx, package_id))
            SENT.bin(tx, package_id)
            tx.note(KIND, package_id)

    def is_removable(self, folder: Path) -> bool:
        """Whether the folder is on a medium that is carried away, as far as the system tells."""
        self._context.actor.require(Right.TRANSFER)
        return is_removable(Path(os.path.realpath(folder)))

    def device_of(self, folder: Path) -> str:
        """What holds the folder, as the system names it; nothing where it does not tell."""
        self._context.actor.require(Right.TRANSFER)
        mount = mount_of(Path(os.path.realpath(folder)), read_mounts())
        return mount.source if mount else ""

    def write(
        self, package_id: UUID, folder: Path, passphrase: str, progress: Progress, *, medium_allowed: bool = False
    ) -> SentPackage:
        """Write the file in a folder, then read it again; in the worker. `medium_allowed`: the officer said that the
        medium is one that the CLSI allows, where it is removable.

        Refusals: `current_passphrase_wrong`, `medium_not_allowed`, `package_already_written`, `contact_not_trusted`,
        `nothing_to_send`, `no_dossier_to_send`, those of services/departure.py and exchange/package.py. After each, the
        package is as before and no file looks whole.
        """
        self._context.actor.require(Right.TRANSFER)
        package = self.get(package_id)
        _require_ready(package)
        if self.is_removable(folder) and not medium_allowed:
            raise Refusal("medium_not_allowed", "medium")
        self._reauthenticate(passphrase)
        contacts = self._recipients(package)
        scope = self._scope(package)
        collected = self._sources.collect(scope)
        package = replace(
            package, since=scope.acknowledged.last or None, everyone=collected.covers is None,
            dossiers=tuple(sorted(collected.covers or ())),
        )  # fmt: skip
        if not collected.records:
            raise Refusal("nothing_to_send" if package.since else "no_dossier_to_send")
        name = self._file_name(package)
        departure = Departure(folder, name, collected.most_bytes + _AROUND, self._never_whole())
        header = self._header(package, contacts, collected)

        def fill(file: BinaryIO) -> Sound:
            return packages.write(
                file, header, collected.lines(), self._contacts.keys(), phrase=package.phrase,
                progress=lambda done: progress(min(done, collected.records), collected.records),
            )  # fmt: skip

        sound = departure.write(fill)
        package = self._announce(package, name, sound, contacts)
        try:
            departure.publish()
            departure.verify(sound.file_sha256)
        except Refusal as refusal:
            self._taken_back(package, refusal.code)
            raise
        return self._become(package, "verify_package", state=SentState.VERIFIED)

    def verify(self, package_id: UUID, path: Path) -> SentPackage:
        """Read again the file of a package whose writing was cut short after it got its name.

        Refusals: `target_not_verified`, `package_not_written`.
        """
        self._context.actor.require(Right.TRANSFER)
        package = self.get(package_id)
        if not package.file_sha256:
            raise Refusal("package_not_written")
        verify(path, package.file_sha256)
        state = SentState.VERIFIED if package.state is SentState.WRITTEN else package.state
        return self._become(package, "verify_package", state=state)

    def write_again(self, package_id: UUID) -> SentPackage:
        """The file of a package was lost before anyone acknowledged it: the same package may be written again."""
        self._context.actor.require(Right.TRANSFER)
        package = self.get(package_id)
        if package.state is SentState.ACKNOWLEDGED:
            raise Refusal("package_acknowledged")
        return self._become(package, "write_package_again", state=SentState.READY, handed_on=None, handed_to="")

    # -- afterwards ------------------------------------------------------------------------------------------

    def hand_over(self, package_id: UUID, on: date, to: str) -> SentPackage:
        """Note that the medium was given to someone. Refusals: those of domain/transfer.py `handed_over`."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "hand_over_package") as tx:
            package = handed_over(SENT.get(tx, package_id), on, to.strip(), self._context.clock.today())
            SENT.save(tx, package)
            tx.note(KIND, package_id, recipient=package.handed_to)
        return package

    def read_receipt(self, path: Path) -> SentPackage:
        """Take in a receipt brought back. Refusals: `receipt_unreadable`, `receipt_altered`,
        `receipt_of_no_package`, `receipt_of_other_file`, `receipt_of_unknown_station`.
        """
        self._context.actor.require(Right.TRANSFER)
        try:
            with path.open("rb") as file:
                receipt = receipts.read(file.read(receipts.MOST_BYTES + 1))
        except OSError:
            raise Refusal("receipt_unreadable") from None
        with self._context.store.transaction(self._context.actor, "acknowledge_package") as tx:
            package = next(iter(SENT.find(tx, id=receipt.package)), None)
            if package is None:
                raise Refusal("receipt_of_no_package")
            if receipt.file_sha256 != package.file_sha256:
                raise Refusal("receipt_of_other_file")
            contact = _author(CONTACTS.find(tx, station=receipt.station), package, receipt)
            package = replace(
                package, state=SentState.ACKNOWLEDGED, acknowledged_at=receipt.received_at, acknowledged_by=contact.id,
                accepted=receipt.accepted, rejected=receipt.rejected, conflicts=receipt.conflicts, phrase="",
                by_phone=False,
            )  # fmt: skip
            SENT.save(tx, package)
            tx.note(KIND, package.id, recipient=contact.name)
        return package

    def hear_receipt(self, package_id: UUID, typed: str) -> SentPackage:
        """Take in a receipt read out by phone. Refusals: `package_not_verified`, `package_acknowledged`,
        `spoken_of_other_package`, those of exchange/spoken_receipt.py.
        """
        self._context.actor.require(Right.TRANSFER)
        rejected, conflicts, proof = spoken_receipt.read(typed)
        with self._context.store.transaction(self._context.actor, "acknowledge_by_phone") as tx:
            package = SENT.get(tx, package_id)
            if package.state is SentState.ACKNOWLEDGED:
                raise Refusal("package_acknowledged")
            if package.state not in (SentState.VERIFIED, SentState.HANDED_OVER):
                raise Refusal("package_not_verified")
            contact = _speaker(CONTACTS.find(tx), package, rejected, conflicts, proof)
            package = replace(
                package, state=SentState.ACKNOWLEDGED, acknowledged_at=tx.now, acknowledged_by=contact.id,
                accepted=0, rejected=rejected, conflicts=conflicts, phrase="", by_phone=True,
            )  # fmt: skip
            SENT.save(tx, package)
            tx.note(KIND, package.id, recipient=contact.name)
        return package

    # -- the steps -------------------------------------------------------------------------------------------

    def _recipients(self, package: SentPackage) -> list[Contact]:
        """Whom it is for, still trusted, and the key kept apart; nobody when it is under a phrase."""
        if package.phrase:
            return []
        with self._context.store.reading() as tx:
            chosen = [CONTACTS.get(tx, one) for one in package.contacts]
            escrow = CONTACTS.find(tx, kind=ContactKind.ESCROW)
        for one in chosen:
            if not one.trusted:
                raise Refusal("contact_not_trusted", name=one.name)
        return [*chosen, *(one for one in escrow if one.trusted and one.id not in package.contacts)]

    def _scope(self, package: SentPackage) -> Scope:
        """What it holds: the changes, from what its recipients have of each dossier."""
        if package.kind is not TransferKind.CHANGES:
            return package.scope
        with self._context.store.reading() as tx:
            return replace(package.scope, acknowledged=acknowledged(SENT.find(tx), package.contacts))

    def _header(self, package: SentPackage, contacts: list[Contact], collected: Collected) -> Header:
        mine = self._contacts.mine()
        keys = [one.recipient for one in contacts]
        return Header(
            package=package.id, schema=collected.schema, kind=package.kind, content=package.content, sender=mine,
            db_id=self._context.store.identity.db_id, recipients=tuple([*keys, mine.keys.recipient] if keys else []),
            made_at=self._context.clock.now(), since=package.since, answers=package.answers,
        )  # fmt: skip

    def _file_name(self, package: SentPackage) -> str:
        """Neutral: the antenne, the day, the end of the package's number."""
        with self._context.store.reading() as tx:
            branch = officers.service(tx).branch
        site = re.sub("[^a-z0-9]+", "-", fold(branch)).strip("-")[:40] or "service"
        return f"spip_{site}_{self._context.clock.today():%Y%m%d}_{package.id.hex[-8:]}{packages.SUFFIX}"

    def _never_whole(self) -> list[str]:
        with self._context.store.reading() as tx:
            return [one.file_name for one in SENT.find(tx, state=SentState.READY) if one.file_name]

    def _announce(self, package: SentPackage, name: str, sound: Sound, contacts: list[Contact]) -> SentPackage:
        """What is about to have a name, in the store and in its journal first."""
        with self._context.store.transaction(self._context.actor, "write_package") as tx:
            package = replace(
                package, state=SentState.WRITTEN, made_at=sound.header.made_at, file_name=name,
                file_sha256=sound.file_sha256, content_sha256=sound.tally.sha256, records=sound.tally.records,
                last_seq=sound.tally.last_seq,
            )  # fmt: skip
            SENT.save(tx, package)
            tx.note(KIND, package.id, reason=package.purpose, recipient=_names(contacts))
        return package

    def _taken_back(self, package: SentPackage, why: str) -> None:
        with self._context.store.transaction(self._context.actor, "package_not_written") as tx:
            SENT.save(tx, replace(package, state=SentState.READY))
            tx.note(KIND, package.id, reason=why)

    def _become(self, package: SentPackage, act: str, **changed: object) -> SentPackage:
        with self._context.store.transaction(self._context.actor, act) as tx:
            package = replace(package, **changed)  # type: ignore[arg-type]  # fields named by the methods above
            SENT.save(tx, package)
            tx.note(KIND, package.id)
        return package


def _require_visa_ground(tx: Transaction, scope: Scope) -> None:
    """A dossier goes for a visa when something in it awaits one; a visa goes back to the package that asked for it."""
    if scope.kind is TransferKind.FOR_VISA and not visa.awaited(tx, scope.persons):
        raise Refusal("nothing_awaits_visa", "person")
    if scope.kind is TransferKind.VISA:
        asked = RECEIVED.find(tx, id=scope.answers, kind=TransferKind.FOR_VISA) if scope.answers else []
        if not asked or not {*scope.persons} <= {*asked[0].persons}:
            raise Refusal("visa_of_no_package", "kind")


def _require_ready(package: SentPackage) -> None:
    if package.state is not SentState.READY:
        raise Refusal("package_already_written")


def _names(contacts: tuple[Contact, ...] | list[Contact]) -> str:
    """Who can open it, as the journal keeps it."""
    return ", ".join(one.name for one in contacts) or "phrase de six mots"


def _author(found: list[Contact], package: SentPackage, receipt: Receipt) -> Contact:
    """The trusted station that signed a receipt, one of those that the package was for."""
    for one in found:
        believed = one.believed(receipt.received_at.astimezone(PARIS).date())
        if believed and one.signing == receipt.signing and (not package.contacts or one.id in package.contacts):
            return one
    raise Refusal("receipt_of_unknown_station")


def _speaker(known: list[Contact], package: SentPackage, rejected: int, conflicts: int, proof: int) -> Contact:
    """The trusted station that worked out a code, one of those that the package was for."""
    for one in known:
        if not one.trusted or (package.contacts and one.id not in package.contacts):
            continue
        told = Told(
            package=package.id, file_sha256=package.file_sha256, content_sha256=package.content_sha256,
            signing=one.signing, rejected=rejected, conflicts=conflicts,
        )  # fmt: skip
        if hmac.compare_digest(told.proof().to_bytes(8, "big"), proof.to_bytes(8, "big")):
            return one
    raise Refusal("spoken_of_other_package", "code")
