"""Sheets whose partner says nothing, and the lot of sheets of one permanence."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain.sheet import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentSheet:
    """A sheet that waited longer than its partner is given; `reminded_on` once a letter went, `due` the day it fell.

    `by_letter`: a letter may name it; a sheet on a neutral letterhead is asked about through the person only.
    """

    id: UUID
    person_id: UUID
    person: str
    number: str
    answer_code: str
    handed_on: date
    due: date
    report_wanted_by: date | None
    reminded_on: date | None
    by_letter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentPartner:
    """A partner and its silent sheets, the oldest first."""

    partner_id: UUID
    name: str
    sheets: tuple[SilentSheet, ...]

    @property
    def for_letter(self) -> tuple[SilentSheet, ...]:
        """Those that a first letter may list."""
        return tuple(one for one in self.sheets if one.by_letter and one.reminded_on is None)

    @property
    def twice(self) -> tuple[SilentSheet, ...]:
        """Those that stayed without an answer after a letter: a matter for the DPIP."""
        return tuple(one for one in self.sheets if one.reminded_on is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLetter:
    """The letter: it lists numbers and codes that the partner holds, and names nobody."""

    sender: Letterhead
    recipient: Letterhead
    day: date
    sheets: tuple[SilentSheet, ...]
    answer_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchKey:
    """One permanence: to whom, where, when."""

    service_id: UUID
    place: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The sheets ready for one permanence; `agreed` of them have the person's agreement."""

    key: BatchKey
    partner: str
    sheets: tuple[UUID, ...]
    agreed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """One line of the internal bordereau: who comes, from where in the establishment, with which sheet."""

    hour: str
    person: str
    ecrou: str
    where: str
    number: str
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSlip:
    """The internal bordereau: for the movement in the establishment, never for the partner."""

    partner: str
    place: str
    day: date
    lines: tuple[SlipLine, ...]
