"""Forms, lists, sheets and rules as they were when first used: an old record is read through its own copy."""

import hashlib
from typing import Any

import sqlalchemy as sa

from spip_desktop.db.schema import DEFINITION
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal


def keep(tx: Transaction, kind: str, code: str, version: int, content: bytes) -> None:
    """Copy a definition into the store; Refusal `definition_differs` when this version had other bytes."""
    digest = hashlib.sha256(content).hexdigest()
    known = _row(tx, kind, code, version)
    if known is None:
        row = {"kind": kind, "code": code, "version": version, "sha256": digest, "bytes": content}
        tx.connection.execute(DEFINITION.insert(), row | {"installed_at": tx.now})
    elif known.sha256 != digest:
        raise Refusal("definition_differs", kind=kind, name=code, version=version)


def content(tx: Transaction, kind: str, code: str, version: int) -> bytes:
    row = _row(tx, kind, code, version)
    if row is None:
        raise Refusal("not_found", kind=kind)
    return bytes(row.bytes)


def _row(tx: Transaction, kind: str, code: str, version: int) -> Any:
    c = DEFINITION.c
    query = sa.select(c.sha256, c.bytes).where(c.kind == kind, c.code == code, c.version == version)
    return tx.connection.execute(query).one_or_none()
