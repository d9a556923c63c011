"""Values to plain JSON and back, by their type hints: what revisions keep and packages carry."""

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")


def to_json(value: object) -> str:
    """The value as compact JSON text; keys in field order, accents as they are."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(kind: type[T], text: str) -> T:
    return cast(T, typed(json.loads(text), kind))


def plain(value: Any) -> Any:
    """The value with nothing but what JSON knows."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in hints(type(value))}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    return value


def typed(raw: Any, hint: Any) -> Any:
    """The plain value read back as its type hint says."""
    hint = without_none(hint)
    if raw is None or hint in (Any, object, str, int, float, bool):
        return raw
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        known = hints(hint)
        return hint(**{name: typed(item, known[name]) for name, item in raw.items() if name in known})
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        each = args[:1] * len(raw) if args[1:] == (Ellipsis,) else args
        return tuple(typed(item, one) for item, one in zip(raw, each, strict=True))
    if origin in (dict, Mapping):
        return {key: typed(item, args[1]) for key, item in raw.items()}
    if hint is UUID or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return hint(raw)
    if hint in (date, datetime):
        return hint.fromisoformat(raw)
    return tuple(raw) if isinstance(raw, list) else raw


@cache
def hints(kind: type) -> dict[str, Any]:
    """The stored fields of a dataclass, in order, with their resolved type hints."""
    resolved = get_type_hints(kind)
    return {field.name: resolved[field.name] for field in dataclasses.fields(kind)}


def without_none(hint: Any) -> Any:
    """`X | None` as X; every other hint unchanged."""
    if get_origin(hint) in (Union, types.UnionType):
        kept = [one for one in get_args(hint) if one is not types.NoneType]
        return kept[0] if len(kept) == 1 else Any
    return hint
