"""Which revision of a record comes from which, decided from their numbers alone (decision 36).

A revision that an officer wrote has a number of its own (UUIDv7). One that the program made by putting several together
has a number worked out from theirs and from what it says (UUIDv8): every station that merges the same revisions makes
the very same one, and nobody takes it for a new change. It puts together what officers wrote, never another merge.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

WORKED_OUT = 8
"""The version of the UUIDs that are worked out (RFC 9562, 5.8)."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of a record: the ones it comes from, when and by whom, and whether it put the record in the bin."""

    id: UUID
    parents: tuple[UUID, ...]
    at: datetime
    by: UUID
    deleted: bool = False

    @property
    def is_automatic(self) -> bool:
        return bool(self.parents) and self.id.version == WORKED_OUT


def worked_out(*words: str) -> UUID:
    """The number that these words give, the same wherever it is worked out."""
    digest = hashlib.sha256("\n".join(words).encode()).digest()
    value = int.from_bytes(digest[:16], "big")
    value &= ~(0xF000 << 64) & ~(0xC000 << 48)
    return UUID(int=value | WORKED_OUT << 76 | 0x2 << 62)


def merged_id(parents: Iterable[UUID], content: object, *, deleted: bool) -> UUID:
    """The number of the revision that puts these together and says this."""
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return worked_out("merge", *sorted(str(one) for one in parents), said, "del" if deleted else "put")


class History:
    """The known revisions of one record. Those of which an ancestor is not known wait, and count for nothing else."""

    def __init__(self, known: Mapping[UUID, Revision]) -> None:
        self.known = known

    @cached_property
    def rooted(self) -> tuple[UUID, ...]:
        """Those whose every ancestor is known, each after its parents; revisions in a circle are among none."""
        lacks = {id_: len(set(one.parents)) for id_, one in self.known.items()}
        children: dict[UUID, list[UUID]] = {}
        for id_, one in self.known.items():
            for parent in set(one.parents):
                children.setdefault(parent, []).append(id_)
        found, ready = list[UUID](), sorted(id_ for id_, count in lacks.items() if not count)
        while ready:
            found += ready
            for child in (child for id_ in ready for child in children.get(id_, ())):
                lacks[child] -= 1
            ready = sorted({child for id_ in ready for child in children.get(id_, ()) if not lacks[child]})
        return tuple(found)

    @cached_property
    def waiting(self) -> tuple[UUID, ...]:
        """Those of which an ancestor has not arrived."""
        return tuple(sorted(self.known.keys() - set(self.rooted)))

    @cached_property
    def missing(self) -> tuple[UUID, ...]:
        """What the waiting ones wait for."""
        wanted = {parent for id_ in self.waiting for parent in self.known[id_].parents}
        return tuple(sorted(wanted - self.known.keys()))

    def written(self, id_: UUID) -> frozenset[UUID]:
        """The revisions written by officers that this one puts together; itself when an officer wrote it."""
        found, left = set[UUID](), [id_]
        while left:
            revision = self.known[left.pop()]
            if revision.is_automatic:
                left += revision.parents
            else:
                found.add(revision.id)
        return frozenset(found)

    @cached_property
    def authored(self) -> tuple[UUID, ...]:
        """What officers wrote, each after what it comes from."""
        return tuple(id_ for id_ in self.rooted if not self.known[id_].is_automatic)

    @cached_property
    def _parents(self) -> dict[UUID, frozenset[UUID]]:
        return {
            id_: frozenset().union(*(self.written(parent) for parent in self.known[id_].parents))
            for id_ in self.authored
        }

    @cached_property
    def heads(self) -> tuple[UUID, ...]:
        """What officers wrote last: from which no other known revision comes; in the order of their numbers."""
        superseded = frozenset().union(*self._parents.values()) if self._parents else frozenset()
        return tuple(sorted(id_ for id_ in self.authored if id_ not in superseded))

    @property
    def was_put_together(self) -> bool:
        """Whether an officer's revision, or the program's, comes from several."""
        return any(len(one.parents) > 1 for one in self.known.values())

    @cached_property
    def before(self) -> dict[UUID, frozenset[UUID]]:
        """For each written revision, all those it comes from."""
        found: dict[UUID, frozenset[UUID]] = {}
        for id_ in self.authored:
            parents = self._parents[id_]
            found[id_] = parents.union(*(found[parent] for parent in parents))
        return found

    def contains(self, one: UUID, other: UUID) -> bool:
        """Whether everything written into `other` is in `one`."""
        reached = frozenset().union(*(self.before[id_] | {id_} for id_ in self.written(one)))
        return self.written(other) <= reached
