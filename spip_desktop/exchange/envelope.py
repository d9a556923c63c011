"""What the lines of the container look like, as JSON Schemas: public (docs/format-spipx/), and checked at each reading.

The content of a record (`data`) has its own schemas, by kind; docs/format-spipx.md describes the whole.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.transfer import Content, TransferKind
from spip_desktop.exchange import strict_json

FORMAT = 1
"""The container's version: how lines, manifest and padding stand. The records' own is `schema` in the header."""
MOST_RECIPIENTS = 20
_UUID = {"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[478][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"}
_UUID_OR_NONE = {**_UUID, "type": ["string", "null"]}
_HEX32 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_SIGNATURE = {"type": "string", "pattern": "^[0-9a-f]{128}$"}
_RECIPIENT = {"type": "string", "pattern": "^age1[0-9a-z]{58}$"}
_INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)$"}
_COUNT = {"type": "integer", "minimum": 0}
_NAME = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,59}$"}
_LABEL = {"type": "string", "minLength": 1, "maxLength": 200}


def _object(properties: Mapping[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object with these properties and no other, as every object of the format is."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


_CARD = _object({"station": _UUID, "name": _LABEL, "recipient": _RECIPIENT, "signing": _HEX32, "made_at": _INSTANT})
_LIST_OF_RECIPIENTS = {"type": "array", "items": _RECIPIENT, "maxItems": MOST_RECIPIENTS}
_MANIFEST = _object(
    {
        "package": _UUID,
        "schema": {"type": "integer", "minimum": 1},
        "station": _UUID,
        "signing": _HEX32,
        "recipients": _LIST_OF_RECIPIENTS,
        "records": _COUNT,
        "kinds": {"type": "object", "maxProperties": 200, "additionalProperties": _COUNT},
        "first_seq": _COUNT,
        "last_seq": _COUNT,
        "sha256": _HEX32,
    }
)

SCHEMAS: dict[str, dict[str, Any]] = {
    "header": _object(
        {
            "t": {"const": "header"},
            "fmt": {"const": FORMAT},
            "schema": {"type": "integer", "minimum": 1},
            "package": _UUID,
            "kind": {"enum": [one.value for one in TransferKind]},
            "content": {"enum": [one.value for one in Content]},
            "sender": _CARD,
            "db_id": _UUID,
            "recipients": _LIST_OF_RECIPIENTS,
            "since": {"type": ["integer", "null"], "minimum": 0},
            "answers": _UUID_OR_NONE,
            "made_at": _INSTANT,
        }
    ),
    "record": _object(
        {
            "t": _NAME,
            "id": _UUID,
            "rev": _UUID,
            "base": _UUID_OR_NONE,
            "seq": _COUNT,
            "op": {"enum": ["put", "del"]},
            "author": _UUID_OR_NONE,
            "at": _INSTANT,
            "data": {"type": ["object", "null"]},
            #: The others that this revision comes from, where several were put together.
            "merged": {"type": "array", "items": _UUID, "minItems": 1, "maxItems": 64},
        },
        optional=("merged",),
    ),
    "manifest": _object({"t": {"const": "manifest"}, "m": _MANIFEST, "sig": _SIGNATURE}),
    "card": _object({"t": {"const": "card"}, "fmt": {"const": FORMAT}, "card": _CARD, "sig": _SIGNATURE}),
    "receipt": _object(
        {
            "t": {"const": "receipt"},
            "fmt": {"const": FORMAT},
            "receipt": _object(
                {
                    "package": _UUID,
                    "file_sha256": _HEX32,
                    "last_seq": _COUNT,
                    "station": _UUID,
                    "signing": _HEX32,
                    "accepted": _COUNT,
                    "rejected": _COUNT,
                    "conflicts": _COUNT,
                    "received_at": _INSTANT,
                }
            ),
            "sig": _SIGNATURE,
        }
    ),
}
#: Kinds of lines that are the container's own: no record is called so.
RESERVED = frozenset({"header", "manifest"})


@cache
def checker(name: str) -> Callable[[object], object]:
    """The compiled check of one of SCHEMAS; it raises ValueError when a value does not fit."""
    # Imported here: few open a package.
    import fastjsonschema

    made: Callable[[object], object] = fastjsonschema.compile(published(name))
    return made


def published(name: str) -> dict[str, Any]:
    """One of SCHEMAS with what makes it a document of its own."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:spip-desktop:spipx:{FORMAT}:{name}",
        **SCHEMAS[name],
    }


def refuse_newer(line: Mapping[str, Any]) -> None:
    """Refuse what a newer program made, before its shape is judged by ours. Refusal `package_newer` (version)."""
    made = line.get("fmt")
    if isinstance(made, int) and made > FORMAT:
        raise Refusal("package_newer", version=made)


def one_line(name: str, content: bytes, most: int, unreadable: str) -> dict[str, Any]:
    """The only line of a small file, of the shape of SCHEMAS[name]. Refusals: `unreadable`, `package_newer`."""
    try:
        line = strict_json.decode(content) if len(content) <= most else {}
        refuse_newer(line)
        checker(name)(line)
    except ValueError:
        raise Refusal(unreadable) from None
    return line
