"""The person followed, and what identifies them (R. 113-50 1° a, R. 240-3 1° of the code pénitentiaire)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.text import NBSP, capitals, fold

#: The two formats of Mon suivi justice's `appi_uuid_validator`.
_APPI = re.compile(r"(?:20[012]\d{9}|(?:199|200)\d{5})[A-Z]?")
_PHONE = re.compile(r"\+?\d{6,15}")
MINOR, YOUNGEST = 18, 13


class PhoneState(StrEnum):
    """« Pas de téléphone » and « refuse de donner » are two answers, « non demandé » is a third."""

    UNKNOWN = "non_demande"
    NUMBER = "numero"
    NONE = "pas_de_telephone"
    REFUSED = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Identity and civil situation. Names are kept exactly as typed."""

    id: UUID
    birth_name: str
    first_names: str
    birth_date: date | None = None
    title: str = ""
    usual_name: str = ""
    aliases: tuple[str, ...] = ()
    sex: str = ""
    birth_place: str = ""
    birth_country: str = ""
    nationalities: tuple[str, ...] = ()
    appi_number: str = ""
    marital_status: str = ""
    children_count: int | None = None
    phone_state: PhoneState = PhoneState.UNKNOWN
    phone: str = ""
    sms_agreed: bool | None = None
    email: str = ""
    contact_preference: str = ""
    legal_protection: str = ""
    protector_name: str = ""
    languages: str = ""
    literacy: str = ""
    interpreter_needed: bool | None = None
    education_level: str = ""
    last_diploma: str = ""
    job_status: str = ""
    experience: tuple[str, ...] = ()
    driving_licence: str = ""
    mobility: str = ""
    digital: str = ""
    resources: str = ""
    allowances: str = ""
    bank_account: str = ""
    france_travail: str = ""
    allowed_to_work: str = ""
    known_mission_locale: str = ""
    known_mission_locale_where: str = ""
    rqth_status: str = ""
    rqth_until: date | None = None
    home_spip: str = ""
    prison_spip: str = ""
    availability: str = ""
    engaged: str = ""
    #: Why this person was recorded although a similar one exists, when the officer was warned.
    duplicate_reason: str = ""

    @property
    def family_name(self) -> str:
        """The name in use: the usual name where there is one, else the birth name."""
        return self.usual_name or self.birth_name

    @property
    def first_name(self) -> str:
        """The first of the first names: « Jean-Luc, Marie » and « Jean-Luc Marie » give « Jean-Luc »."""
        return first_of(self.first_names)

    @property
    def display_name(self) -> str:
        """« Loïc PERRIN »."""
        return f"{self.first_name} {capitals(self.family_name)}".strip()

    @property
    def sort_key(self) -> str:
        return fold(f"{self.family_name} {self.first_names}")


def first_of(first_names: str) -> str:
    return re.split(r"[ ,]", first_names.strip(), maxsplit=1)[0]


def born(person: Person) -> str:
    """« né le », « née le » or « né(e) le », from the civil status."""
    return {"M": "né le", "F": "née le"}.get(person.sex, "né(e) le")


def age_text(person: Person, today: date) -> str:
    """« 22 ans », or nothing when the birth date is not known."""
    return f"{dates.age(person.birth_date, today)}{NBSP}ans" if person.birth_date else ""


class ContactKind(StrEnum):
    LAWYER = "avocat"
    FAMILY = "famille"
    HOST = "hebergeant"
    EMPLOYER = "employeur"
    EDUCATOR = "educateur"
    GUARDIAN = "curateur_tuteur"
    COORDINATING_DOCTOR = "medecin_coordonnateur"
    INTERPRETER = "interprete"
    TO_WARN = "a_prevenir"
    OTHER = "autre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Someone around the person. Of a coordinating doctor, only the existence is recorded."""

    id: UUID
    person_id: UUID
    kind: str
    name: str = ""
    relation: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    note: str = ""


