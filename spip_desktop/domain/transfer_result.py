"""What a package brings, record by record: said before anything is kept, and again afterwards."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Brought(StrEnum):
    """What becomes of a record of a package here."""

    NEW = "new"
    IDENTICAL = "identical"
    CHANGED = "changed"
    #: Changed here and there, in different places: put together by the program.
    MERGED = "merged"
    #: Frozen here and there: both versions stay, nobody is asked.
    APART = "apart"
    #: Changed here and there in the same place, or frozen: an officer says.
    CONFLICT = "conflict"
    #: What it comes from, or what it points at, has not arrived.
    WAITING = "waiting"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Item:
    """One record. `reason` is the code of why it waits, is rejected or asks; `fields`, what was put together."""

    kind: str
    object_id: UUID
    person_id: UUID | None
    what: Brought
    reason: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What a package brings of one person."""

    person_id: UUID | None
    name: str
    counts: tuple[tuple[Brought, int], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a package brings: in all, by person, and every record that is not simply taken."""

    counts: tuple[tuple[Brought, int], ...]
    persons: tuple[PersonLine, ...]
    remarks: tuple[Item, ...]

    def of(self, what: Brought) -> int:
        return dict(self.counts).get(what, 0)

    @property
    def accepted(self) -> int:
        """The records that are taken, were there already, or wait for an officer or for their base."""
        return sum(count for what, count in self.counts if what is not Brought.REJECTED)


_SILENT = frozenset({Brought.NEW, Brought.IDENTICAL, Brought.CHANGED})


class Tally:
    """Adds items up, keeping only what has to be told one by one."""

    def __init__(self) -> None:
        self._counts = Counter[Brought]()
        self._persons: dict[UUID | None, Counter[Brought]] = {}
        self._remarks: list[Item] = []

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            self._counts[item.what] += 1
            self._persons.setdefault(item.person_id, Counter())[item.what] += 1
            if item.what not in _SILENT:
                self._remarks.append(item)

    @property
    def persons(self) -> tuple[UUID, ...]:
        return tuple(one for one in self._persons if one)

    def result(self, names: dict[UUID, str]) -> Result:
        """The sums; those who are named first, in the order of their names."""
        lines = [
            PersonLine(id_, names.get(id_, "") if id_ else "", _sums(counts)) for id_, counts in self._persons.items()
        ]
        ordered = sorted(lines, key=lambda one: (not one.name, one.name, str(one.person_id)))
        return Result(_sums(self._counts), tuple(ordered), tuple(self._remarks))


def _sums(counts: Counter[Brought]) -> tuple[tuple[Brought, int], ...]:
    return tuple((what, counts[what]) for what in Brought if counts[what])
