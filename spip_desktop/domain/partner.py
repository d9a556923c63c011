"""Partners: a structure, its services, its contacts (mapped on data·inclusion, domain.md §7)."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class PartnerNature(StrEnum):
    """Seed 004: a mandated partner may hold data of the mandate, one of common law may not."""

    MANDATED = "mandate"
    COMMON_LAW = "droit_commun"
    PRISON = "interne_penitentiaire"
    HEALTH = "sante"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerContact:
    id: UUID
    name: str
    function: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerService:
    """One service of a structure: what it does, for which postal codes, when and where it is in the prison."""

    id: UUID
    name: str
    kind: str = "mission_locale"
    postal_codes: tuple[str, ...] = ()
    works_in_prison: bool = False
    establishment: str = ""
    permanence: str = ""
    contacts: tuple[PartnerContact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    id: UUID
    name: str
    nature: PartnerNature = PartnerNature.COMMON_LAW
    network: str = ""
    address: str = ""
    complement: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    siret: str = ""
    convention: str = ""
    note: str = ""
    active: bool = True
    services: tuple[PartnerService, ...] = ()
