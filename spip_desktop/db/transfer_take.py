"""What a package brings, taken into the store in one transaction: a few hundred records at once (decision 36)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import codec, transfer_along, transfer_known, transfer_show, transfer_waiting
from spip_desktop.db.records import EVERY
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_apart import Apart
from spip_desktop.db.transfer_kinds import ALONG, PAPER, TRAVELS
from spip_desktop.db.transfer_waiting import BASE, REFERENT
from spip_desktop.domain.ancestry import History, Revision, merged_id
from spip_desktop.domain.masking import is_masked, masked_id
from spip_desktop.domain.merging import Standing, stand
from spip_desktop.domain.transfer_line import Plain, RecordLine
from spip_desktop.domain.transfer_result import Brought, Item

_SLICE = 300
#: The act under which what others wrote is kept; the journal has the line of the import.
_RECEIVED, _MERGED = "received", "merged"
Check = Callable[[str, Plain], object]


@dataclass
class _One:
    """A record of the package on its way in."""

    kind: str
    id: UUID
    current: UUID | None
    known: dict[UUID, Revision]
    lines: list[tuple[RecordLine, UUID]] = field(default_factory=list)
    values: dict[UUID, Any] = field(default_factory=dict)
    standing: Standing = field(default_factory=lambda: Standing(None, (), ()))
    made: RecordLine | None = None
    """The revision that the program made of several, as a line."""
    person_id: UUID | None = None

    @property
    def shows_anew(self) -> bool:
        return self.standing.shown is not None and self.standing.shown != self.current


class Taking:
    """One package, or what waits, on its way into the store."""

    def __init__(self, tx: Transaction, check: Check) -> None:
        """`check` raises ValueError when what a line of a kind says has not the shape of one."""
        self._tx, self._check = tx, check
        self._erased = transfer_show.erased(tx)
        self._apart = Apart(tx)
        self.touched: set[UUID] = set()
        """The persons whose identity or écrou changed: they are indexed again at the end."""

    def take(self, package: UUID, lines: Iterable[Plain]) -> Iterator[Item]:
        """Take the lines in; one item a record, and one for each line that is refused."""
        for groups in _grouped(lines):
            records: dict[str, dict[UUID, list[Plain]]] = {}
            for kind, id_, group in groups:
                if kind in ALONG or kind == PAPER:
                    self._apart.paper(kind, group)
                    yield from transfer_along.take(self._tx, package, kind, group, self._erased)
                elif kind in TRAVELS:
                    records.setdefault(kind, {}).setdefault(id_, []).extend(group)
                else:
                    yield Item(kind, id_, None, Brought.REJECTED, "unknown_kind")
            for kind in sorted(records, key=list(TRAVELS).index):
                yield from self._records(kind, records[kind], package)
        self._release()
        self._apart.settle(package)
        transfer_show.index(self._tx, self.touched)

    def _release(self) -> None:
        """Take what waited for something that has now arrived, until nothing more is."""
        left = -1
        while True:
            waiting = [one.line for one in transfer_waiting.every(self._tx) if one.reason == REFERENT]
            if not waiting or len(waiting) == left:
                return
            left = len(waiting)
            for kind in (kind for kind in TRAVELS if kind in EVERY):
                objects = {line.id: list[Plain]() for line in waiting if line.kind == kind}
                if objects:
                    list(self._records(kind, objects, None))

    # -- a few hundred records of one kind -----------------------------------------------------------------

    def _records(self, kind: str, groups: dict[UUID, list[Plain]], package: UUID | None) -> Iterator[Item]:
        found = self._found(kind, groups)
        for id_, plain in groups.items():
            if package:
                yield from self._read(found[id_], plain, package)
        elsewhere = transfer_known.elsewhere(self._tx, [line for one in found.values() for line, _ in one.lines])
        for one in found.values():
            one.lines = [(line, package) for line, package in one.lines if line.revision.id not in elsewhere]
            self._stand(one)
        missing = transfer_show.without_referent(self._tx, kind, {
            one.id: one.values[one.standing.shown] for one in found.values()
            if one.shows_anew and one.standing.shown in one.values
        })  # fmt: skip
        for id_ in missing:
            yield self._wait(found[id_])
        ready = [one for one in found.values() if one.id not in missing and (one.lines or one.known)]
        yield from self._write(kind, ready)

    def _found(self, kind: str, groups: dict[UUID, list[Plain]]) -> dict[UUID, _One]:
        """What the store has of these records: their revisions, what they show, what waits of them."""
        known = transfer_known.of_objects(self._tx, groups)
        columns = EVERY[kind].table.c
        whose = columns.id if kind == "person" else columns.get("person_id", sa.null())
        query = sa.select(columns.id, columns.revision, whose.label("whose")).where(columns.id.in_(groups))
        shown = {row.id: (row.revision, row.whose) for row in self._tx.connection.execute(query)}
        found = {}
        for id_ in groups:
            current, person_id = shown.get(id_, (None, None))
            found[id_] = _One(kind, id_, current, known[id_], person_id=person_id)
        for waiting in transfer_waiting.of_objects(self._tx, groups):
            one = found[waiting.line.id]
            one.lines.append((waiting.line, waiting.package_id))
            one.values[waiting.line.revision.id] = transfer_known.record(kind, waiting.line.data)
            one.person_id = waiting.person_id
        return found

    def _read(self, one: _One, group: Iterable[Plain], package: UUID) -> Iterator[Item]:
        """Read the lines of a record that the store does not have; those that are no record are refused by name."""
        there = {line.revision.id for line, _ in one.lines}
        for plain in group:
            try:
                line = RecordLine.from_plain(plain)
                if line.revision.id in one.known:
                    continue
                self._check(one.kind, line.data)
                value = transfer_known.record(one.kind, line.data)
            except (ValueError, KeyError, TypeError):
                yield Item(one.kind, one.id, _told_of(plain), Brought.REJECTED, "malformed")
                continue
            one.person_id = value.id if one.kind == "person" else getattr(value, "person_id", None)
            reason = self._refused(one, line, value)
            if reason:
                yield Item(one.kind, one.id, one.person_id, Brought.REJECTED, reason)
            elif is_masked(line.revision) and one.known:
                continue  # told in part of what is here whole, or told again
            elif line.revision.id not in there:
                one.lines.append((line, package))
                one.values[line.revision.id] = value

    def _refused(self, one: _One, line: RecordLine, value: Any) -> str:
        """Why a line that can be read is not taken; empty when it is."""
        revision = line.revision
        if value.id != one.id:
            return "malformed"
        if is_masked(revision) and any(not is_masked(known) for known in one.known.values()):
            return "" if revision.id in map(masked_id, one.known) else "in_part"
        if one.person_id in self._erased:
            return "erased"
        if revision.is_automatic and merged_id(revision.parents, line.data, deleted=revision.deleted) != revision.id:
            return "merge_number"
        if TRAVELS[one.kind].grows_only and not transfer_show.says_the_same(self._tx, one.kind, one.current, value):
            return "grows_only"
        return ""

    # -- where a record stands -----------------------------------------------------------------------------

    def _stand(self, one: _One) -> None:
        known = _whole(one.known | {line.revision.id: line.revision for line, _ in one.lines})
        one.standing = stand(History(known), lambda id_: self._content(one, id_), one.current, TRAVELS[one.kind].rules)
        made, content = one.standing.made, one.standing.content
        if made and content is not None and made.id not in known:
            one.made = RecordLine(one.kind, one.id, made, 0, dict(content))
            one.values[made.id] = transfer_known.record(one.kind, one.made.data)
        shown = one.standing.shown
        if one.shows_anew and shown is not None and shown not in one.values:
            one.values[shown] = transfer_known.record(one.kind, transfer_known.content(self._tx, one.kind, shown))

    def _content(self, one: _One, id_: UUID) -> Plain:
        if id_ in one.values:
            plain: Plain = codec.plain(one.values[id_])
            return plain
        return transfer_known.content(self._tx, one.kind, id_)

    # -- writing -------------------------------------------------------------------------------------------

    def _wait(self, one: _One) -> Item:
        """What a record points at has not arrived: all its lines wait, except the one that the program made."""
        lines = [(line, one.person_id, REFERENT, package) for line, package in one.lines]
        transfer_waiting.put(self._tx, lines)
        return Item(one.kind, one.id, one.person_id, Brought.WAITING, REFERENT)

    def _write(self, kind: str, ready: list[_One]) -> Iterator[Item]:
        """Keep the revisions and show the records; one that the store does not take is refused by name."""
        shown = [one for one in ready if one.shows_anew]
        failed = transfer_show.show(self._tx, kind, [_as_shown(one) for one in shown])
        kept = [one for one in ready if one.id not in failed]
        transfer_known.keep(self._tx, [kept_line for one in kept for kept_line in self._kept(one)])
        self._note_waiting(kept)
        for one in kept:
            self._apart.brought(kind, one.id, one.values.get(one.standing.shown) if one.standing.shown else None)
            if one.shows_anew and kind in ("person", "custody") and one.person_id:
                self.touched.add(one.person_id)
            yield _item(one)
        for id_ in failed:
            yield Item(kind, id_, next(one.person_id for one in ready if one.id == id_), Brought.REJECTED, "not_taken")

    def _kept(self, one: _One) -> Iterator[tuple[RecordLine, UUID, str]]:
        """The revisions to be kept, the one that was made of them last."""
        for line, package in one.lines:
            if line.revision.id not in one.standing.waiting:
                yield line, package, _RECEIVED
        if one.made:
            yield one.made, self._tx.db_id, _MERGED

    def _note_waiting(self, kept: Iterable[_One]) -> None:
        late, taken, quiet = [], [], []
        for one in kept:
            for line, package in one.lines:
                if line.revision.id in one.standing.waiting:
                    late.append((line, one.person_id, BASE, package))
                else:
                    taken.append(line.revision.id)
            if one.standing.reason:
                package = one.lines[-1][1] if one.lines else one.id
                transfer_waiting.dispute(self._tx, one.kind, one.id, one.person_id, one.standing.reason, package)
            else:
                quiet.append(one.id)
        transfer_waiting.forget(self._tx, taken)
        transfer_waiting.put(self._tx, late)
        transfer_waiting.settled(self._tx, quiet)


def _whole(known: dict[UUID, Revision]) -> dict[UUID, Revision]:
    """The revisions without those that told the record in part, once it is there whole."""
    whole = {id_: one for id_, one in known.items() if not is_masked(one)}
    return whole or known


def _told_of(plain: Plain) -> UUID | None:
    """Whose record a line says it is, where the rest of it cannot be read: its refusal is told by a name."""
    try:
        return UUID(plain["id"] if plain["t"] == "person" else plain["data"]["person_id"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _as_shown(one: _One) -> transfer_show.Shown:
    """A record that shows another revision than it did."""
    shown = cast(UUID, one.standing.shown)
    brought = {line.revision.id: line.revision for line, _ in one.lines}
    if one.made:
        brought[one.made.revision.id] = one.made.revision
    return one.id, brought.get(shown) or one.known[shown], one.values[shown]


def _item(one: _One) -> Item:
    """What became of a record, in one word."""
    fields = tuple(dict.fromkeys(leaf.field for leaf in one.standing.taken))
    if one.standing.reason:
        disputed = tuple(dict.fromkeys(each.leaf.field for each in one.standing.disputed))
        return Item(one.kind, one.id, one.person_id, Brought.CONFLICT, one.standing.reason, disputed)
    if one.standing.waiting and not one.shows_anew:
        return Item(one.kind, one.id, one.person_id, Brought.WAITING, BASE)
    if one.standing.made and one.standing.is_apart and one.shows_anew:
        return Item(one.kind, one.id, one.person_id, Brought.APART, "frozen_twice")
    if one.standing.made and one.shows_anew:
        return Item(one.kind, one.id, one.person_id, Brought.MERGED, "", fields)
    if one.current is None:
        return Item(one.kind, one.id, one.person_id, Brought.NEW)
    what = Brought.CHANGED if one.shows_anew else Brought.IDENTICAL
    return Item(one.kind, one.id, one.person_id, what)


def _grouped(lines: Iterable[Plain]) -> Iterator[list[tuple[str, UUID, list[Plain]]]]:
    """The lines of each record together, a few hundred records at once; a piece goes with what it is of."""
    groups: list[tuple[str, UUID, list[Plain]]] = []
    for line in lines:
        id_ = UUID(line["id"])
        if groups and groups[-1][1] == id_:
            groups[-1][2].append(line)
            continue
        if len(groups) == _SLICE:
            yield groups
            groups = []
        groups.append((line["t"], id_, [line]))
    if groups:
        yield groups
