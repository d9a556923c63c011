"""Several last revisions of one record put together (decision 36): pure, and the same on every station.

Each leaf of the record is what the revisions that changed it last left in it. One such value: it is taken, whoever
wrote it. Several: the officer is asked, with base, mine and theirs. What was removed on one side and changed on the
other stays. A frozen document is never put together with anything.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from spip_desktop.domain.ancestry import History, Revision, merged_id
from spip_desktop.domain.frozen import freezings
from spip_desktop.domain.leaves import ROOT, Apart, Hung, Leaf, Together, put_together, shapes_of, take_apart

Content = Mapping[str, Any]
ABSENT: Any = None
"""What a leaf that is not there is shown as."""


class Reason(StrEnum):
    """Why revisions were not put together by the program."""

    SAME_FIELD = "same_field"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Rules:
    """How one kind of record merges: what goes together, and which date, once set, freezes it."""

    together: Together = ()
    frozen_by: str = ""

    def is_frozen(self, content: Content) -> bool:
        return bool(self.frozen_by and content.get(self.frozen_by))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that some last revisions left in a leaf."""

    value: Any
    revisions: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A leaf that was changed to several values: the officer says which, or keeps both."""

    leaf: Leaf
    base: Any
    values: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands among its known revisions.

    `shown` is what the record says here. `made` is the revision that the program made of `heads`, with its content;
    None when there is one head, or when an officer is asked (`reason`, `disputed`). `taken` are the leaves in which the
    heads did not say the same, and needed nobody. `freezings` are the revisions that froze a document without knowing
    of each other: the first keeps the number of the record, each other is a record of its own.
    """

    shown: UUID | None
    heads: tuple[UUID, ...]
    waiting: tuple[UUID, ...]
    made: Revision | None = None
    content: Content | None = None
    reason: Reason | None = None
    disputed: tuple[Disputed, ...] = ()
    taken: tuple[Leaf, ...] = ()
    freezings: tuple[UUID, ...] = ()

    @property
    def is_apart(self) -> bool:
        """Whether the document stands in several versions."""
        return len(self.freezings) > 1


def stand(history: History, content_of: Callable[[UUID], Content], current: UUID | None, rules: Rules) -> Standing:
    """What becomes of a record whose revisions are these; `current` is the one that it shows here."""
    heads = history.heads
    if len(heads) < 2 and not (rules.frozen_by and history.was_put_together):
        return Standing(heads[0] if heads else None, heads, history.waiting)
    contents = {id_: content_of(id_) for id_ in history.rooted}
    frozen = frozenset(id_ for id_ in history.authored if rules.is_frozen(contents[id_]))
    if len(heads) < 2:
        return Standing(heads[0], heads, history.waiting, freezings=freezings(history, frozen))
    if frozen.intersection(heads):
        return _stand_frozen(history, contents, current, frozen)
    merged = merge(history, contents, rules)
    if merged.disputed:
        shown = _kept(history, heads, current)
        return Standing(
            shown, heads, history.waiting, reason=Reason.SAME_FIELD, disputed=merged.disputed, taken=merged.taken
        )
    made = _made(history, heads, merged)
    return Standing(made.id, heads, history.waiting, made, merged.content, taken=merged.taken)


def _stand_frozen(
    history: History, contents: Mapping[UUID, Content], current: UUID | None, frozen: frozenset[UUID]
) -> Standing:
    """A document that a head says is frozen: put together with nothing. Frozen several times, each version stays and
    nobody is asked; a draft that goes on beside it is shown to the officer."""
    heads, times = history.heads, freezings(history, frozen)
    held = [id_ for id_ in heads if times[0] in history.before[id_] | {id_}]
    if len(times) == 1:
        shown = _kept(history, [id_ for id_ in heads if id_ in frozen], current)
        return Standing(shown, heads, history.waiting, reason=Reason.FROZEN, freezings=times)
    if not frozen.issuperset(heads):
        return Standing(min(held), heads, history.waiting, reason=Reason.FROZEN, freezings=times)
    first = Merged(contents[min(held)], history.known[min(held)].deleted, (), ())
    made = _made(history, heads, first)
    return Standing(made.id, heads, history.waiting, made, first.content, freezings=times)


def _kept(history: History, among: Sequence[UUID], current: UUID | None) -> UUID:
    """What goes on being shown while nothing is decided: what is shown here, else the first by its number."""
    if current and current in history.known and history.written(current).intersection(among):
        return current
    return min(among)


