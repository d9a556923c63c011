"""The journal as it is read: lines without name nor content, and what is counted of them (R. 113-57)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFilter:
    """Which lines are wanted. Days are of Paris and included; `dossier` is a person's number."""

    starts: date | None = None
    ends: date | None = None
    officer: UUID | None = None
    act: str = ""
    kind: str = ""
    dossier: UUID | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of a line: what a list or the program says of it, and the words that an officer wrote."""

    label: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line: who by the identifier, the act and the kind by code, the object by its number.

    `told` is the identifier of an officer, or the name of a structure, who is the object.
    `dossier` is the person it is about, and the words of `why` are kept, for who may open dossiers only.
    """

    seq: int
    at: datetime
    officer: str
    act: str
    kind: str
    object: UUID | None = None
    told: str = ""
    why: Why = Why()
    recipient: str = ""
    has_words: bool = False
    dossier: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultations:
    """What one officer consulted: in all, of dossiers that colleagues follow, and of those with a reason."""

    officer: str
    total: int
    elsewhere: int
    with_reason: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking the chain found: the lines `first` to `last`, and the first that does not hold."""

    first: int
    last: int
    broken: int | None = None
