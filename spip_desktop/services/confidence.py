"""Confidences: its author's alone; sealed once the author has left, opened then by a DPIP who says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.db import journal
from spip_desktop.db import officer as officers
from spip_desktop.db.confidence import CONFIDENCES, of_author
from spip_desktop.db.person import PERSONS
from spip_desktop.db.records import Stored
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.changes import change
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.confidence import KIND, Confidence, confidence_problems, is_sealed
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Officer, Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import clean, fold
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.lines import Saved

_TYPED = frozenset({"text", "heard_on"})
#: What tells that one exists; its words are not read.
_EXISTENCE = ("id", "person_id", "author_id", "heard_on")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A confidence whose author has left: who heard it and when, without a word of it."""

    id: UUID
    author: str
    heard_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLine:
    """The same in the list of the service: of whom, and the last time it was opened, by whom and why."""

    sealed: Sealed
    person_id: UUID
    person: str
    opened_on: date | None = None
    opened_by: str = ""
    reason: str = ""


class ConfidenceService:
    """Nobody but its author reads one; to others it does not even exist (Refusal `not_found`)."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def mine(self, person_id: UUID) -> tuple[Stored[Confidence], ...]:
        """What this officer was told by this person, the oldest first."""
        self._context.actor.require(Right.READ_EVALUATION)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return tuple(of_author(tx, person_id, self._context.officer_id))

    def add(self, person_id: UUID, heard_on: date, heard_in: Place | None = None) -> UUID:
        """An empty confidence to write in; `heard_in`: during what it was heard."""
        self._context.actor.require(Right.WRITE_EVALUATION)
        with self._context.store.transaction(self._context.actor, "add_confidence") as tx:
            self._access.require(tx, person_id)
            made = Confidence(
                id=tx.ids.new(),
                person_id=person_id,
                author_id=tx.actor_id,
                heard_on=heard_on,
                heard_in=heard_in.kind if heard_in else "",
                heard_in_id=heard_in.id if heard_in else None,
            )
            refuse_if_any(confidence_problems(made, tx.clock.today()))
            CONFIDENCES.save(tx, made)
            tx.note(KIND, made.id)
            return made.id

    def save(self, confidence_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save `text` or `heard_on`; what cannot be accepted comes back with its field."""
        self._context.actor.require(Right.WRITE_EVALUATION)
        if unknown := changes.keys() - _TYPED:
            raise KeyError(unknown)
        wanted = {
            name: clean(one, lines=True).strip() if isinstance(one, str) else one for name, one in changes.items()
        }
        with self._context.store.transaction(self._context.actor, AUTOSAVE) as tx:
            before = self._own(tx, confidence_id)
            found = change(before.value, wanted, lambda one: confidence_problems(one, tx.clock.today()))
            if found.value == before.value:
                return Saved(tx.now, before.lock, found.refused)
            CONFIDENCES.save(tx, found.value, lock=lock)
            tx.note(KIND, confidence_id)
            return Saved(tx.now, before.lock + 1, found.refused)

    def bin(self, confidence_id: UUID) -> None:
        """Put a confidence in the bin; « Annuler » is `restore`."""
        self._context.actor.require(Right.WRITE_EVALUATION)
        with self._context.store.transaction(self._context.actor, "bin_confidence") as tx:
            self._own(tx, confidence_id)
            CONFIDENCES.bin(tx, confidence_id)
            tx.note(KIND, confidence_id)

    def restore(self, confidence_id: UUID) -> None:
        self._context.actor.require(Right.WRITE_EVALUATION)
        with self._context.store.transaction(self._context.actor, "restore_confidence") as tx:
            self._own(tx, confidence_id)
            CONFIDENCES.restore(tx, confidence_id)
            tx.note(KIND, confidence_id)

    # -- once the author has left --------------------------------------------------------------------------------

    def may_open_sealed(self) -> bool:
        return self._context.actor.may(Right.OPEN_CONFIDENCE)

    def sealed(self, person_id: UUID) -> tuple[Sealed, ...]:
        """The confidences of officers who have left, told as existing to who may open them."""
        self._context.actor.require(Right.OPEN_CONFIDENCE)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            every = {one.id: one for one in officers.OFFICERS.find(tx)}
            present = {one.id for one in every.values() if one.active}
            return tuple(
                Sealed(one.id, every[one.author_id].signature(tx.clock.today()), one.heard_on)
                for one in CONFIDENCES.find(tx, person_id=person_id)
                if is_sealed(one, present)
            )

    def every_sealed(self) -> list[SealedLine]:
        """Those of the whole service, by person, without a word of any."""
        self._context.actor.require(Right.OPEN_CONFIDENCE)
        with self._context.store.reading() as tx:
            every = {one.id: one for one in officers.OFFICERS.find(tx)}
            present = {one.id for one in every.values() if one.active}
            found = [one for one in CONFIDENCES.partly(tx, _EXISTENCE) if is_sealed(one, present)]
            lines = [self._line(tx, one, every) for one in found]
        return sorted(lines, key=lambda line: (fold(line.person), line.sealed.heard_on, line.sealed.id))

    def _line(self, tx: Transaction, one: Confidence, every: Mapping[UUID, Officer]) -> SealedLine:
        today = tx.clock.today()
        sealed = Sealed(one.id, every[one.author_id].signature(today), one.heard_on)
        person = PERSONS.get(tx, one.person_id).display_name
        opened = [line for line in journal.lines_about(tx.connection, one.id) if line.act == "open_confidence"]
        if not opened:
            return SealedLine(sealed=sealed, person_id=one.person_id, person=person)
        last = opened[-1]
        return SealedLine(
            sealed=sealed,
            person_id=one.person_id,
            person=person,
            opened_on=last.at.astimezone(PARIS).date(),
            opened_by=every[last.officer].signature(today) if last.officer in every else "",
            reason=last.reason,
        )

    def open_sealed(self, confidence_id: UUID, reason: str) -> Confidence:
        """Read one whose author has left; the reason goes to the journal, each time.

        Refusals: `reason_needed`, `not_found` while its author is there.
        """
        self._context.actor.require(Right.OPEN_CONFIDENCE)
        if not reason.strip():
            raise Refusal("reason_needed", "reason")
        with self._context.store.transaction(self._context.actor, "open_confidence") as tx:
            stored = CONFIDENCES.stored(tx, confidence_id)
            found = stored.value
            self._access.require(tx, found.person_id)
            present = {one.id for one in officers.OFFICERS.find(tx) if one.active}
            if stored.deleted_at or not is_sealed(found, present):
                raise _unknown()
            tx.note(KIND, confidence_id, clean(reason).strip())
            return found

    def _own(self, tx: Transaction, confidence_id: UUID) -> Stored[Confidence]:
        """A confidence of this officer; another's is as one that does not exist."""
        found = CONFIDENCES.stored(tx, confidence_id)
        self._access.require(tx, found.value.person_id)
        if found.value.author_id != self._context.officer_id:
            raise _unknown()
        return found


def _unknown() -> Refusal:
    return Refusal("not_found", kind=KIND)
