"""Two dossiers that may be those of one person: proposed, looked at field by field, merged, taken apart again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.person import Likeness, Person

#: What is of each dossier, and is never asked about when two are merged.
_OF_EACH = frozenset({"id", "duplicate_reason"})


class DuplicateState(StrEnum):
    PROPOSED = "propose"
    APART = "distinctes"
    MERGED = "fusionnes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """One pair. When it is merged, `person_id` is the dossier that stays.

    `before` is the revision of the person before the merge and `moved` what came from the other dossier
    (« table:number »): enough to take the two apart again.
    """

    id: UUID
    person_id: UUID
    other_id: UUID
    why: Likeness
    found_on: date
    state: DuplicateState = DuplicateState.PROPOSED
    before: UUID | None = None
    moved: tuple[str, ...] = ()


def differing(one: Person, other: Person, fields: Iterable[str]) -> tuple[str, ...]:
    """The fields, in their order, in which the two persons do not say the same."""
    return tuple(name for name in fields if name not in _OF_EACH and getattr(one, name) != getattr(other, name))


def says_nothing(value: object) -> bool:
    """Whether a field holds nothing that could be lost."""
    return value in (None, "", ()) or value == "non_demande"
