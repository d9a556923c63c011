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
    #: « Date visée (projet d'aménagement, non acquise) », typed by the CPIP.
    release_target_on: date | None = None


class LineState(StrEnum):
    RUNNING = "en_cours"
    TO_EXECUTE = "a_executer"
    REVOKED = "revocation"
    SERVED = "executee"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceLine:
    """One line of the fiche pénale, as the greffe's paper says it."""

    id: UUID
    label: str
    quantum_years: int = 0
    quantum_months: int = 0
    quantum_days: int = 0
    regime: str = ""
    state: LineState = LineState.RUNNING
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
    remission_withdrawn_days: int = 0
    surety_until: date | None = None
    leave_possible: date | None = None
    commission_on: date | None = None
    adjustment_decided_for: date | None = None
    lsc_on: date | None = None
    may_change: bool = False
    lines: tuple[SentenceLine, ...] = ()


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


class Recidivism(StrEnum):
    """État de récidive légale, as the decision says it (CP 132-42 counts it twice)."""

    NO = ""
    ONCE = "recidive"
    AGAIN = "recidive_nouvelle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A time during which the measure does not run (V09: incarceration, CP 132-43)."""

    id: UUID
    starts: date
    ends: date | None = None
    reason: str = ""


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
    recidivism: Recidivism = Recidivism.NO
    hours_done: int | None = None
    stage_kind: str = ""
    same_conviction_as: UUID | None = None
    service_in_charge: str = ""
    status: str = "en_cours"
    suspensions: tuple[Suspension, ...] = ()


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
