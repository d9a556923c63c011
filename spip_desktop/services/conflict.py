"""Records that were changed here and elsewhere in the same place: put side by side, settled by an officer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from spip_desktop.db import appointment as appointments
from spip_desktop.db import person as persons
from spip_desktop.db import transfer_known, transfer_show, transfer_waiting
from spip_desktop.db.records import EVERY
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_kinds import TRAVELS
from spip_desktop.db.transfer_waiting import Dispute
from spip_desktop.domain.ancestry import History
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.leaves import Leaf, take_apart
from spip_desktop.domain.merging import Candidate, Content, Disputed, Merged, Reason, decided, merge
from spip_desktop.domain.officer import Right
from spip_desktop.services.access import AccessService
from spip_desktop.services.conflict_lists import Late, Version, late, name_of, officer_name, versions
from spip_desktop.services.conflict_words import day, kept_together, label, text
from spip_desktop.services.context import Context
from spip_desktop.wording.record_fields import FROM_ELSEWHERE, KINDS, OTHER, QUESTIONS

KIND = "conflict"


class Choice(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of a field, who wrote it and when."""

    text: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Field:
    """One field in dispute: what it held, what it holds here and what it holds elsewhere."""

    leaf: Leaf
    label: str
    base: str
    mine: Side
    theirs: Side
    may_keep_both: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """One record to settle. `merged` are the fields that were put together without asking."""

    object_id: UUID
    person_id: UUID | None
    person: str
    kind: str
    reason: Reason
    question: str
    found_at: datetime
    fields: tuple[Field, ...]
    merged: tuple[str, ...]


@dataclass
class _Sides:
    """The revisions of a disputed record, what each says, and which of them are shown here."""

    dispute: Dispute
    history: History
    contents: dict[UUID, Content]
    current: UUID
    merged: Merged

    def is_mine(self, revision: UUID) -> bool:
        return self.history.contains(self.current, revision)


class ConflictService:
    """Each method is one act of the officer."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def all(self) -> list[Conflict]:
        """What is to be settled in the dossiers open to this officer, the first found first."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            found = transfer_waiting.disputes(tx)
            return [self._conflict(tx, one) for one in found if self._is_open(tx, one.person_id)]

    def count(self) -> int:
        """How many records wait, for a decision or for what they come from, in the dossiers open to this officer."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            persons_of = [one.person_id for one in transfer_waiting.disputes(tx)]
            persons_of += [one.person_id for one in transfer_waiting.every(tx)]
            return sum(self._is_open(tx, one) for one in persons_of)

    def waiting(self) -> list[Late]:
        """What has arrived too early, by person, with the station to ask; in the dossiers open to this officer."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return late(tx, self._is_open)

    def versions(self) -> list[Version]:
        """The documents frozen here and elsewhere, which stand in two versions; the newest first."""
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.reading() as tx:
            return versions(tx, self._is_open)

    def settle(self, conflict_id: UUID, choices: Mapping[Leaf, Choice]) -> None:
        """Keep what was chosen, as a revision that comes from both sides: every station takes it.

        Refusals: `conflict_settled`, `conflict_choice_needed`, `both_unreadable`, those of a dossier out of reach.
        """
        self._context.actor.require(Right.TRANSFER)
        with self._context.store.transaction(self._context.actor, "settle_conflict") as tx:
            found = [one for one in transfer_waiting.disputes(tx) if one.object_id == conflict_id]
            if not found:
                raise Refusal("conflict_settled")
            if found[0].person_id:
                self._access.require(tx, found[0].person_id)
            sides = _sides(tx, found[0])
            if found[0].reason is Reason.FROZEN:
                content = sides.contents[sides.current]
            else:
                values = {
                    one.leaf: self._chosen(tx, sides, one, choices.get(one.leaf)) for one in sides.merged.disputed
                }
                content = decided(sides.merged, values, TRAVELS[found[0].kind].rules.together)
            self._write(tx, sides, content)
            tx.note(KIND, conflict_id)

    # -- the steps -----------------------------------------------------------------------------------------

    def _is_open(self, tx: Transaction, person_id: UUID | None) -> bool:
        """Whether the dossier is open to this officer; what is of no dossier is, and of one that has not arrived."""
        try:
            if person_id and persons.is_there(tx, person_id):
                self._access.require(tx, person_id)
        except Refusal:
            return False
        return True

    def _chosen(self, tx: Transaction, sides: _Sides, one: Disputed, choice: Choice | None) -> Any:
        mine, theirs = _both_sides(sides, one)
        if choice is None:
            raise Refusal("conflict_choice_needed", one.leaf.field)
        if choice is not Choice.BOTH:
            return mine.value if choice is Choice.MINE else theirs.value
        writer = sides.history.known[theirs.revisions[0]]
        heading = FROM_ELSEWHERE.format(name=officer_name(tx, writer.by), day=day(writer.at))
        kept = kept_together(one.leaf.field, mine.value, theirs.value, heading)
        if kept is None:
            raise Refusal("both_unreadable", one.leaf.field)
        return kept

    def _write(self, tx: Transaction, sides: _Sides, content: Content) -> None:
        dispute = sides.dispute
        value = transfer_known.record(dispute.kind, dict(content))
        others = [one for one in sides.history.heads if not sides.is_mine(one)]
        also: dict[str, object] = {**persons.keys(value)} if dispute.kind == "person" else {}
        if dispute.kind == "appointment":
            also = appointments.derived(tx, value)
        EVERY[dispute.kind].save(tx, value, also=also, merged=others)
        if dispute.kind in ("person", "custody") and dispute.person_id:
            transfer_show.index(tx, [dispute.person_id])
        transfer_waiting.settled(tx, [dispute.object_id])

    def _conflict(self, tx: Transaction, dispute: Dispute) -> Conflict:
        sides = _sides(tx, dispute)
        disputed = sides.merged.disputed
        if dispute.reason is Reason.FROZEN:
            disputed = _differences(sides)
        taken = dict.fromkeys(label(leaf, dispute.kind) for leaf in sides.merged.taken)
        return Conflict(
            object_id=dispute.object_id, person_id=dispute.person_id, person=name_of(tx, dispute.person_id),
            kind=KINDS.get(dispute.kind, OTHER), reason=dispute.reason, question=QUESTIONS[dispute.reason],
            found_at=dispute.found_at, fields=tuple(_field(tx, sides, one) for one in disputed),
            merged=tuple(taken) if dispute.reason is Reason.SAME_FIELD else (),
        )  # fmt: skip


