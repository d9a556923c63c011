"""The public directory of services (data·inclusion, schema v1): its rows as values, and why one is refused.

Kept apart from the partners of the service: an import never touches what was written by hand (domain.md §7).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.sheet_columns import RowRefused
from spip_desktop.domain.text import clean, fold

LONGEST_TEXT = 10_000
"""Signs of a description, as the schema has it; every other text is shorter."""
_LONGEST_LINE = 2_100
_SHORTEST_NAME, _LONGEST_NAME = 3, 150
_SIRET = re.compile(r"\d{14}")
_POSTAL_CODE = re.compile(r"\d{5}")
_INSEE = re.compile(r"[0-9A-Z]{5}", re.IGNORECASE)
DEPARTMENT = re.compile(r"(?:\d{2}|2[AB]|9[78]\d)", re.IGNORECASE)


class RowKind(StrEnum):
    STRUCTURE = "structure"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPlace:
    """Where it is and how it is reached; `complement` is the second line of the address."""

    address: str = ""
    complement: str = ""
    postal_code: str = ""
    city: str = ""
    insee: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    link: str = ""

    @property
    def department(self) -> str:
        return department_of(self.insee, self.postal_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStructure:
    id: str
    name: str
    source: str
    updated_on: date
    place: PublicPlace
    siret: str = ""
    website: str = ""
    description: str = ""
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicService:
    """One service. The values of lists are kept as they came, known to our lists or not."""

    id: str
    structure_id: str
    name: str
    source: str
    updated_on: date
    place: PublicPlace
    kind: str = ""
    description: str = ""
    themes: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    publics_note: str = ""
    conditions: str = ""
    fee: str = ""
    fee_note: str = ""
    contact: str = ""
    welcome: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    ways_note: str = ""
    called_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicHit:
    """One service found, with the name of its structure where that is known."""

    service: PublicService
    structure: str


def department_of(insee: str, postal_code: str = "") -> str:
    """The department of a commune; from its postal code where the commune is not noted (Corsica: 200, 201 are 2A)."""
    code = (insee or postal_code).upper()
    if code.startswith(("97", "98")):
        return code[:3]
    if not insee and code.startswith("20"):
        return "2A" if code < "20200" else "2B"
    return code[:2]


def concerned(row: Mapping[str, object], departments: Collection[str]) -> str:
    """The department for which a row is kept: where it is, else one that its zone names; empty when there is none.

    Read before anything else of the row: most rows of the country are passed over. No department asked for keeps
    everything, « ? » standing for none. A service for the whole country without an address is in none.
    """
    insee, postal_code = row.get("code_insee"), row.get("code_postal")
    here = department_of(insee if isinstance(insee, str) else "", postal_code if isinstance(postal_code, str) else "")
    if not departments:
        return here or "?"
    if here in departments:
        return here
    zone = row.get("zone_eligibilite")
    named = (one.upper() for one in zone if isinstance(one, str)) if isinstance(zone, list) else ()
    return next((found for one in named if (found := _zone_department(one)) in departments), "")


def _zone_department(zone: str) -> str:
    """The department that a zone names or is in: « 31 », « 31555 »; empty for a group of communes or a country."""
    if DEPARTMENT.fullmatch(zone):
        return zone
    return department_of(zone) if _INSEE.fullmatch(zone) else ""


def read_departments(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The departments of « 31, 2a » in order, each once; and what is none."""
    parts = [part.upper() for part in re.split(r"[\s,;]+", typed.strip()) if part]
    good = tuple(dict.fromkeys(part for part in parts if DEPARTMENT.fullmatch(part)))
    return good, tuple(part for part in parts if part not in good)


def words_of(*texts: str) -> str:
    """What is looked through, folded, with a space before each word so that one is found by its beginning."""
    return f" {fold(' '.join(texts))}"


# -- from a row of the file ----------------------------------------------------------------------------------


def structure_of(row: Mapping[str, object]) -> PublicStructure:
    """A structure from a row of the file; RowRefused with the first thing that is wrong."""
    return PublicStructure(
        id=_required(row, "id"),
        name=_name(row),
        source=_required(row, "source"),
        updated_on=_day(row, "date_maj"),
        place=_place(row),
        siret=_matching(row, "siret", _SIRET),
        website=_text(row, "site_web"),
        description=_text(row, "description", LONGEST_TEXT),
        networks=_codes(row, "reseaux_porteurs"),
    )


