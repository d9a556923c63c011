"""Two dossiers that may be one person's: proposed, read side by side, merged, taken apart, kept apart for good."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import codec, duplicate, erasure, search, transfer_waiting
from spip_desktop.db import person as persons
from spip_desktop.db.duplicate import DUPLICATES
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_kinds import TRAVELS
from spip_desktop.domain.duplicate import (
    Duplicate,
    DuplicateState,
    Field,
    Side,
    differing,
    parted,
    proposed,
    says_something,
    united,
)
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person import Likeness, Person
from spip_desktop.services.access import AccessService
from spip_desktop.services.conflict_words import field_name, text
from spip_desktop.services.context import Context
from spip_desktop.services.duplicate_following import given_back
from spip_desktop.services.person import reindex
from spip_desktop.wording.record_fields import EMPTY

_KIND = "person_duplicate"
_TOGETHER = TRAVELS["person"].rules.together


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One of the two. `reason`: why it was started although another resembled it."""

    id: UUID
    name: str
    birth_date: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One line of the list."""

    id: UUID
    stays: Dossier
    other: Dossier
    why: Likeness
    state: DuplicateState


@dataclass(frozen=True, slots=True, kw_only=True)
class PairField:
    """One field in which they differ; `proposed` where one of the two says nothing."""

    code: str
    label: str
    stays: str
    other: str
    proposed: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The two side by side: what they do not say alike, and what hangs on each, as a number of rows by table."""

    fields: tuple[PairField, ...]
    stays: Mapping[str, int]
    other: Mapping[str, int]


