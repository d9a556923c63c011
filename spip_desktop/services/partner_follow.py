"""Partners taken from the public directory follow it at each import: what was written by hand stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.partner_public import PUBLIC_SERVICES, PUBLIC_STRUCTURES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.partner import Partner, PartnerService
from spip_desktop.domain.partner_link import (
    Fields,
    moved,
    service_fields,
    structure_fields,
    with_service,
    with_structure,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What the directory says of the structures and services that partners were taken from, by identifier."""

    structures: Mapping[str, Fields]
    services: Mapping[str, Fields]


def said(tx: Transaction) -> Said:
    """Read before an import, to know afterwards what it changed."""
    partners = PARTNERS.find(tx, PARTNERS.table.c.source_id != "")
    structures = PUBLIC_STRUCTURES.get(tx, [one.source_id for one in partners])
    services = PUBLIC_SERVICES.get(tx, [one.source_id for partner in partners for one in partner.services])
    return Said(
        {id_: structure_fields(one) for id_, one in structures.items()},
        {id_: service_fields(one) for id_, one in services.items()},
    )


def follow(tx: Transaction, before: Said) -> None:
    """Bring the partners along with what the directory says now."""
    now = said(tx)
    for partner in PARTNERS.find(tx, PARTNERS.table.c.source_id != ""):
        followed = _structure(partner, before, now)
        followed = replace(followed, services=tuple(_service(one, before, now) for one in partner.services))
        if followed != partner:
            PARTNERS.save(tx, followed)


def _structure(partner: Partner, before: Said, now: Said) -> Partner:
    old, new = before.structures.get(partner.source_id), now.structures.get(partner.source_id)
    return with_structure(partner, moved(partner, old, new)) if old and new else partner


def _service(service: PartnerService, before: Said, now: Said) -> PartnerService:
    old, new = before.services.get(service.source_id), now.services.get(service.source_id)
    return with_service(service, moved(service, old, new)) if old and new else service
