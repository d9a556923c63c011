"""A record taken apart into what may change by itself, and put together again.

A leaf is one field of the record or of a record inside it (an axis, an objective), one answer of a mapping, or several
fields that mean something only together (`together`: a note and its marks). Records inside a record are known by their
`id` wherever they hang, so that one that was moved is still the same.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ROOT = ""
"""What stands for the record itself where the records inside it are named by their number."""


@dataclass(frozen=True, slots=True, order=True)
class Leaf:
    """`inside` is the number of the record inside (empty for the record itself); `key` of an answer in a mapping."""

    inside: str
    field: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Hung:
    """Where a record inside hangs: on which record, under which field."""

    parent: str
    field: str


@dataclass(frozen=True, slots=True)
class Apart:
    """A record taken apart: its leaves, where each record inside hangs, and their order under each."""

    leaves: Mapping[Leaf, Any]
    hung: Mapping[str, Hung]
    order: Mapping[Hung, tuple[str, ...]]

    def above(self, inside: str) -> Iterator[str]:
        """The records in which this one hangs, from the nearest; the record itself is not named."""
        while inside in self.hung:
            inside = self.hung[inside].parent
            if inside != ROOT:
                yield inside


Together = tuple[tuple[str, ...], ...]


def _is_children(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "id" in one for one in value)


def take_apart(content: Mapping[str, Any], together: Together = ()) -> Apart:
    """The leaves of a record as packages carry it (plain JSON values)."""
    apart = Apart({}, {}, {})
    _take(content, ROOT, {field: group for group in together for field in group}, apart)
    return apart


def _take(content: Mapping[str, Any], inside: str, groups: Mapping[str, tuple[str, ...]], apart: Apart) -> None:
    leaves: dict[Leaf, Any] = apart.leaves  # type: ignore[assignment]
    for field, value in content.items():
        if field in groups:
            leaves[Leaf(inside, groups[field][0])] = {one: content.get(one) for one in groups[field]}
        elif _is_children(value):
            _take_children(Hung(inside, field), value, groups, apart)
        elif isinstance(value, dict):
            leaves |= {Leaf(inside, field, str(key)): one for key, one in value.items()}
        elif value != []:  # an empty list is what is left when nothing hangs there, or nothing is listed
            leaves[Leaf(inside, field)] = value


def _take_children(at: Hung, children: list[Any], groups: Mapping[str, tuple[str, ...]], apart: Apart) -> None:
    apart.order[at] = tuple(child["id"] for child in children)  # type: ignore[index]
    for child in children:
        apart.hung[child["id"]] = at  # type: ignore[index]
        _take(child, child["id"], groups, apart)


def put_together(apart: Apart, shape: Mapping[str, Any], shapes: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The record again. `shape` is any revision of it: which of its fields are mappings, lists or single values;
    `shapes` the same of each record inside."""
    return _put(ROOT, shape, shapes, apart, _by_inside(apart))


def _by_inside(apart: Apart) -> dict[str, list[Leaf]]:
    found: dict[str, list[Leaf]] = {}
    for leaf in apart.leaves:
        found.setdefault(leaf.inside, []).append(leaf)
    return found


def _put(
    inside: str,
    shape: Mapping[str, Any],
    shapes: Mapping[str, Mapping[str, Any]],
    apart: Apart,
    leaves: Mapping[str, list[Leaf]],
) -> dict[str, Any]:
    content: dict[str, Any] = {field: _empty(value) for field, value in shape.items()}
    for leaf in sorted(leaves.get(inside, [])):
        value = apart.leaves[leaf]
        if leaf.key:
            content[leaf.field][leaf.key] = value
        elif isinstance(value, dict):
            content |= value
        else:
            content[leaf.field] = value
    for at, order in apart.order.items():
        if at.parent == inside:
            content[at.field] = [_put(one, shapes[one], shapes, apart, leaves) for one in order]
    return content


def _empty(value: Any) -> Any:
    return type(value)() if isinstance(value, dict | list) else value


def shapes_of(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The records inside a record, at any depth, by their number."""
    found: dict[str, Mapping[str, Any]] = {}
    for value in content.values():
        if _is_children(value):
            for child in value:
                found[child["id"]] = child
                found |= shapes_of(child)
    return found