class DuplicateService:
    """Each method is one act of the officer, who may write in both dossiers (decision 54)."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def may(self) -> bool:
        """Whether this officer looks at pairs at all."""
        return self._context.actor.may(Right.WRITE_PERSON) and self._context.actor.may(Right.WRITE_SITUATION)

    def all(self) -> list[Pair]:
        """The pairs whose two dossiers are open to this officer: those to decide first, then the others, by name."""
        self._require()
        with self._context.store.reading() as tx:
            found = [self._pair(tx, one) for one in duplicate.every(tx) if self._is_open(tx, one)]
        return sorted(found, key=lambda one: (_ORDER[one.state], one.stays.name, one.other.name, one.id))

    def view(self, pair_id: UUID) -> View:
        """The two dossiers of a pair that is to be decided. Refusal `duplicate_decided`."""
        self._require()
        with self._context.store.reading() as tx:
            pair = self._proposed(tx, pair_id)
            one, other = (persons.PERSONS.get(tx, id_) for id_ in (pair.person_id, pair.other_id))
            fields = tuple(_field(one, other, field) for field in differing(one, other, _TOGETHER))
            return View(fields=fields, stays=_holds(tx, one.id), other=_holds(tx, other.id))

    def merge(self, pair_id: UUID, chosen: Mapping[str, Side]) -> None:
        """Keep what was chosen, hang all of the other dossier on the one that stays, put the other in the bin.

        Refusals: `duplicate_choice_needed` by field, `duplicate_decided`, `duplicate_in_dispute`, those of a dossier
        out of reach.
        """
        self._require()
        with self._context.store.transaction(self._context.actor, "merge_dossiers") as tx:
            pair = self._proposed(tx, pair_id)
            _require_settled(tx, pair)
            stored, other = persons.PERSONS.stored(tx, pair.person_id), persons.PERSONS.get(tx, pair.other_id)
            kept = united(stored.value, other, chosen, _TOGETHER)
            persons.save(tx, kept)
            moved = duplicate.move(tx, pair.other_id, pair.person_id)
            persons.PERSONS.bin(tx, pair.other_id)
            search.forget(tx, pair.other_id)
            reindex(tx, pair.person_id)
            DUPLICATES.save(tx, replace(pair, state=DuplicateState.MERGED, before=stored.revision, moved=moved))
            tx.note("person", pair.person_id, str(pair.other_id))

    def take_apart(self, pair_id: UUID) -> None:
        """Each dossier as it was; what was written since the merge stays where it was written.

        Refusals: `duplicate_not_merged`, `duplicate_in_dispute`, those of a dossier out of reach.
        """
        self._require()
        with self._context.store.transaction(self._context.actor, "take_dossiers_apart") as tx:
            pair = self._decided(tx, pair_id, DuplicateState.MERGED)
            _require_settled(tx, pair)
            before, merged = duplicate.before_and_after(tx, pair)
            persons.save(tx, parted(persons.PERSONS.get(tx, pair.person_id), before, given_back(tx, pair, merged)))
            persons.PERSONS.restore(tx, pair.other_id)
            duplicate.move_back(tx, pair.moved, pair.person_id, pair.other_id)
            for id_ in (pair.person_id, pair.other_id):
                reindex(tx, id_)
            DUPLICATES.save(tx, replace(pair, state=DuplicateState.PROPOSED, before=None, moved=()))
            tx.note("person", pair.person_id, str(pair.other_id))

    def keep_apart(self, pair_id: UUID) -> None:
        """Two persons: the pair is not proposed again, until `propose_again`."""
        self._require()
        with self._context.store.transaction(self._context.actor, "keep_dossiers_apart") as tx:
            pair = self._proposed(tx, pair_id)
            DUPLICATES.save(tx, replace(pair, state=DuplicateState.APART))
            tx.note("person", pair.person_id, str(pair.other_id))

    def propose_again(self, pair_id: UUID) -> None:
        """The decision that they are two persons is taken back. Refusal `duplicate_decided`."""
        self._require()
        with self._context.store.transaction(self._context.actor, "propose_dossiers_again") as tx:
            pair = self._decided(tx, pair_id, DuplicateState.APART)
            DUPLICATES.save(tx, replace(pair, state=DuplicateState.PROPOSED))
            tx.note("person", pair.person_id, str(pair.other_id))

    # -- the steps -------------------------------------------------------------------------------------------

    def _require(self) -> None:
        self._context.actor.require(Right.WRITE_PERSON)
        self._context.actor.require(Right.WRITE_SITUATION)

    def _is_open(self, tx: Transaction, pair: Duplicate) -> bool:
        """Whether both dossiers are there and open to this officer; of a merge, the one that stays."""
        try:
            self._require_open(tx, pair)
        except Refusal:
            return False
        return True

    def _require_open(self, tx: Transaction, pair: Duplicate) -> None:
        asked = (pair.person_id,) if pair.state is DuplicateState.MERGED else (pair.person_id, pair.other_id)
        for id_ in asked:
            if persons.PERSONS.stored(tx, id_).deleted_at is not None:
                raise Refusal("duplicate_decided")
            self._access.require(tx, id_)

    def _proposed(self, tx: Transaction, pair_id: UUID) -> Duplicate:
        return self._decided(tx, pair_id, DuplicateState.PROPOSED)

    def _decided(self, tx: Transaction, pair_id: UUID, state: DuplicateState) -> Duplicate:
        """The pair, open to this officer and in that state."""
        pair = duplicate.get(tx, pair_id)
        if pair is None or pair.state is not state:
            raise Refusal("duplicate_not_merged" if state is DuplicateState.MERGED else "duplicate_decided")
        self._require_open(tx, pair)
        return pair

    def _pair(self, tx: Transaction, pair: Duplicate) -> Pair:
        return Pair(
            id=pair.id, stays=_dossier(tx, pair.person_id), other=_dossier(tx, pair.other_id), why=pair.why,
            state=pair.state,
        )  # fmt: skip


_ORDER = {one: rank for rank, one in enumerate(DuplicateState)}


def _require_settled(tx: Transaction, pair: Duplicate) -> None:
    """What is in dispute is settled first: its sides are not of the same dossier otherwise."""
    if any(one.person_id in (pair.person_id, pair.other_id) for one in transfer_waiting.disputes(tx)):
        raise Refusal("duplicate_in_dispute")


def _dossier(tx: Transaction, id_: UUID) -> Dossier:
    one = persons.PERSONS.get(tx, id_)
    return Dossier(id=id_, name=one.display_name, birth_date=one.birth_date, reason=one.duplicate_reason)


def _holds(tx: Transaction, id_: UUID) -> Mapping[str, int]:
    return {table: count for table, count in erasure.count_person(tx, id_).items() if table not in ("person", _KIND)}


def _field(one: Person, other: Person, field: Field) -> PairField:
    label = field_name("person", field[0])
    return PairField(
        code=field[0], label=label, stays=_said(one, field), other=_said(other, field),
        proposed=proposed(one, other, field),
    )  # fmt: skip


def _said(person: Person, field: Field) -> str:
    if not says_something(person, field):
        return EMPTY
    values = ((name, codec.plain(getattr(person, name))) for name in field)
    return ", ".join(text(name, value) for name, value in values if value not in (None, "", []))
