"""What is held on one person, category by category, as the papers that show it need it: words, not records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Authority(StrEnum):
    """Who answers a request of access: R. 113-55 (APPI), R. 240-7 (GENESIS) of the code pénitentiaire."""

    PROSECUTOR = "appi"
    PRISON_HEAD = "genesis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words of one field. `key` tells which, always the same; `third`: it names somebody else; `restricted`: the
    access to it may be restricted."""

    key: str
    label: str
    words: str
    third: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """One record: its day where it has one, and what it says."""

    id: UUID
    day: date | None
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One table: what it is called, why it is held, on what ground, how long, and what it holds.

    `counted` says what the records are where they are only counted (`count`), never shown.
    """

    code: str
    label: str
    section: str
    purpose: str
    legal: str
    retention: str
    authority: Authority
    count: int
    records: Sequence[HeldRecord] = ()
    counted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """To whom something went: a partner, a judge, another station; `what` names the paper, never its words."""

    day: date
    to: str
    what: str


def dated(records: Sequence[HeldRecord]) -> list[HeldRecord]:
    """The oldest first; what has no day comes before."""
    return sorted(records, key=lambda one: (one.day or date.min, one.id))
