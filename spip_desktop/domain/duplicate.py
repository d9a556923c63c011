"""Two dossiers that may be those of one person: proposed, looked at field by field, merged, taken apart again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.person import Likeness, Person

#: What is of each dossier, and is never asked about when two are merged.
_OF_EACH = frozenset({"id", "duplicate_reason"})
#: Fields that mean something only together are one to choose.
Field = tuple[str, ...]


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


class Side(StrEnum):
    """Of which dossier a value is kept."""

    STAYS = "celui_qui_reste"
    OTHER = "l_autre"


def differing(one: Person, other: Person, together: Sequence[Field]) -> tuple[Field, ...]:
    """What the two persons do not say alike, in the order of the dossier."""
    groups = {name: group for group in together for name in group}
    every = dict.fromkeys(groups.get(each.name, (each.name,)) for each in fields(Person) if each.name not in _OF_EACH)
    return tuple(field for field in every if _values(one, field) != _values(other, field))


def proposed(one: Person, other: Person, field: Field) -> Side | None:
    """The side to keep when the other says nothing; None where the officer has to choose."""
    left, right = says_something(one, field), says_something(other, field)
    if left == right:
        return None
    return Side.STAYS if left else Side.OTHER


def says_something(person: Person, field: Field) -> bool:
    """Whether a field holds what could be lost."""
    return not all(value in (None, "", (), "non_demande") for value in _values(person, field))


def united(one: Person, other: Person, chosen: Mapping[str, Side], together: Sequence[Field]) -> Person:
    """The person of the dossier that stays (`one`), with what was chosen, by the first name of each field.

    A name that is not kept becomes an alias: the person is still found under it. Refusal `duplicate_choice_needed`
    with each field that lacks a choice.
    """
    asked = differing(one, other, together)
    sides = {field: chosen.get(field[0]) or proposed(one, other, field) for field in asked}
    if lacking := [Problem("duplicate_choice_needed", field[0]) for field, side in sides.items() if side is None]:
        raise Refusal.of(lacking)
    taken = {name: getattr(other, name) for field, side in sides.items() if side is Side.OTHER for name in field}
    kept = replace(one, **taken)
    known = {kept.birth_name, kept.usual_name, *kept.aliases, ""}
    names = (one.birth_name, one.usual_name, *one.aliases, other.birth_name, other.usual_name, *other.aliases)
    return replace(kept, aliases=(*kept.aliases, *dict.fromkeys(name for name in names if name not in known)))


def parted(now: Person, before: Person, merged: Person) -> Person:
    """The person as before the merge, but for what was written since."""
    untouched = [each.name for each in fields(Person) if getattr(now, each.name) == getattr(merged, each.name)]
    return replace(now, **{name: getattr(before, name) for name in untouched})


def carried(stays: Person, then: Person, now: Person) -> Person:
    """The person that stays, with what another station changed since in the dossier that went (`then`, `now`).

    A field for which the officer chose another value keeps it: what was changed stays in the history of that dossier.
    A name becomes an alias, so that the person is found under it.
    """
    names = {each.name for each in fields(Person) if each.name not in _OF_EACH}
    since = {name: getattr(now, name) for name in names if getattr(now, name) != getattr(then, name)}
    taken = {
        name: value for name, value in since.items() if getattr(stays, name) in (getattr(then, name), None, "", ())
    }
    kept = replace(stays, **taken)
    known = {kept.birth_name, kept.usual_name, *kept.aliases, ""}
    others = (now.birth_name, now.usual_name, *now.aliases)
    return replace(kept, aliases=(*kept.aliases, *dict.fromkeys(name for name in others if name not in known)))


def _values(person: Person, field: Field) -> tuple[object, ...]:
    return tuple(getattr(person, name) for name in field)
