"""The conventions with a partner: added, typed, taken off and put back, each an act on the partner's record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import Partner, PartnerConvention, convention_problems
from spip_desktop.services.context import Context
from spip_desktop.services.lines import Saved, cleaned

Every = tuple[PartnerConvention, ...]


class PartnerConventions:
    """Each method is one act of the officer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def add(self, partner_id: UUID) -> UUID:
        new = PartnerConvention(id=self._context.ids.new())
        self._act("add_convention", partner_id, lambda every: (*every, new))
        return new.id

    def save(
        self, partner_id: UUID, convention_id: UUID, changes: Mapping[str, object], lock: int | None = None
    ) -> Saved:
        """Save the fields that changed; those that cannot be accepted come back with why."""
        self._context.actor.require(Right.WRITE_PARTNER)
        wanted, refused = cleaned(PartnerConvention, changes)
        with self._context.store.transaction(self._context.actor, AUTOSAVE) as tx:
            return _save(tx, partner_id, convention_id, wanted, refused, lock)

    def remove(self, partner_id: UUID, convention_id: UUID) -> PartnerConvention:
        """Take a convention off and give it back, for « Annuler »."""
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.reading() as tx:
            found = _convention(PARTNERS.get(tx, partner_id), convention_id)
        self._act("remove_convention", partner_id, lambda every: tuple(one for one in every if one.id != convention_id))
        return found

    def put_back(self, partner_id: UUID, convention: PartnerConvention) -> None:
        self._act("add_convention", partner_id, lambda every: (*every, convention))

    def _act(self, act: str, partner_id: UUID, do: Callable[[Every], Every]) -> None:
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, act) as tx:
            before = PARTNERS.get(tx, partner_id)
            PARTNERS.save(tx, replace(before, conventions=do(before.conventions)))
            tx.note("partner", partner_id)


def _convention(partner: Partner, id_: UUID) -> PartnerConvention:
    found = next((one for one in partner.conventions if one.id == id_), None)
    if found is None:
        raise Refusal("not_found", kind="convention")
    return found


def _save(
    tx: Transaction,
    partner_id: UUID,
    convention_id: UUID,
    wanted: Mapping[str, object],
    refused: Sequence[Problem],
    lock: int | None,
) -> Saved:
    before = PARTNERS.stored(tx, partner_id)
    found = change(_convention(before.value, convention_id), wanted, convention_problems)
    problems = (*refused, *found.refused)
    every = tuple(found.value if one.id == convention_id else one for one in before.value.conventions)
    if every == before.value.conventions:
        return Saved(tx.now, before.lock, problems)
    PARTNERS.save(tx, replace(before.value, conventions=every), lock=lock)
    tx.note("partner", partner_id)
    return Saved(tx.now, before.lock + 1, problems)
