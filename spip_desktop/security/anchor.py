"""The anchor: where the journal's chain stood last, kept outside the database.

A chain of MACs does not see that its end was cut, nor that an older database was put back; the anchor
does. Whoever owns both files can still put both back: exports and the printed summary carry the head too.
"""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from spip_desktop.security.files import ANCHOR, replace_file

_PURPOSE = b"spip-desktop/anchor\0"


class AnchorState(StrEnum):
    OK = "ok"
    MISSING_ENTRIES = "missing_entries"
    REWRITTEN = "rewritten"  # the entry is there, yet it is not the one that was anchored
    FOREIGN = "foreign"  # another store, or this store before or after a restore
    ALTERED = "altered"  # damaged, or written by someone who had not the key
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The journal's last sequence number (from 1; 0 when empty) and the MAC of that entry."""

    store: UUID
    db_id: UUID
    seq: int
    head: bytes


@dataclass(frozen=True, slots=True)
class AnchorVerdict:
    """What the comparison says; entries `first` to `last` are gone when the state is MISSING_ENTRIES."""

    state: AnchorState
    first: int = 0
    last: int = 0


def write(folder: Path, anchor: Anchor, key: bytes) -> None:
    """Replace anchor.json, authenticated under the journal's key; OSError leaves the former one."""
    content = _content(anchor)
    replace_file(folder / ANCHOR, _canonical(content | {"mac": _mac(content, key)}))


def read(folder: Path, key: bytes) -> Anchor | AnchorState:
    """The anchor, or ABSENT, or ALTERED."""
    try:
        content = json.loads((folder / ANCHOR).read_bytes())
        anchor = Anchor(
            UUID(content["store"]), UUID(content["db_id"]), int(content["seq"]), bytes.fromhex(content["head"])
        )
        authentic = hmac.compare_digest(str(content["mac"]), _mac(_content(anchor), key))
    except FileNotFoundError:
        return AnchorState.ABSENT
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return AnchorState.ALTERED
    return anchor if authentic else AnchorState.ALTERED


def store_named(folder: Path) -> UUID | None:
    """The store the anchor says it is of, unproven: enough to tell a foreign key file from a damaged store."""
    try:
        return UUID(json.loads((folder / ANCHOR).read_bytes())["store"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def compare(
    found: Anchor | AnchorState, store: UUID, db_id: UUID, last_seq: int, mac_at: Callable[[int], bytes | None]
) -> AnchorVerdict:
    """Compare with the journal: its last sequence number, and the MAC it holds at the anchored one.

    A journal that went on after the anchor is normal: the program stopped before anchoring again.
    """
    if isinstance(found, AnchorState):
        return AnchorVerdict(found)
    if (found.store, found.db_id) != (store, db_id):
        return AnchorVerdict(AnchorState.FOREIGN)
    if last_seq < found.seq:
        return AnchorVerdict(AnchorState.MISSING_ENTRIES, last_seq + 1, found.seq)
    if found.seq and mac_at(found.seq) != found.head:
        return AnchorVerdict(AnchorState.REWRITTEN)
    return AnchorVerdict(AnchorState.OK)


def _content(anchor: Anchor) -> dict[str, Any]:
    return {
        "v": 1,
        "store": str(anchor.store),
        "db_id": str(anchor.db_id),
        "seq": anchor.seq,
        "head": anchor.head.hex(),
    }


def _mac(content: dict[str, Any], key: bytes) -> str:
    return hmac.digest(key, _PURPOSE + _canonical(content), "sha256").hex()


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