def _sides(tx: Transaction, dispute: Dispute) -> _Sides:
    known = transfer_known.of_objects(tx, [dispute.object_id])[dispute.object_id]
    history = History(known)
    contents: dict[UUID, Content] = {one: transfer_known.content(tx, dispute.kind, one) for one in history.rooted}
    current = EVERY[dispute.kind].stored(tx, dispute.object_id).revision
    return _Sides(dispute, history, contents, current, merge(history, contents, TRAVELS[dispute.kind].rules))


def _both_sides(sides: _Sides, one: Disputed) -> tuple[Any, Any]:
    """What the record says here, and the first of the other values."""
    mine = next((each for each in one.values if any(map(sides.is_mine, each.revisions))), one.values[0])
    return mine, next(each for each in one.values if each is not mine)


def _differences(sides: _Sides) -> tuple[Disputed, ...]:
    """The fields in which a frozen document and the first of what was written beside it do not say the same."""
    together = TRAVELS[sides.dispute.kind].rules.together
    other = next(one for one in sides.history.heads if not sides.is_mine(one))
    mine, theirs = (take_apart(sides.contents[one], together).leaves for one in (sides.current, other))
    own = next(iter(sides.history.written(sides.current)))
    return tuple(
        Disputed(leaf, None, (Candidate(mine.get(leaf), (own,)), Candidate(theirs.get(leaf), (other,))))
        for leaf in sorted(mine.keys() | theirs.keys())
        if mine.get(leaf) != theirs.get(leaf)
    )


def _field(tx: Transaction, sides: _Sides, one: Disputed) -> Field:
    mine, theirs = _both_sides(sides, one)
    return Field(
        leaf=one.leaf, label=label(one.leaf, sides.dispute.kind), base=text(one.leaf.field, one.base),
        mine=_side(tx, sides, one.leaf, mine), theirs=_side(tx, sides, one.leaf, theirs),
        may_keep_both=kept_together(one.leaf.field, mine.value, theirs.value, "") is not None,
    )  # fmt: skip


def _side(tx: Transaction, sides: _Sides, leaf: Leaf, candidate: Any) -> Side:
    writer = sides.history.known[candidate.revisions[0]]
    return Side(text(leaf.field, candidate.value), officer_name(tx, writer.by), writer.at)
