"""What the functions that word the blocks of « À reporter » share: what they give, how they read it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.carrying import Source
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place

T = TypeVar("T")
Sources = Sequence[Source]


@dataclass(frozen=True, slots=True)
class Made:
    """The values of one block by the names that its words may use, and where one reads the fact."""

    values: Mapping[str, str]
    place: Place


Makes = Iterator[tuple[UUID, Made]]


@dataclass(frozen=True, slots=True)
class Slice:
    """What may be read of a slice, and how; an officer without the right has none of its blocks."""

    right: Right
    read: Callable[[Transaction, Sources], Makes]


def records_of(tx: Transaction, kind: Records[T], sources: Sources) -> dict[UUID, T]:
    """These records by their number; what is in the bin is not read."""
    ids = [one.object_id for one in sources if not one.gone]
    return by_id(kind.find(tx, kind.table.c.id.in_(ids))) if ids else {}


def by_id(found: Iterable[T]) -> dict[UUID, T]:
    return {one.id: one for one in found}  # type: ignore[attr-defined]


def listed(words: Iterable[str]) -> str:
    return "\n".join(f"- {one}" for one in words if one.strip())