def service_of(row: Mapping[str, object]) -> PublicService:
    """A service from a row of the file; RowRefused with the first thing that is wrong."""
    return PublicService(
        id=_required(row, "id"),
        structure_id=_required(row, "structure_id"),
        name=_name(row),
        source=_required(row, "source"),
        updated_on=_day(row, "date_maj"),
        place=_place(row),
        kind=_text(row, "type"),
        description=_required(row, "description", LONGEST_TEXT),
        themes=_codes(row, "thematiques"),
        publics=_codes(row, "publics"),
        publics_note=_text(row, "publics_precisions", LONGEST_TEXT),
        conditions=_text(row, "conditions_acces", LONGEST_TEXT),
        fee=_text(row, "frais"),
        fee_note=_text(row, "frais_precisions", LONGEST_TEXT),
        contact=_text(row, "contact_nom_prenom"),
        welcome=_codes(row, "modes_accueil"),
        zone=_codes(row, "zone_eligibilite"),
        ways=_codes(row, "modes_mobilisation"),
        ways_note=_text(row, "mobilisation_precisions", LONGEST_TEXT),
        called_by=_codes(row, "mobilisable_par"),
    )


def _place(row: Mapping[str, object]) -> PublicPlace:
    return PublicPlace(
        address=_text(row, "adresse"),
        complement=_text(row, "complement_adresse"),
        postal_code=_matching(row, "code_postal", _POSTAL_CODE),
        city=_text(row, "commune"),
        insee=_matching(row, "code_insee", _INSEE),
        phone=_text(row, "telephone"),
        email=_text(row, "courriel"),
        hours=_text(row, "horaires_accueil"),
        link=_text(row, "lien_source"),
    )


def _text(row: Mapping[str, object], field: str, most: int = _LONGEST_LINE) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowRefused("not_a_text", field)
    if len(value) > most:
        raise RowRefused("too_long", field)
    return clean(value, lines=True).strip()


def _required(row: Mapping[str, object], field: str, most: int = _LONGEST_LINE) -> str:
    found = _text(row, field, most)
    if not found:
        raise RowRefused("missing", field)
    return found


def _name(row: Mapping[str, object]) -> str:
    found = _required(row, "nom")
    if not _SHORTEST_NAME <= len(found) <= _LONGEST_NAME:
        raise RowRefused("name_length", "nom")
    return found


def _matching(row: Mapping[str, object], field: str, pattern: re.Pattern[str]) -> str:
    found = _text(row, field)
    if found and not pattern.fullmatch(found):
        raise RowRefused("bad_format", field)
    return found


def _day(row: Mapping[str, object], field: str) -> date:
    try:
        return date.fromisoformat(_required(row, field)[:10])
    except ValueError:
        raise RowRefused("bad_format", field) from None


def _codes(row: Mapping[str, object], field: str) -> tuple[str, ...]:
    value = row.get(field)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) and len(one) <= _LONGEST_LINE for one in value):
        raise RowRefused("not_a_list", field)
    return tuple(dict.fromkeys(value))


# -- values of lists that ours do not know -------------------------------------------------------------------

#: Our list of the values of a field (resources/reference), by the name of the field in the file.
LISTS: Mapping[str, str] = {
    "type": "public_service_kinds",
    "thematiques": "public_themes",
    "publics": "public_publics",
    "reseaux_porteurs": "public_networks",
}


def unknown_values(value: PublicStructure | PublicService, known: Mapping[str, Collection[str]]) -> Iterable[str]:
    """« thematiques : nouvelle-valeur » for each value that our lists do not have; it is kept all the same."""
    if isinstance(value, PublicStructure):
        held: tuple[tuple[str, tuple[str, ...]], ...] = (("reseaux_porteurs", value.networks),)
    else:
        kinds = (value.kind,) if value.kind else ()
        held = (("type", kinds), ("thematiques", value.themes), ("publics", value.publics))
    return [f"{field} : {code}" for field, codes in held for code in codes if code not in known[field]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicImport:
    """One import that was carried out: the date of the files, the departments (none: all), what it changed."""

    id: UUID
    on: date
    files: tuple[str, ...]
    departments: tuple[str, ...]
    new: int
    changed: int
    vanished: int
    rejected: int