def _made(history: History, heads: tuple[UUID, ...], merged: "Merged") -> Revision:
    """The revision that puts the heads together; dated and signed as the last of them."""
    last = max((history.known[id_] for id_ in heads), key=lambda one: (one.at, one.id))
    id_ = merged_id(heads, merged.content, deleted=merged.deleted)
    return Revision(id_, heads, last.at, last.by, merged.deleted)


@dataclass(frozen=True, slots=True)
class Merged:
    """What several revisions say together; where `disputed`, the content has the value of the first by number."""

    content: Content
    deleted: bool
    disputed: tuple[Disputed, ...]
    taken: tuple[Leaf, ...]


@dataclass(slots=True)
class _Register:
    """The revisions that changed each leaf, or that added, touched or removed each record inside, and were not
    followed by another that did."""

    last: dict[Any, list[UUID]] = field(default_factory=dict)

    def mark(self, what: Any, by: UUID, before: frozenset[UUID]) -> None:
        self.last[what] = [one for one in self.last.get(what, ()) if one not in before] + [by]


@dataclass(frozen=True, slots=True)
class _There:
    """Whether a record inside, or the record itself, is there: kept in the register as leaves are."""

    inside: str


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record inside hangs, kept in the register as leaves are."""

    inside: str


def merge(history: History, contents: Mapping[UUID, Content], rules: Rules) -> Merged:
    """Put the heads of this history together, leaf by leaf."""
    apart = {id_: take_apart(contents[id_], rules.together) for id_ in history.rooted}
    register = _Register()
    for id_ in history.authored:
        _note_changes(register, history, apart, id_)
    present = {one.inside: _is_there(history, apart, register.last[one], one.inside)
               for one in register.last if isinstance(one, _There)}  # fmt: skip
    values: dict[Leaf, Any] = {}
    disputed: list[Disputed] = []
    for leaf in sorted(one for one in register.last if isinstance(one, Leaf)):
        if leaf.inside != ROOT and not present.get(leaf.inside, False):
            continue
        candidates = _candidates(apart, register.last[leaf], leaf)
        if len(candidates) > 1:
            disputed.append(Disputed(leaf, _base(history, apart, leaf, candidates), candidates))
        if candidates[0].value is not ABSENT or _is_empty_somewhere(apart, history.heads, leaf):
            values[leaf] = candidates[0].value
    together = Apart(values, *_hang(history, apart, register, present))
    content = put_together(together, contents[history.heads[0]], _shapes(history, contents))
    deleted = not present.get(ROOT, True)
    return Merged(content, deleted, tuple(disputed), _differing(history, apart, disputed))


def _note_changes(register: _Register, history: History, apart: Mapping[UUID, Apart], id_: UUID) -> None:
    """What this revision changed of those it comes from. Where they did not agree, what it says is a decision."""
    own, before = apart[id_], history.before[id_]
    parents = [apart[one] for one in history.known[id_].parents]
    touched: set[str] = set()
    leaves = own.leaves.keys() | {leaf for one in parents for leaf in one.leaves}
    for leaf in leaves:
        if leaf.inside != ROOT and leaf.inside not in own.hung:
            continue  # gone with what held it: only its absence is noted, so that a change elsewhere brings it back
        if not parents or any(_value(one, leaf) != _value(own, leaf) for one in parents):
            register.mark(leaf, id_, before)
            touched.add(leaf.inside)
    inside = own.hung.keys() | {one for parent in parents for one in parent.hung}
    for one in inside:
        moved = any(parent.hung.get(one, own.hung.get(one)) != own.hung.get(one) for parent in parents)
        if moved and one in own.hung:
            register.mark(_Place(one), id_, before)
            touched.add(one)
        if any((one in parent.hung) != (one in own.hung) for parent in parents) or not parents:
            register.mark(_There(one), id_, before)
            if one in own.hung:
                register.mark(_Place(one), id_, before)
    for one in {above for each in touched if each != ROOT for above in (each, *own.above(each))}:
        register.mark(_There(one), id_, before)
    deleted = history.known[id_].deleted
    if not parents or touched or any(history.known[one].deleted != deleted for one in history.known[id_].parents):
        register.mark(_There(ROOT), id_, before)


def _value(apart: Apart, leaf: Leaf) -> Any:
    return apart.leaves.get(leaf, ABSENT)


def _is_there(history: History, apart: Mapping[UUID, Apart], last: Iterable[UUID], inside: str) -> bool:
    """Whether any of those that touched it last left it there: a removal never takes a change away."""
    if inside == ROOT:
        return any(not history.known[id_].deleted for id_ in last)
    return any(inside in apart[id_].hung for id_ in last)


def _candidates(apart: Mapping[UUID, Apart], last: Iterable[UUID], leaf: Leaf) -> tuple[Candidate, ...]:
    """The values of a leaf, each once; an answer removed on one side and changed on the other is the changed one."""
    found: list[Candidate] = []
    for id_ in sorted(last):
        value = _value(apart[id_], leaf)
        same = next((one for one in found if one.value == value), None)
        if same is None:
            found.append(Candidate(value, (id_,)))
        else:
            found[found.index(same)] = replace(same, revisions=(*same.revisions, id_))
    if leaf.key and len(found) > 1:
        found = [one for one in found if one.value is not ABSENT]
    return tuple(found)


def _is_empty_somewhere(apart: Mapping[UUID, Apart], heads: Iterable[UUID], leaf: Leaf) -> bool:
    """Whether a head has this field with nothing in it: an empty field is not a missing one."""
    return not leaf.key and any(leaf in apart[id_].leaves and apart[id_].leaves[leaf] is None for id_ in heads)


def _base(history: History, apart: Mapping[UUID, Apart], leaf: Leaf, candidates: Iterable[Candidate]) -> Any:
    """What the leaf held before the values parted: in the last revision that all of them come from."""
    writers = [id_ for one in candidates for id_ in one.revisions]
    shared = frozenset.intersection(*(history.before[id_] for id_ in writers))
    ordered = [id_ for id_ in history.authored if id_ in shared]
    return _value(apart[ordered[-1]], leaf) if ordered else ABSENT


def _hang(
    history: History, apart: Mapping[UUID, Apart], register: _Register, present: Mapping[str, bool]
) -> tuple[dict[str, Hung], dict[Hung, tuple[str, ...]]]:
    """Where the records inside hang and in which order; one moved twice hangs where the last, by number, put it."""
    hung = {
        one.inside: apart[max(where)].hung[one.inside]
        for one, last in register.last.items()
        if isinstance(one, _Place) and present.get(one.inside)
        if (where := [id_ for id_ in last if one.inside in apart[id_].hung])
    }
    order: dict[Hung, tuple[str, ...]] = {}
    for at in sorted(set(hung.values()), key=lambda one: (one.parent, one.field)):
        held = [inside for inside, place in hung.items() if place == at]
        order[at] = _in_order(held, [apart[id_].order.get(at, ()) for id_ in history.authored])
    return hung, order


def _in_order(held: Iterable[str], orders: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Those held, as the last orders give them; one that an order does not know keeps its place after its neighbour."""
    result: list[str] = []
    for order in orders:
        known = [one for one in result if one not in order]
        merged = list(order)
        for one in known:
            at = result.index(one)
            after = next((merged.index(each) + 1 for each in reversed(result[:at]) if each in merged), 0)
            merged.insert(after, one)
        result = merged
    wanted = set(held)
    return tuple(one for one in result if one in wanted) + tuple(sorted(wanted - set(result)))


