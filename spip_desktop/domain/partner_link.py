"""What a partner takes from the public directory, and what it follows there later: never what was written by hand."""

import re
from collections.abc import Mapping
from dataclasses import replace

from spip_desktop.domain.partner import (
    LONGEST_NAME,
    Partner,
    PartnerService,
    partner_problems,
    service_problems,
)
from spip_desktop.domain.partner_public import PublicService, PublicStructure

Fields = Mapping[str, str]


def structure_fields(public: PublicStructure) -> Fields:
    """The fields of a partner that the directory knows; everything else of it is the service's own."""
    place = public.place
    return {
        "name": _line(public.name)[:LONGEST_NAME],
        "address": _line(place.address),
        "complement": _line(place.complement),
        "postal_code": place.postal_code,
        "city": _line(place.city),
        "phone": _line(place.phone),
        "email": _line(place.email),
        "siret": public.siret,
    }


def service_fields(public: PublicService) -> Fields:
    place = public.place
    return {
        "name": _line(public.name)[:LONGEST_NAME],
        "address": _line(", ".join(part for part in (place.address, place.complement) if part)),
        "postal_code": place.postal_code,
        "city": _line(place.city),
        "phone": _line(place.phone),
        "email": _line(place.email),
    }


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def moved(current: Partner | PartnerService, before: Fields, after: Fields) -> dict[str, str]:
    """What the directory changed since, in the fields that still say what it said: the others were written by hand."""
    return {
        field: after[field]
        for field in after
        if after[field] != before.get(field) and getattr(current, field) == before.get(field)
    }


def with_structure(partner: Partner, fields: Fields) -> Partner:
    """The partner with these fields, less those in a form that a partner cannot have."""
    wanted = replace(partner, **fields)  # type: ignore[arg-type]
    wrong = {one.field for one in partner_problems(wanted)} - {"name"}
    return replace(partner, **{name: value for name, value in fields.items() if name not in wrong})  # type: ignore[arg-type]


def with_service(service: PartnerService, fields: Fields) -> PartnerService:
    wanted = replace(service, **fields)  # type: ignore[arg-type]
    wrong = {one.field for one in service_problems(wanted)}
    return replace(service, **{name: value for name, value in fields.items() if name not in wrong})  # type: ignore[arg-type]
