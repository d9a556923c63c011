"""Packages of other stations: set aside, checked whole, looked at, merged on a yes, acknowledged by a receipt."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from spip_desktop.db import transfer
from spip_desktop.db.transfer import CONTACTS, RECEIVED
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.dates import short
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.transfer import Contact, Content, ReceivedPackage, TransferKind
from spip_desktop.domain.transfer_result import Result
from spip_desktop.exchange import package as packages
from spip_desktop.exchange import receipt as receipts
from spip_desktop.exchange import spoken_receipt
from spip_desktop.exchange.header import Sound
from spip_desktop.exchange.identity import StationKeys, read_phrase
from spip_desktop.exchange.receipt import Receipt
from spip_desktop.exchange.spoken_receipt import Told
from spip_desktop.services.context import Context
from spip_desktop.services.leaving import write_out
from spip_desktop.services.transfer_contacts import TransferContacts, keys_of
from spip_desktop.services.transfer_sources import Arrivals, Record

KIND = "package_received"
#: Records set aside in one transaction: the window's own writes wait for it.
_SLICE = 400
#: Records from which a backup is made before they are merged (security.md §5.3).
_MANY = 100
Progress = Callable[[int, int], object]


def _silently(done: int, total: int) -> None:
    """Nobody follows the progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A package that holds, set aside. `preview` is there once its sender is trusted; nothing is merged yet."""

    package: UUID
    kind: TransferKind
    content: Content
    made_at: datetime
    sender: Contact
    records: int
    preview: Result | None
    sound: Sound


class TransferReceiving:
    """Each method is one act of the officer."""

    def __init__(
        self, context: Context, contacts: TransferContacts, arrivals: Arrivals, back_up: Callable[[], object]
    ) -> None:
        """`back_up` makes a verified backup, before many records are merged."""
        self._context, self._contacts, self._arrivals, self._back_up = context, contacts, arrivals, back_up

    # -- reading ---------------------------------------------------------------------------------------------

    def all(self) -> list[ReceivedPackage]:
        """Every package merged here, the newest first."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return sorted(RECEIVED.find(tx), key=lambda one: (one.received_at, one.id), reverse=True)

    def get(self, package_id: UUID) -> ReceivedPackage:
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return RECEIVED.get(tx, package_id)

    def needs_phrase(self, path: Path) -> bool:
        """Whether the package is opened by a phrase."""
        self._context.actor.require(Right.TRANSFER)
        with _opened(path) as file:
            return packages.is_under_phrase(file)

    def check(self, path: Path, phrase: str, progress: Progress) -> Sound:
        """Read a file to its end and set nothing aside. Refusals: those of exchange/package.py, `phrase_needed`."""
        self._context.actor.require(Right.TRANSFER)
        with _opened(path) as file:
            opener = self._opener(file, phrase)
            newest = self._arrivals.newest_schema
            return packages.read(file, opener, lambda record: None, newest, progress=progress)

    # -- looking, merging ------------------------------------------------------------------------------------

    def look(self, path: Path, phrase: str, progress: Progress) -> Arrived:
        """Read a file, set its records aside, and say what merging would change; in the worker.

        Refusals, after each of which nothing is left aside: those of exchange/package.py, `phrase_needed`,
        `package_already_imported` (day), `package_is_ours`, `card_of_other_keys` (name), `sender_revoked` (name, day).
        """
        self._context.actor.require(Right.TRANSFER)
        self._contacts.mine()  # a station without keys makes them: only then can it be written to
        self._clear()
        with _opened(path) as file:
            opener = self._opener(file, phrase)
            aside = _Aside(self._context)
            try:
                sound = packages.read(file, opener, aside.take, self._arrivals.newest_schema, progress=progress)
                self._require_new(sound)
                aside.close(sound.header.package)
                sender = self._contacts.add_card(sound.header.sender)
                _refuse_lost(sender, sound)
                return self._arrived(sound, sender, progress)
            except BaseException:
                self._clear()
                raise

    def look_again(self, arrived: Arrived, progress: Progress = _silently) -> Arrived:
        """The same once its sender is trusted, or after what is here has changed."""
        self._context.actor.require(Right.TRANSFER)
        return self._arrived(arrived.sound, self._contacts.get(arrived.sender.id), progress)

    def merge(self, arrived: Arrived, progress: Progress = _silently) -> ReceivedPackage:
        """Put what was set aside together with what is here: all of it or nothing, when `progress` raises too.

        Refusals: `sender_not_trusted` (name), `package_already_imported` (day), those of the merging.
        """
        self._context.actor.require(Right.TRANSFER)
        self._require_trusted(arrived)
        self._require_new(arrived.sound)
        if arrived.records > _MANY:
            self._back_up()
        tally, header = arrived.sound.tally, arrived.sound.header
        with self._context.store.transaction(self._context.actor, "import_package", package=True) as tx:
            merged = self._arrivals.merge(tx, arrived.package, partial(progress, 0, 0))
            told = arrived.preview.persons if arrived.preview else ()
            received = ReceivedPackage(
                id=arrived.package, kind=arrived.kind, content=arrived.content, station=header.sender.station,
                sender=arrived.sender.name, received_at=tx.now, file_sha256=arrived.sound.file_sha256,
                records=tally.records, last_seq=tally.last_seq, accepted=merged.accepted, rejected=merged.rejected,
                conflicts=merged.conflicts, answers=header.answers, content_sha256=tally.sha256,
                persons=tuple(one.person_id for one in told if one.person_id is not None),
            )  # fmt: skip
            RECEIVED.save(tx, received)
            transfer.clear_staging(tx)
            tx.note(KIND, received.id, recipient=received.sender)
        return received

    def drop(self) -> None:
        """Forget what was set aside."""
        self._context.actor.require(Right.TRANSFER)
        self._clear()

    def receipt(self, package_id: UUID, folder: Path) -> Path:
        """Write the signed receipt of a merged package. Refusals: `file_in_store`, `file_not_written`."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            received = RECEIVED.get(tx, package_id)
        keys = self._contacts.keys()
        receipt = Receipt(
            package=received.id, file_sha256=received.file_sha256, last_seq=received.last_seq,
            station=self._contacts.station, signing=keys.public().signing, accepted=received.accepted,
            rejected=received.rejected, conflicts=received.conflicts, received_at=received.received_at,
        )  # fmt: skip
        name = f"spip_accuse_{received.id.hex[-8:]}{receipts.SUFFIX}"
        written = write_out(folder / name, receipts.write(receipt, keys), receipts.SUFFIX)
        with self._context.store.transaction(self._context.actor, "write_receipt") as tx:
            tx.note(KIND, package_id, recipient=received.sender)
        return written

    def spoken(self, package_id: UUID) -> str:
        """The receipt as it is read out by phone, where its file cannot travel.

        Refusals: `spoken_too_many`, `spoken_not_kept` for a package taken in before there were such codes.
        """
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "tell_receipt") as tx:
            received = RECEIVED.get(tx, package_id)
            if not received.content_sha256:
                raise Refusal("spoken_not_kept")
            code = spoken_receipt.write(
                Told(
                    package=received.id, file_sha256=received.file_sha256, content_sha256=received.content_sha256,
                    signing=self._contacts.keys().public().signing, rejected=received.rejected,
                    conflicts=received.conflicts,
                )
            )  # fmt: skip
            tx.note(KIND, package_id, recipient=received.sender)
        return code

    # -- the steps -------------------------------------------------------------------------------------------

    def _opener(self, file: BinaryIO, phrase: str) -> StationKeys | str:
        if not packages.is_under_phrase(file):
            return self._contacts.keys()
        if not phrase.strip():
            raise Refusal("phrase_needed", "phrase")
        return read_phrase(phrase)

    def _arrived(self, sound: Sound, sender: Contact, progress: Progress) -> Arrived:
        header = sound.header
        return Arrived(
            package=header.package, kind=header.kind, content=header.content, made_at=header.made_at, sender=sender,
            records=sound.tally.records, sound=sound,
            preview=self._arrivals.preview(header.package, partial(progress, 0, 0))
            if sender.believed(_day(header.made_at))
            else None,
        )  # fmt: skip

    def _require_new(self, sound: Sound) -> None:
        if sound.header.sender.station == self._contacts.station:
            raise Refusal("package_is_ours")
        with self._context.store.reading() as tx:
            known = RECEIVED.find(tx, id=sound.header.package)
        if known:
            raise Refusal("package_already_imported", day=short(_day(known[0].received_at)))

    def _require_trusted(self, arrived: Arrived) -> None:
        with self._context.store.reading() as tx:
            sender = CONTACTS.get(tx, arrived.sender.id)
        _refuse_lost(sender, arrived.sound)
        if not sender.believed(_day(arrived.made_at)) or keys_of(sender) != arrived.sound.header.sender.keys:
            raise Refusal("sender_not_trusted", name=sender.name)

    def _clear(self) -> None:
        with self._context.store.transaction(self._context.actor, "stage_package") as tx:
            transfer.clear_staging(tx)


class _Aside:
    """Records set aside by slices, under a number of their own until the package is known to hold."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._id = context.ids.new()
        self._waiting: list[Record] = []
        self._done = 0

    def take(self, record: Record) -> None:
        self._waiting.append(record)
        if len(self._waiting) >= _SLICE:
            self._put()

    def close(self, package: UUID) -> None:
        """Put the last ones, and give all of them the number of their package."""
        self._put()
        with self._context.store.transaction(self._context.actor, "stage_package") as tx:
            transfer.name_staging(tx, self._id, package)

    def _put(self) -> None:
        with self._context.store.transaction(self._context.actor, "stage_package") as tx:
            transfer.stage(tx, self._id, self._done, self._waiting)
        self._done += len(self._waiting)
        self._waiting = []


def _refuse_lost(sender: Contact, sound: Sound) -> None:
    """Nothing is taken of what a station signed since it was lost."""
    made = _day(sound.header.made_at)
    if sender.revoked_on is not None and not sender.believed(made):
        raise Refusal("sender_revoked", name=sender.name, day=sender.revoked_on)


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError:
        raise Refusal("package_unreadable") from None
