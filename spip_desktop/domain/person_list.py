"""Persons as lists show them: small summaries, never whole records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.person import Likeness
from spip_desktop.domain.text import capitals, fold


class Whose(StrEnum):
    """The tabs of the page « Personnes »."""

    MINE = "mes_dossiers"
    ALL = "tous"
    UNASSIGNED = "a_affecter"


class Sort(StrEnum):
    NAME = "name"
    BIRTH = "birth"
    PLACE = "place"
    RELEASE = "release"
    NEXT = "next"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFilter:
    whose: Whose = Whose.MINE
    milieu: Milieu | None = None
    text: str = ""


def criteria(typed: str) -> frozenset[str]:
    """By what kinds of words one searches, as the journal tells it: never the words themselves."""
    return frozenset("numéro ou date" if word[0].isdigit() else "nom" for word in fold(typed).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHit:
    """One line of the search; `exact` when the whole écrou number was typed."""

    id: UUID
    birth_name: str
    usual_name: str
    first_name: str
    birth_date: date | None
    ecrou_number: str = ""
    officers: str = ""
    exact: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {capitals(self.usual_name or self.birth_name)}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSummary:
    """One line of the list of persons; `reached` is False when only identity and who follows may be told."""

    id: UUID
    birth_name: str
    usual_name: str
    first_name: str
    birth_date: date | None
    milieu: Milieu | None
    ecrou_number: str = ""
    establishment: str = ""
    building: str = ""
    floor: str = ""
    cell: str = ""
    penal_category: str = ""
    measure_kind: str = ""
    release_on: date | None = None
    release_why: str = ""
    next_on: date | None = None
    next_why: str = ""
    officers: str = ""
    #: Whom the officer stands in for, where the dossier is in their list for that alone.
    interim_of: str = ""
    #: Nothing runs any more: there is nobody to assign.
    ended: bool = False
    reached: bool = True

    @property
    def name(self) -> str:
        return f"{self.first_name} {capitals(self.usual_name or self.birth_name)}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """A person already recorded who may be the same, and why."""

    id: UUID
    name: str
    birth_date: date | None
    appi_number: str
    likeness: Likeness


def next_date(dated: Mapping[str, date | None], today: date) -> tuple[date, str] | None:
    """The nearest day from today on and its reason: the column of the list and the strip say the same."""
    return min(((day, why) for why, day in dated.items() if day and day >= today), default=None)
