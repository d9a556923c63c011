"""The guided evaluation: fields explored with the person, findings made from selected words (domain.md §3).

Nothing here counts, weighs or ranks (loi 78-17 art. 95): the program lists, the CPIP judges.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class EvaluationKind(StrEnum):
    INITIAL = "initiale"
    SHORT = "courte"
    INTERMEDIATE = "intermediaire"
    ANNUAL = "annuelle"
    ON_EVENT = "sur_evenement"
    CLOSING = "de_fin"


class FieldState(StrEnum):
    UNEXPLORED = "non_explore"
    PARTIAL = "partiel"
    EXPLORED = "explore"
    INSUFFICIENT = "information_insuffisante"
    NOT_RELEVANT = "non_pertinent"
    NOT_MET = "personne_non_rencontree"


class Evolution(StrEnum):
    """How a finding stands beside the version before; empty there until the officer has looked at it again."""

    TO_SAY = ""
    NEW = "nouveau"
    STABLE = "stable"
    BETTER = "en_amelioration"
    WORSE = "en_degradation"
    LIFTED = "leve"


class FindingKind(StrEnum):
    FACT = "fait"
    STATIC_RISK = "risque_statique"
    DYNAMIC_RISK = "risque_dynamique"
    PROTECTION = "protection"
    NEED = "besoin"
    RESPONSIVITY = "receptivite"


#: What says something of an offence: never written about a person presumed innocent (practice.md).
ABOUT_THE_FACTS = frozenset({FindingKind.STATIC_RISK, FindingKind.DYNAMIC_RISK, FindingKind.NEED})


class MarkKind(StrEnum):
    """The three keys of the note: « … » his or her words, ★ to keep, ? to take up again."""

    WORDS = "ses_mots"
    KEEP = "a_retenir"
    AGAIN = "a_reprendre"


class SaidHow(StrEnum):
    """How the person gave their own view of a field; empty while it was not asked for."""

    UNSAID = ""
    SCREEN = "ecran"
    PAPER = "papier"
    ALOUD = "dit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """One version of an evaluation. Frozen once `frozen_on` is set; states beyond are events.

    `presumed_innocent` and `milieu` are those of the day it was started. `interview_on` dates the notes that
    are being written. `no_need_reason` says why no need is kept.
    """

    id: UUID
    lineage: UUID
    person_id: UUID
    number: int
    kind: EvaluationKind
    started_on: date
    form_code: str
    form_version: int
    from_version: UUID | None = None
    short_fields: tuple[str, ...] = ()
    presumed_innocent: bool = False
    milieu: str = ""
    reason: str = ""
    interview_on: date | None = None
    no_need_reason: str = ""
    frozen_on: date | None = None
    frozen_by: UUID | None = None

    @property
    def is_frozen(self) -> bool:
        return self.frozen_on is not None


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A mark in the margin, on the paragraph of the note that starts at this place (in signs)."""

    kind: MarkKind
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploredField:
    """What one step of the form holds: state, free note with its marks, answers by question code.

    `reviewed` is false while the step stands as the version before left it (« non revu »). `noted_on` is the
    day of the interview the note comes from; `again_on` when missing information is to be looked for. `said_on` and
    `said_how`: when and how the person answered the questions that are theirs.
    """

    id: UUID
    evaluation_id: UUID
    person_id: UUID
    step: str
    state: FieldState = FieldState.UNEXPLORED
    note: str = ""
    marks: tuple[NoteMark, ...] = ()
    answers: Mapping[str, object] = field(default_factory=dict)
    rulers: bool = False
    again_on: date | None = None
    noted_on: date | None = None
    reviewed: bool = True
    said_on: date | None = None
    said_how: SaidHow = SaidHow.UNSAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fact, factor, need or cue, with the words it was made from; they stay as its evidence.

    `lineage` is the same through all versions, `id` is of this version. `start` is where the words stood in
    the note (in signs), or None when they come from elsewhere. `priority` is the place of a need in the order
    that the officer wrote, from 1; None when it has none.
    """

    id: UUID
    lineage: UUID
    evaluation_id: UUID
    person_id: UUID
    step: str
    kind: FindingKind
    wording: str
    evidence: str = ""
    start: int | None = None
    source: str = "entretien"
    source_on: date | None = None
    evolution: Evolution = Evolution.NEW
    priority: int | None = None
    priority_reason: str = ""

    @property
    def words(self) -> str:
        """How the finding reads: its wording, else the words it was made from."""
        return self.wording or self.evidence
