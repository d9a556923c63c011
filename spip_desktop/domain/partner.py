"""Partners: a structure, its services, its contacts (mapped on data·inclusion, domain.md §7)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.text import fold

_SIRET = re.compile(r"\d{14}")
_POSTAL_CODE = re.compile(r"\d{5}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?\d{4,15}")
MISSION_LOCALE = "mission_locale"
LONGEST_NAME = 120


class PartnerNature(StrEnum):
    """Seed 004: a mandated partner may hold data of the mandate, one of common law may not."""

    MANDATED = "mandate"
    COMMON_LAW = "droit_commun"
    PRISON = "interne_penitentiaire"
    HEALTH = "sante"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerContact:
    id: UUID
    name: str = ""
    function: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerConvention:
    """An agreement with a structure: its number, its object, who pays, from when until when (both included)."""

    id: UUID
    reference: str = ""
    purpose: str = ""
    funder: str = ""
    starts: date | None = None
    ends: date | None = None

    def runs_on(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerService:
    """One service of a structure: what it does, for which postal codes, when and where it is in the prison.

    `source_id` names it in the public directory when it was taken from there.
    """

    id: UUID
    name: str = ""
    kind: str = MISSION_LOCALE
    address: str = ""
    postal_code: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    postal_codes: tuple[str, ...] = ()
    works_in_prison: bool = False
    establishment: str = ""
    permanence: str = ""
    source_id: str = ""
    contacts: tuple[PartnerContact, ...] = ()

    def covers(self, postal_code: str) -> bool | None:
        """Whether the postal code is served; None when one of the two is not noted."""
        return postal_code in self.postal_codes if postal_code and self.postal_codes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A structure. It is proposed while `active`, from `starts` until `ends`; sheets made before keep its name."""

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
    note: str = ""
    active: bool = True
    starts: date | None = None
    ends: date | None = None
    source_id: str = ""
    conventions: tuple[PartnerConvention, ...] = ()
    services: tuple[PartnerService, ...] = ()

    def offered_on(self, day: date) -> bool:
        """Whether new sheets may be addressed to it."""
        return self.active and (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def service(self, id_: UUID | None) -> PartnerService | None:
        return next((one for one in self.services if one.id == id_), None)

    def contact(self, id_: UUID | None) -> PartnerContact | None:
        return next((one for service in self.services for one in service.contacts if one.id == id_), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerSummary:
    """One line of the list of partners."""

    id: UUID
    name: str
    nature: PartnerNature
    city: str
    services: tuple[str, ...]
    kinds: tuple[str, ...]
    in_prison: bool
    active: bool
    convention_ends: date | None = None
    """The last day of the convention that runs; None without one, or when it has no end."""


def summary(partner: Partner, today: date) -> PartnerSummary:
    return PartnerSummary(
        id=partner.id,
        name=partner.name,
        nature=partner.nature,
        city=partner.city,
        services=tuple(one.name for one in partner.services if one.name),
        kinds=tuple(dict.fromkeys(one.kind for one in partner.services)),
        in_prison=any(one.works_in_prison for one in partner.services),
        active=partner.offered_on(today),
        convention_ends=max((one.ends for one in partner.conventions if one.ends and one.runs_on(today)), default=None),
    )


def matches(one: PartnerSummary, typed: str) -> bool:
    """Whether every word typed begins a word of the name, the services or the town."""
    words = fold(" ".join((one.name, one.city, *one.services))).split()
    return all(any(word.startswith(start) for word in words) for start in fold(typed).split())


def postal_codes_of(typed: str) -> tuple[str, ...]:
    """The codes of « 31999, 31998 31997 », in order, each once; what is no code is kept for the rule to refuse."""
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,;]+", typed.strip()) if part))


def normalised_siret(typed: str) -> str:
    return re.sub(r"[\s.\u202f]", "", typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedPartner:
    """« Pour tel besoin, penser à tel partenaire »: a line of the table kept by hand.

    `step` is the field of the evaluation in which the need was found (code of the form), `note` says when and why.
    """

    id: UUID
    step: str
    partner_id: UUID
    service_id: UUID | None = None
    note: str = ""


# -- rules ---------------------------------------------------------------------------------------------------


def partner_problems(partner: Partner) -> list[Problem]:
    """What keeps a structure from being recorded as typed."""
    problems = [] if partner.name.strip() else [Problem("required", "name")]
    if len(partner.name) > LONGEST_NAME:
        problems.append(Problem("too_long", "name", {"limit": LONGEST_NAME}))
    if partner.siret and not _SIRET.fullmatch(partner.siret):
        problems.append(Problem("siret_format", "siret"))
    return problems + _order_problems(partner) + _reach_problems(partner)


def service_problems(service: PartnerService) -> list[Problem]:
    problems = [] if len(service.name) <= LONGEST_NAME else [Problem("too_long", "name", {"limit": LONGEST_NAME})]
    wrong = [code for code in service.postal_codes if not _POSTAL_CODE.fullmatch(code)]
    if wrong:
        problems.append(Problem("postal_codes_format", "postal_codes", {"wrong": ", ".join(wrong)}))
    return problems + _reach_problems(service)


def convention_problems(convention: PartnerConvention) -> list[Problem]:
    return _order_problems(convention)


def _order_problems(value: Partner | PartnerConvention) -> list[Problem]:
    late = value.starts is not None and value.ends is not None and value.ends < value.starts
    return [Problem("end_before_start", "ends")] if late else []


def contact_problems(contact: PartnerContact) -> list[Problem]:
    return _reach_problems(contact)


def _reach_problems(value: Partner | PartnerService | PartnerContact) -> list[Problem]:
    """The formats shared by a structure, a service and a contact: postal code, telephone, e-mail."""
    rules = (
        ("postal_code", _POSTAL_CODE, "postal_code_format"),
        ("email", _EMAIL, "email_format"),
    )
    problems = [
        Problem(code, field)
        for field, pattern, code in rules
        if (text := getattr(value, field, "")) and not pattern.fullmatch(text)
    ]
    if value.phone and not _PHONE.fullmatch(re.sub(r"[\s.()-]", "", value.phone)):
        problems.append(Problem("partner_phone_format", "phone"))
    return problems


# -- which mission locale ------------------------------------------------------------------------------------


def missions_locales(partners: Iterable[Partner], day: date) -> list[tuple[Partner, PartnerService]]:
    """Every mission locale that new sheets may be addressed to on that day, with the service that receives."""
    return [
        (partner, service)
        for partner in partners
        if partner.offered_on(day)
        for service in partner.services
        if service.kind == MISSION_LOCALE
    ]


def serving(partners: Iterable[Partner], postal_code: str, day: date) -> tuple[Partner, PartnerService] | None:
    """The mission locale of the residence at release: the first whose postal codes hold this one."""
    return next((pair for pair in missions_locales(partners, day) if pair[1].covers(postal_code)), None)


def holding_permanence(
    partners: Iterable[Partner], establishment: str, day: date
) -> tuple[Partner, PartnerService] | None:
    """The mission locale that holds the permanence in this prison."""
    wanted = fold(establishment)
    return next(
        (
            pair
            for pair in missions_locales(partners, day)
            if wanted and pair[1].works_in_prison and fold(pair[1].establishment) == wanted
        ),
        None,
    )
