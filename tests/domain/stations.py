"""A small model of stations that exchange packages: the real merging, lists in place of stores and files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from spip_desktop.domain.ancestry import History, Revision
from spip_desktop.domain.frozen import kept_apart
from spip_desktop.domain.merging import Rules, Standing, both, decided, merge, stand

RULES = Rules(together=(("note", "marks"),), frozen_by="frozen_on")
_ONCE = datetime(2026, 11, 22, 13, 2, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """One revision as a package carries it."""

    object_id: str
    revision: Revision
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Package:
    sender: int
    recipient: int
    lines: tuple[Line, ...]
    last: int


@dataclass
class Held:
    """What a station has of one record."""

    known: dict[UUID, Revision] = field(default_factory=dict)
    contents: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    shown: UUID | None = None
    standing: Standing | None = None


@dataclass
class Station:
    number: int
    minutes: list[int]  # the one clock of the test: a count
    held: dict[str, Held] = field(default_factory=dict)
    log: list[Line] = field(default_factory=list)  # in the order in which the station came to know them
    acknowledged: dict[int, int] = field(default_factory=dict)

    # -- writing ---------------------------------------------------------------------------------------------

    def shown(self, object_id: str) -> dict[str, Any]:
        held = self.held[object_id]
        assert held.shown is not None
        return dict(held.contents[held.shown])

    def is_there(self, object_id: str) -> bool:
        held = self.held.get(object_id)
        return held is not None and held.shown is not None

    def write(self, object_id: str, content: Mapping[str, Any], *, deleted: bool = False) -> UUID:
        """One revision of this station's own, from what it shows."""
        held = self.held.get(object_id)
        parents = () if held is None or held.shown is None else (held.shown,)
        return self._write(object_id, content, parents, deleted=deleted)

    def _write(
        self, object_id: str, content: Mapping[str, Any], parents: tuple[UUID, ...], *, deleted: bool = False
    ) -> UUID:
        self.minutes[0] += 1
        count = self.minutes[0]
        id_ = UUID(int=(count << 80) | (7 << 76) | (2 << 62) | self.number)
        by = UUID(int=self.number)
        revision = Revision(id_, parents, _ONCE + timedelta(minutes=count), by, deleted)
        self._keep(Line(object_id, revision, content))
        self._settle(object_id)
        return id_

    def decide(self, object_id: str) -> None:
        """Keep both texts where there are two, else the first value."""
        held = self.held[object_id]
        history = History(held.known)
        assert held.standing is not None
        if held.standing.disputed:
            merged = merge(history, {id_: held.contents[id_] for id_ in history.rooted}, RULES)
            choices = {}
            for one in merged.disputed:
                first, second = one.values[0].value, one.values[1].value
                choices[one.leaf] = both(first, second, "—") or first
            content = decided(merged, choices, RULES.together)
            deleted = merged.deleted
        else:
            assert held.shown is not None
            content, deleted = held.contents[held.shown], held.known[held.shown].deleted
        self._write(object_id, content, history.heads, deleted=deleted)

    # -- exchanging ------------------------------------------------------------------------------------------

    def pack(self, recipient: int) -> Package:
        since = self.acknowledged.get(recipient, 0)
        return Package(self.number, recipient, tuple(self.log[since:]), len(self.log))

    def take(self, package: Package) -> int:
        """Read a package; the value is what the receipt acknowledges."""
        for line in package.lines:
            self._keep(line)
        for object_id in dict.fromkeys(line.object_id for line in package.lines):
            self._settle(object_id)
        return package.last

    def _keep(self, line: Line) -> None:
        held = self.held.setdefault(line.object_id, Held())
        if line.revision.id not in held.known:
            held.known[line.revision.id] = line.revision
            held.contents[line.revision.id] = line.content
            self.log.append(line)

    def _settle(self, object_id: str) -> None:
        held = self.held[object_id]
        found = stand(History(held.known), held.contents.__getitem__, held.shown, RULES)
        if found.made is not None and found.content is not None:
            self._keep(Line(object_id, found.made, found.content))
        held.shown, held.standing = found.shown, found
        for freezing in found.freezings[1:]:
            one = kept_apart(object_id, held.known[freezing], held.contents[freezing])
            if str(one.id) not in self.held:
                self._keep(Line(str(one.id), one.revision, one.content))
                self._settle(str(one.id))

    # -- looking ---------------------------------------------------------------------------------------------

    def in_dispute(self) -> list[str]:
        return sorted(id_ for id_, held in self.held.items() if held.standing and held.standing.reason)

    def everything(self) -> dict[str, Any]:
        """What it shows, and what it waits for or asks of."""
        return {
            id_: (held.shown, held.contents[held.shown] if held.shown else None,
                  bool(held.shown and held.known[held.shown].deleted), held.standing.heads if held.standing else ())
            for id_, held in sorted(self.held.items())
        }  # fmt: skip
