"""The prescription: one sheet that starts a partner's work (seeds 000, 003; practice.md)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """« Passer outre » one rule, with a written reason, its author and its date."""

    rule: str
    reason: str
    on: date
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """One sheet. A draft until `ready_on`: then frozen, numbered, printable; what follows are events.

    `ticked` are the class B fields the person lets the partner read; `values` are the fields typed on the
    sheet itself, by field code; `sheet` is the frozen content in JSON once ready.
    """

    id: UUID
    person_id: UUID
    number: int = 1
    pacep_id: UUID | None = None
    action_lineage: UUID | None = None
    objective_lineage: UUID | None = None
    partner_id: UUID | None = None
    service_id: UUID | None = None
    contact_id: UUID | None = None
    sheet_code: str = "mission_locale"
    sheet_version: int = 1
    letterhead: str = "officiel"
    channel: str = ""
    drafted_on: date
    meeting_on: date | None = None
    meeting_hour: str = ""
    meeting_place: str = ""
    asks: tuple[str, ...] = ()
    objective_words: str = ""
    ticked: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    near_employment: str = ""
    near_employment_reason: str = ""
    report_wanted_by: date | None = None
    useful_on: date | None = None
    overrides: tuple[Override, ...] = ()
    vigilance_read: bool = False
    ready_on: date | None = None
    ready_by: UUID | None = None
    sheet_number: str = ""
    answer_code: str = ""
    sheet: str = ""
