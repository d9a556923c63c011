"""What travels between stations: contacts, packages sent and received, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.acknowledged import NOTHING, Acknowledged, by_all
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.text import fold


class ContactKind(StrEnum):
    """What may be written to a contact: everything to a station of the same processing, less to another system."""

    STATION = "station"
    OTHER_SYSTEM = "other_system"
    #: The service's own key, kept apart: it opens every package (security.md §2, slot E).
    ESCROW = "escrow"


class Compared(StrEnum):
    """How the words or the QR code of a card were compared before it was trusted."""

    PHONE = "phone"
    FACE_TO_FACE = "face_to_face"
    QR = "qr"


class TransferKind(StrEnum):
    """Why a package is made."""

    CHANGES = "changes"
    CASELOAD = "caseload"
    DOSSIER = "dossier"
    HANDOVER = "handover"
    FOR_VISA = "for_visa"
    VISA = "visa"


class Content(StrEnum):
    """How much of a dossier travels (R. 113-58: no interconnection of the data of R. 113-51)."""

    COMPLETE = "complete"
    WITHOUT_SENSITIVE = "without_sensitive"


class SentState(StrEnum):
    READY = "ready"
    WRITTEN = "written"
    VERIFIED = "verified"
    HANDED_OVER = "handed_over"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A station whose card was received; written to, and believed, only while trusted.

    `revoked_on`: the day from which its keys may be in other hands; such a card is never trusted again.
    """

    id: UUID
    station: UUID
    name: str
    recipient: str
    signing: str
    kind: ContactKind = ContactKind.STATION
    compared: Compared | None = None
    trusted_at: datetime | None = None
    trusted_by: UUID | None = None
    revoked_on: date | None = None

    @property
    def trusted(self) -> bool:
        return self.trusted_at is not None and self.revoked_on is None

    def believed(self, day: date) -> bool:
        """Whether what it signed with that date is believed: what it wrote before it was lost still is."""
        return self.trusted_at is not None and (self.revoked_on is None or day < self.revoked_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a package holds: of which dossiers (none named: all that the kind covers), since which change of each.

    `answers`: the package that a visa answers.
    """

    kind: TransferKind
    content: Content
    persons: tuple[UUID, ...] = ()
    acknowledged: Acknowledged = NOTHING
    answers: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPackage:
    """A package of this station. `id` is the one in the file; `contacts`, whom it is for; `phrase` opens it where no
    contact was known, and is kept until it is acknowledged. `by_phone`: the receipt was told, `accepted` is not known.

    `persons` are the dossiers that were named, `dossiers` those that it covers once written, or `everyone`: all of the
    store. `since`: the last change that had been acknowledged then.
    """

    id: UUID
    kind: TransferKind
    content: Content
    persons: tuple[UUID, ...]
    contacts: tuple[UUID, ...]
    purpose: str
    since: int | None = None
    answers: UUID | None = None
    phrase: str = ""
    state: SentState = SentState.READY
    made_at: datetime | None = None
    file_name: str = ""
    file_sha256: str = ""
    content_sha256: str = ""
    records: int = 0
    last_seq: int = 0
    handed_on: date | None = None
    handed_to: str = ""
    acknowledged_at: datetime | None = None
    acknowledged_by: UUID | None = None
    by_phone: bool = False
    accepted: int = 0
    rejected: int = 0
    conflicts: int = 0
    dossiers: tuple[UUID, ...] = ()
    everyone: bool = False

    @property
    def scope(self) -> Scope:
        return Scope(kind=self.kind, content=self.content, persons=self.persons, answers=self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPackage:
    """A package of another station, once merged. `id` is the one in the file; `persons`, those whom it is about."""

    id: UUID
    kind: TransferKind
    content: Content
    station: UUID
    sender: str
    received_at: datetime
    file_sha256: str
    records: int
    last_seq: int
    accepted: int
    rejected: int
    conflicts: int
    answers: UUID | None = None
    persons: tuple[UUID, ...] = ()
    content_sha256: str = ""


def export_problems(purpose: str, contacts: tuple[Contact, ...], content: Content, *, by_phrase: bool) -> list[Problem]:
    """What to put right before a package is prepared: why, for whom, and how much."""
    problems = [] if len(fold(purpose)) >= 3 else [Problem("purpose_needed", "purpose")]
    if not contacts and not by_phrase:
        problems.append(Problem("recipient_needed", "contacts"))
    problems += [Problem("contact_not_trusted", "contacts", {"name": one.name}) for one in contacts if not one.trusted]
    elsewhere = [one for one in contacts if one.kind is ContactKind.OTHER_SYSTEM]
    if elsewhere and content is Content.COMPLETE:
        problems.append(Problem("sensitive_to_other_system", "content", {"name": elsewhere[0].name}))
    return problems


def revoked(contact: Contact, on: date, today: date) -> Contact:
    """The station was lost on that day, or its keys known to others. Refusals: `card_revoked`, `revoked_in_future`."""
    if contact.revoked_on is not None:
        raise Refusal("card_revoked", name=contact.name, day=contact.revoked_on)
    if on > today:
        raise Refusal("revoked_in_future", "revoked_on")
    return replace(contact, revoked_on=on)


def acknowledged(packages: Iterable[SentPackage], contacts: Iterable[UUID]) -> Acknowledged:
    """What these contacts all have, as they said: of what went whole, for without its sensitive data a dossier has yet
    to leave.
    """
    came_back = [one for one in packages if one.content is Content.COMPLETE and one.kind is TransferKind.CHANGES]
    each = []
    for contact in contacts:
        has = NOTHING
        for one in came_back:
            if one.state is SentState.ACKNOWLEDGED and one.acknowledged_by == contact:
                has = has.after(None if one.everyone else one.dossiers, one.last_seq)
        each.append(has)
    return by_all(each)


def usual_content(contacts: tuple[Contact, ...]) -> Content:
    """« Sans données sensibles » towards another system and towards no one known, complete between stations."""
    same = contacts and all(one.kind is not ContactKind.OTHER_SYSTEM for one in contacts)
    return Content.COMPLETE if same else Content.WITHOUT_SENSITIVE


def handed_over(package: SentPackage, on: date, to: str, today: date) -> SentPackage:
    """The file was given to someone. Refusals: `package_not_verified`, `date_in_future`."""
    if package.state not in (SentState.VERIFIED, SentState.HANDED_OVER):
        raise Refusal("package_not_verified")
    if on > today:
        raise Refusal("handed_in_future", "handed_on")
    return replace(package, state=SentState.HANDED_OVER, handed_on=on, handed_to=to)
