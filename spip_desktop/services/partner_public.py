"""The public directory of services: looked through, taken as partners, followed by those that were taken from it."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.partner_public import PUBLIC_IMPORTS, PUBLIC_SERVICES, PUBLIC_STRUCTURES, search
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import Partner, PartnerNature, PartnerService
from spip_desktop.domain.partner_link import service_fields, structure_fields, with_service, with_structure
from spip_desktop.domain.partner_public import PublicHit, PublicImport, PublicService, PublicStructure
from spip_desktop.domain.text import fold
from spip_desktop.services.context import Context
from spip_desktop.services.partner_import import DirectoryImport

MOST_FOUND = 100
"""Services shown of a search; a longer answer asks for more words."""
_OTHER = "autre"


class PublicDirectory:
    """Each method is one act of the officer. Nothing of it is about a person followed."""

    def __init__(self, context: Context, back_up: Callable[[], object]) -> None:
        """`back_up` makes a verified backup, before a large import."""
        self._context = context
        self.imports = DirectoryImport(context, back_up)

    def last(self) -> PublicImport | None:
        """The last import, or None."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            return max(PUBLIC_IMPORTS.find(tx), key=lambda one: (one.on, one.id), default=None)

    def count(self) -> int:
        """How many services the directory holds."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            return PUBLIC_SERVICES.count(tx)

    def search(self, typed: str, theme: str = "") -> list[PublicHit]:
        """The services that match, `MOST_FOUND` at most, by name; `theme` is a code of the list or its beginning."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            return search(tx, fold(typed).split(), theme, MOST_FOUND)

    def service(self, service_id: str) -> PublicHit:
        """One service with the name of its structure; Refusal `not_found`."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            public = PUBLIC_SERVICES.get(tx, [service_id]).get(service_id)
            if public is None:
                raise Refusal("not_found", kind="service")
            structure = PUBLIC_STRUCTURES.get(tx, [public.structure_id]).get(public.structure_id)
        return PublicHit(public, structure.name if structure else "")

    def gone(self, partner_id: UUID) -> bool:
        """Whether the structure or one of its services was in the directory and is no longer."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            partner = PARTNERS.get(tx, partner_id)
            services = [one.source_id for one in partner.services if one.source_id]
            gone = PUBLIC_STRUCTURES.vanished(tx, [partner.source_id]) if partner.source_id else {}
            return bool(gone or PUBLIC_SERVICES.vanished(tx, services))

    def take(self, service_id: str) -> UUID:
        """Add a service of the directory to the partners, in its structure; returns the partner.

        A service taken before is not taken twice. Refusal `not_found`.
        """
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, "take_public_service") as tx:
            public = PUBLIC_SERVICES.get(tx, [service_id]).get(service_id)
            if public is None:
                raise Refusal("not_found", kind="service")
            structure = PUBLIC_STRUCTURES.get(tx, [public.structure_id]).get(public.structure_id)
            partner = _partner_for(tx, public, structure)
            if all(one.source_id != service_id for one in partner.services):
                new = PartnerService(id=tx.ids.new(), kind=_kind(structure), source_id=service_id)
                partner = replace(partner, services=(*partner.services, with_service(new, service_fields(public))))
                PARTNERS.save(tx, partner)
            tx.note("partner", partner.id)
            return partner.id


def _partner_for(tx: Transaction, public: PublicService, structure: PublicStructure | None) -> Partner:
    """The partner that the structure already is, else a new one; its nature is the usual one of its kind."""
    found = PARTNERS.find(tx, source_id=public.structure_id)
    if found:
        return found[0]
    nature = PartnerNature(_entry(structure).text("nature"))
    new = Partner(id=tx.ids.new(), name=public.name, nature=nature, source_id=public.structure_id)
    return with_structure(new, structure_fields(structure)) if structure else new


def _kind(structure: PublicStructure | None) -> str:
    return _entry(structure).code


def _entry(structure: PublicStructure | None) -> reference.Entry:
    """The kind of partner whose network the structure belongs to, else « autre »."""
    kinds = reference.load("partner_kinds")
    networks = structure.networks if structure else ()
    other = kinds.get(_OTHER)
    assert other is not None
    return next((one for one in kinds.entries if one.text("network") in networks and one.text("network")), other)
