"""The shape of every record that travels, as JSON Schema drawn from its dataclass: public, checked at each reading."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast, get_args, get_origin
from uuid import UUID

from spip_desktop.db import codec
from spip_desktop.db.records import EVERY
from spip_desktop.db.transfer_kinds import DEFINITION, OFFICER, PAPER, PIECE, TRAVELS
from spip_desktop.db.transfer_read import OFFICER_FIELDS

VERSION = 1
"""Of the records' shapes, all together: one more whenever one of them changes after the first release."""
Schema = dict[str, Any]
_UUID: Schema = {
    "type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[478][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
}  # fmt: skip
_HEX32: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_SIMPLE: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    UUID: _UUID,
    date: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
    datetime: {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$"},
}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def every() -> dict[str, Schema]:
    """The schema of each kind of line, by its name."""
    found = {kind: of(EVERY[kind].kind) for kind in TRAVELS if kind in EVERY}
    return found | {PAPER: _paper(), OFFICER: _officer(), DEFINITION: _definition(), PIECE: _piece()}


def published(kind: str, schema: Schema) -> Schema:
    """A schema with what makes it a document of its own."""
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": f"urn:spip-desktop:record:{VERSION}:{kind}"}
    return head | schema


def of(kind: type) -> Schema:
    """The shape of a dataclass: its fields and no other; those without a default are needed."""
    fields = {one.name: one for one in dataclasses.fields(cast(Any, kind))}
    missing = dataclasses.MISSING
    needed = [name for name, one in fields.items() if one.default is missing and one.default_factory is missing]
    return _object({name: _hint(hint) for name, hint in codec.hints(kind).items()}, needed)


def _object(properties: Mapping[str, Schema], needed: list[str]) -> Schema:
    return {
        "type": "object", "properties": dict(properties), "required": needed, "additionalProperties": False,
    }  # fmt: skip


def _hint(hint: Any) -> Schema:
    bare = codec.without_none(hint)
    schema = _bare(bare)
    return schema if bare is hint or not schema else {"anyOf": [schema, {"type": "null"}]}


def _bare(hint: Any) -> Schema:
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [one.value for one in hint]}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return of(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin is tuple:
        return {"type": "array", "items": _hint(args[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _hint(args[1])}
    return {}


def _paper() -> Schema:
    said = {
        "id": _UUID, "kind": _SIMPLE[str], "object_id": _UUID, "person_id": {"anyOf": [_UUID, {"type": "null"}]},
        "title": _SIMPLE[str], "version": _COUNT, "issued_on": _SIMPLE[date], "entered_at": _SIMPLE[datetime],
        "entered_by": _UUID, "sha256": _HEX32, "size": _COUNT,
    }  # fmt: skip
    return _object(said, list(said))


def _officer() -> Schema:
    return _object(dict.fromkeys(OFFICER_FIELDS, _SIMPLE[str]), list(OFFICER_FIELDS))


def _definition() -> Schema:
    said = {"kind": _SIMPLE[str], "code": _SIMPLE[str], "version": _COUNT, "sha256": _HEX32}
    return _object(said, list(said))


def _piece() -> Schema:
    said = {
        "i": _COUNT,
        "n": {"type": "integer", "minimum": 1},
        "b64": {"type": "string", "pattern": "^[A-Za-z0-9+/]*={0,2}$"},
    }
    return _object(said, list(said))