class AddressKind(StrEnum):
    DECLARED = "declaree"
    BEFORE_CUSTODY = "avant_ecrou"
    AT_RELEASE = "a_la_sortie"
    DOMICILIATION = "domiciliation"
    NO_STABLE_HOME = "sans_domicile_stable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    id: UUID
    person_id: UUID
    kind: str = AddressKind.DECLARED
    line: str = ""
    complement: str = ""
    postal_code: str = ""
    city: str = ""
    insee_code: str = ""
    host_name: str = ""
    starts: date | None = None
    ends: date | None = None
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDocument:
    id: UUID
    person_id: UUID
    kind: str = "cni"
    state: str = "valide"
    number: str = ""
    issued: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """A preparation to work before the release (PPAIP): its days, where it stands (list `preparation_states`).

    `result` is what came of it, in plain words; no partner reads it.
    """

    id: UUID
    person_id: UUID
    place: str = ""
    starts: date | None = None
    ends: date | None = None
    state: str = "en_cours"
    result: str = ""

    def is_done(self, day: date) -> bool:
        """Whether it was carried through by that day."""
        return self.state == PREPARED and self.ends is not None and self.ends <= day


PREPARED, INTERRUPTED = "terminee", "interrompue"


def latest_preparation(every: Iterable[Preparation], day: date) -> Preparation | None:
    """The one that conditions and sheets look at: the last one carried through, else the last one begun or planned."""
    return max(every, key=lambda one: (one.is_done(day), one.starts or one.ends or date.min, one.id), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who follows the person (several may be open at once); « mine » is one open today."""

    id: UUID
    person_id: UUID
    officer_id: UUID
    milieu: str = ""
    starts: date
    ends: date | None = None
    assigned_by: UUID | None = None
    reason: str = ""


def normalised_appi(typed: str) -> str:
    return re.sub(r"[\s.-]", "", typed).upper()


def phone_is_readable(typed: str) -> bool:
    """Six to fifteen digits (E.164), with or without +; spaces, dots, hyphens and brackets are passed over."""
    return bool(_PHONE.fullmatch(re.sub(r"[\s.()-]", "", typed)))


def person_problems(person: Person, today: date) -> list[Problem]:
    """What keeps a person from being recorded as typed (V02)."""
    problems = [
        Problem("required", name) for name in ("birth_name", "first_names") if not getattr(person, name).strip()
    ]
    problems += [
        Problem("too_long", name, {"limit": 80})
        for name in ("birth_name", "first_names", "usual_name")
        if len(getattr(person, name)) > 80
    ]
    if person.birth_date:
        problems += _birth_problems(person.birth_date, today)
    if person.appi_number and not _APPI.fullmatch(person.appi_number):
        problems.append(Problem("appi_format", "appi_number"))
    if person.phone_state is PhoneState.NUMBER and not phone_is_readable(person.phone):
        problems.append(Problem("phone_format", "phone"))
    if person.children_count is not None and not 0 <= person.children_count <= 30:
        problems.append(Problem("children_out_of_range", "children_count"))
    return problems


def _birth_problems(birth: date, today: date) -> list[Problem]:
    if birth > today:
        return [Problem("birth_in_future", "birth_date")]
    if dates.age(birth, today) < YOUNGEST:
        return [Problem("too_young", "birth_date")]
    return [Problem("too_old", "birth_date")] if dates.age(birth, today) > 120 else []


def person_warnings(person: Person, today: date) -> list[Problem]:
    """What deserves a look and forbids nothing (V02: a minor is followed by the PJJ)."""
    if person.birth_date and YOUNGEST <= dates.age(person.birth_date, today) < MINOR:
        return [Problem("minor_pjj", "birth_date")]
    return []


def swapped(day: date) -> date | None:
    """The same date with day and month exchanged, when that is a date."""
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


class Likeness(StrEnum):
    SAME_APPI = "same_appi"
    SAME_NAME_AND_BIRTH = "same_name_and_birth"
    SWAPPED_DAY_AND_MONTH = "swapped_day_and_month"
    SAME_ECROU = "same_ecrou"


def likeness(one: Person, other: Person) -> Likeness | None:
    """Why two records may be one person, or None; a birth name matches a usual name."""
    if one.appi_number and one.appi_number == other.appi_number:
        return Likeness.SAME_APPI
    if not _names(one) & _names(other) or not one.birth_date or not other.birth_date:
        return None
    if one.birth_date == other.birth_date:
        return Likeness.SAME_NAME_AND_BIRTH
    return Likeness.SWAPPED_DAY_AND_MONTH if swapped(one.birth_date) == other.birth_date else None


def _names(person: Person) -> set[str]:
    first = fold(person.first_name)
    return {f"{fold(name).replace(' ', '')} {first}" for name in (person.birth_name, person.usual_name) if name}