def _shapes(history: History, contents: Mapping[UUID, Content]) -> dict[str, Content]:
    found: dict[str, Content] = {}
    for id_ in history.authored:
        found |= shapes_of(contents[id_])
    return found


def _differing(history: History, apart: Mapping[UUID, Apart], disputed: Iterable[Disputed]) -> tuple[Leaf, ...]:
    """The leaves in which the heads do not say the same, those in dispute left out."""
    heads = [apart[id_] for id_ in history.heads]
    asked = {one.leaf for one in disputed}
    every = {leaf for one in heads for leaf in one.leaves}
    return tuple(sorted(leaf for leaf in every - asked if len({repr(_value(one, leaf)) for one in heads}) > 1))


# -- what an officer decides ---------------------------------------------------------------------------------


def decided(merged: Merged, choices: Mapping[Leaf, Any], together: Together = ()) -> Content:
    """The merged record with what the officer chose for each disputed leaf; KeyError when one was not chosen."""
    apart = take_apart(merged.content, together)
    leaves = dict(apart.leaves) | {one.leaf: choices[one.leaf] for one in merged.disputed}
    whole = Apart({leaf: value for leaf, value in leaves.items() if value is not ABSENT or not leaf.key},
                  apart.hung, apart.order)  # fmt: skip
    return put_together(whole, merged.content, shapes_of(merged.content))


def both(mine: Any, theirs: Any, heading: str) -> Any:
    """« Garder les deux »: the two texts one under the other, theirs under a heading; lists with what either holds.

    None where two values cannot stand together (a date, a choice).
    """
    if isinstance(mine, str) and isinstance(theirs, str):
        return f"{mine.rstrip()}\n\n{heading}\n{theirs}"
    if isinstance(mine, list) and isinstance(theirs, list):
        return [*mine, *(one for one in theirs if one not in mine)]
    return None
