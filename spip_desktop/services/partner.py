"""The directory of partners, kept by hand: a structure, its services, their contacts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from spip_desktop.db.partner import PARTNERS, offered
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.records import Stored
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import (
    Partner,
    PartnerContact,
    PartnerService,
    PartnerSummary,
    contact_problems,
    matches,
    normalised_siret,
    partner_problems,
    service_problems,
    summary,
)
from spip_desktop.domain.text import clean, fold
from spip_desktop.services.context import Context
from spip_desktop.services.lines import Saved, cleaned
from spip_desktop.services.partner_conventions import PartnerConventions
from spip_desktop.services.partner_needs import PartnerNeeds


class PartnerDirectory:
    """Each method is one act of the officer. A partner is no person: no dossier is opened."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.conventions = PartnerConventions(context)
        self.needs = PartnerNeeds(context)

    # -- reading ---------------------------------------------------------------------------------------------

    def summaries(self, typed: str = "", *, kind: str = "", with_inactive: bool = False) -> list[PartnerSummary]:
        """The partners by name; those of one kind of service, those that match what was typed."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            today = tx.clock.today()
            found = [summary(one, today) for one in PARTNERS.find(tx)]
        kept = [
            one
            for one in found
            if (with_inactive or one.active) and (not kind or kind in one.kinds) and matches(one, typed)
        ]
        return sorted(kept, key=lambda one: (fold(one.name), one.id))

    def get(self, partner_id: UUID) -> Stored[Partner]:
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            return PARTNERS.stored(tx, partner_id)

    def all(self) -> list[Partner]:
        """Every active partner, for the lists in which one is chosen."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            return offered(tx)

    # -- the structure ---------------------------------------------------------------------------------------

    def add(self, name: str, *, kind: str = "mission_locale") -> UUID:
        """Record a structure with one service, so that it can be chosen at once."""
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, "add_partner") as tx:
            first = PartnerService(id=tx.ids.new(), kind=kind)
            partner = Partner(id=tx.ids.new(), name=clean(name).strip(), services=(first,))
            refuse_if_any(partner_problems(partner))
            PARTNERS.save(tx, partner)
            tx.note("partner", partner.id)
            return partner.id

    def save_fields(self, partner_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save the fields that changed; those that cannot be accepted come back with why."""
        wanted, refused = cleaned(Partner, changes)
        if "siret" in wanted:
            wanted["siret"] = normalised_siret(str(wanted["siret"]))

        def do(partner: Partner) -> tuple[Partner, Sequence[Problem]]:
            found = change(partner, wanted, partner_problems)
            return found.value, refused + found.refused

        return self._autosave(partner_id, do, lock)

    def bin(self, partner_id: UUID) -> None:
        """Put a structure in the bin; one that a sheet names is only made inactive (Refusal `partner_used`)."""
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, "bin_partner") as tx:
            if PRESCRIPTIONS.find(tx, partner_id=partner_id):
                raise Refusal("partner_used")
            PARTNERS.bin(tx, partner_id)
            tx.note("partner", partner_id)

    def restore(self, partner_id: UUID) -> None:
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, "restore_partner") as tx:
            PARTNERS.restore(tx, partner_id)
            tx.note("partner", partner_id)

    # -- its services ----------------------------------------------------------------------------------------

    def add_service(self, partner_id: UUID) -> UUID:
        new = PartnerService(id=self._context.ids.new())
        self._act("add_service", partner_id, lambda one: replace(one, services=(*one.services, new)))
        return new.id

    def save_service(
        self, partner_id: UUID, service_id: UUID, changes: Mapping[str, object], lock: int | None = None
    ) -> Saved:
        wanted, refused = cleaned(PartnerService, changes)

        def do(partner: Partner) -> tuple[Partner, Sequence[Problem]]:
            found = change(_service(partner, service_id), wanted, service_problems)
            return _with_service(partner, found.value), refused + found.refused

        return self._autosave(partner_id, do, lock)

    def remove_service(self, partner_id: UUID, service_id: UUID) -> PartnerService:
        """Take a service off and give it back, for « Annuler »; Refusal `partner_used` when a sheet names it."""
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.reading() as tx:
            if PRESCRIPTIONS.find(tx, service_id=service_id):
                raise Refusal("partner_used")
            removed = _service(PARTNERS.get(tx, partner_id), service_id)
        self._act(
            "remove_service",
            partner_id,
            lambda one: replace(one, services=tuple(s for s in one.services if s.id != service_id)),
        )
        return removed

    def put_service_back(self, partner_id: UUID, service: PartnerService) -> None:
        self._act("add_service", partner_id, lambda one: replace(one, services=(*one.services, service)))

    # -- their contacts --------------------------------------------------------------------------------------

    def add_contact(self, partner_id: UUID, service_id: UUID) -> UUID:
        new = PartnerContact(id=self._context.ids.new())
        self._on_contacts("add_contact", partner_id, service_id, lambda every: (*every, new))
        return new.id

    def save_contact(
        self,
        partner_id: UUID,
        service_id: UUID,
        contact_id: UUID,
        changes: Mapping[str, object],
        lock: int | None = None,
    ) -> Saved:
        wanted, refused = cleaned(PartnerContact, changes)

        def do(partner: Partner) -> tuple[Partner, Sequence[Problem]]:
            service = _service(partner, service_id)
            contact = next((one for one in service.contacts if one.id == contact_id), None)
            if contact is None:
                raise Refusal("not_found", kind="contact")
            found = change(contact, wanted, contact_problems)
            every = tuple(found.value if one.id == contact_id else one for one in service.contacts)
            return _with_service(partner, replace(service, contacts=every)), refused + found.refused

        return self._autosave(partner_id, do, lock)

    def remove_contact(self, partner_id: UUID, service_id: UUID, contact_id: UUID) -> PartnerContact:
        """Take a contact off and give it back, for « Annuler »."""
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.reading() as tx:
            found = PARTNERS.get(tx, partner_id).contact(contact_id)
        if found is None:
            raise Refusal("not_found", kind="contact")
        self._on_contacts(
            "remove_contact", partner_id, service_id, lambda every: tuple(c for c in every if c.id != contact_id)
        )
        return found

    def put_contact_back(self, partner_id: UUID, service_id: UUID, contact: PartnerContact) -> None:
        self._on_contacts("add_contact", partner_id, service_id, lambda every: (*every, contact))

    # -- one transaction -------------------------------------------------------------------------------------

    def _on_contacts(
        self,
        act: str,
        partner_id: UUID,
        service_id: UUID,
        do: Callable[[tuple[PartnerContact, ...]], tuple[PartnerContact, ...]],
    ) -> None:
        def on_partner(partner: Partner) -> Partner:
            service = _service(partner, service_id)
            return _with_service(partner, replace(service, contacts=do(service.contacts)))

        self._act(act, partner_id, on_partner)

    def _act(self, act: str, partner_id: UUID, do: Callable[[Partner], Partner]) -> None:
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, act) as tx:
            PARTNERS.save(tx, do(PARTNERS.get(tx, partner_id)))
            tx.note("partner", partner_id)

    def _autosave(
        self, partner_id: UUID, do: Callable[[Partner], tuple[Partner, Sequence[Problem]]], lock: int | None
    ) -> Saved:
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, AUTOSAVE) as tx:
            return _save(tx, partner_id, do, lock)


def _save(
    tx: Transaction,
    partner_id: UUID,
    do: Callable[[Partner], tuple[Partner, Sequence[Problem]]],
    lock: int | None,
) -> Saved:
    before = PARTNERS.stored(tx, partner_id)
    after, refused = do(before.value)
    if after == before.value:
        return Saved(tx.now, before.lock, tuple(refused))
    PARTNERS.save(tx, after, lock=lock)
    tx.note("partner", partner_id)
    return Saved(tx.now, before.lock + 1, tuple(refused))


def _service(partner: Partner, service_id: UUID) -> PartnerService:
    found = partner.service(service_id)
    if found is None:
        raise Refusal("not_found", kind="service")
    return found


def _with_service(partner: Partner, service: PartnerService) -> Partner:
    return replace(partner, services=tuple(service if one.id == service.id else one for one in partner.services))
