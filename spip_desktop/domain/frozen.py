"""Documents frozen on several stations, each without knowing of the others: every version stays (decision 59).

The first to be frozen keeps the number of the record. Each other becomes a record with a number that is worked out
from both, so that every station makes the very same one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from spip_desktop.domain.ancestry import History, Revision
from spip_desktop.domain.leaves import shapes_of

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeptApart:
    """A version with its own number: its only revision, dated and signed as the one that froze it, and what it says."""

    id: UUID
    revision: Revision
    content: Content


def freezings(history: History, frozen: Iterable[UUID]) -> tuple[UUID, ...]:
    """Those of the frozen revisions that come from no other: one for each time the document was frozen, the first
    first."""
    every = frozenset(frozen)
    first = (id_ for id_ in every if not history.before[id_] & every)
    return tuple(sorted(first, key=lambda id_: (history.known[id_].at, id_)))


def number_apart(id_: UUID | str, freezing: UUID) -> UUID:
    """The number of the version of a record that this revision froze. Not of the kind that merges are numbered by:
    nobody takes it for one, nor for a record told in part."""
    return uuid5(freezing, str(id_))


def kept_apart(id_: UUID | str, freezing: Revision, content: Content) -> KeptApart:
    """The version of a record that this revision froze, as a record of its own."""
    return copied(number_apart(id_, freezing.id), freezing, content)


def copied(number: UUID, written: Revision, content: Content, **instead: object) -> KeptApart:
    """A record again under another number, the records inside it too; `instead` are the fields that it says
    otherwise."""
    new = {one: str(uuid5(number, one)) for one in shapes_of(content)} | {str(content["id"]): str(number)}
    said = {**_renamed(content, new), **instead}
    return KeptApart(number, Revision(uuid5(number, str(written.id)), (), written.at, written.by), said)


def _renamed(value: Any, new: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _renamed(one, new) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, new) for one in value]
    return new.get(value, value) if isinstance(value, str) else value


def whose(freezings: Iterable[Revision], by: UUID, at: datetime) -> UUID | None:
    """Which version a dated fact is about: the one frozen in that act, else the only one that its author froze before.

    None where that is not said: the fact stays with the first version.
    """
    own = [one for one in freezings if one.by == by and one.at <= at]
    same_act = [one for one in own if one.at == at]
    found = same_act or own
    return found[0].id if len(found) == 1 else None


# -- what a frozen document is made of -----------------------------------------------------------------------

PARTS = "parts"


def told_parts(parts: Mapping[UUID, UUID]) -> dict[str, str]:
    """The revisions of the records that a document is made of, as the fact that froze it keeps them."""
    return {PARTS: " ".join(f"{id_}:{revision}" for id_, revision in sorted(parts.items()))}


def read_parts(detail: Mapping[str, str]) -> dict[UUID, UUID]:
    """The revision of each record that a document was made of when it was frozen; empty where that was not kept."""
    pairs = (one.partition(":") for one in detail.get(PARTS, "").split())
    return {UUID(id_): UUID(revision) for id_, _, revision in pairs}
