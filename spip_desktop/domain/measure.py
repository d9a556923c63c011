"""The penal situation: écrou, fiche pénale, basis of the follow-up, measures, obligations (domain.md §2.1 to §2.3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class PenalCategory(StrEnum):
    REMAND = "prevenu"
    CONVICTED = "condamne"
    BOTH = "prevenu_et_condamne"


class Milieu(StrEnum):
    OPEN = "MO"
    CUSTODY = "MF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """One écrou. Building, floor and cell are internal: movement lists need them, no partner sees them."""

    id: UUID
    person_id: UUID
    establishment: str
    ecrou_number: str = ""
    first_ecrou_number: str = ""
    starts: date | None = None
    penal_category: PenalCategory = PenalCategory.REMAND
    title_type: str = ""
    quartier: str = ""
    building: str = ""
    floor: str = ""
    cell: str = ""
    hosted: bool = True
    ends: date | None = None
    end_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceLine:
    """One line of the fiche pénale, as the greffe's paper says it."""

    id: UUID
    label: str
    quantum_years: int = 0
    quantum_months: int = 0
    quantum_days: int = 0
    regime: str = ""
    state: str = "en_cours"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceSheet:
    """One edition of the fiche pénale. The end date is the greffe's: the program never computes it."""

    id: UUID
    person_id: UUID
    as_of: date
    sentence_start: date | None = None
    end_official: date | None = None
    provisional_days: int = 0
    remission_days: int = 0
    surety_until: date | None = None
    leave_possible: date | None = None
    commission_on: date | None = None
    adjustment_decided_for: date | None = None
    lsc_on: date | None = None
    may_change: bool = False
    lines: tuple[SentenceLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A date worked out from the sheet. `state`: « greffe », « indicatif » or « non_calculable » (with why)."""

    code: str
    day: date | None
    state: str
    why: str = ""


class BasisKind(StrEnum):
    REFERRAL = "saisine"
    DETENTION_TITLE = "titre_de_detention"
    VOLUNTARY = "aide6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Why the service follows the person: a referral (MO, enquêtes) or a detention title (MF)."""

    id: UUID
    person_id: UUID
    kind: BasisKind
    authority: str = ""
    court: str = ""
    magistrate: str = ""
    received_on: date | None = None
    decided_on: date | None = None
    title_type: str = ""
    reference: str = ""
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure; `kind` is a code of resources/reference/measures.toml."""

    id: UUID
    person_id: UUID
    kind: str
    milieu: Milieu = Milieu.OPEN
    basis_id: UUID | None = None
    under_ecrou: bool = False
    decision_on: date | None = None
    definitive_on: date | None = None
    provisional_enforcement: bool = False
    notified_on: date | None = None
    referral_on: date | None = None
    starts: date | None = None
    ends_planned: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    parquet_number: str = ""
    offence_label: str = ""
    victim_contact_ban: bool = False
    probation_months: int | None = None
    hours: int | None = None
    duration_days: int | None = None
    recidivism: str = ""
    same_conviction_as: UUID | None = None
    service_in_charge: str = ""
    status: str = "en_cours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One obligation of a measure; `code` is of resources/reference/obligations.toml (cp132_44_1 …)."""

    id: UUID
    person_id: UUID
    measure_id: UUID
    code: str
    precision: str = ""
    imposed_by: str = ""
    starts: date | None = None
    ends: date | None = None
    status: str = "en_cours"
    check_rhythm: str = ""
    next_check: date | None = None
