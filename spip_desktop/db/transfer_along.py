"""What goes with records: the names of officers, the definitions that they cite, the bytes that were handed over."""

import base64
import binascii
import hashlib
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import codec, definition, paper
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.paper import ISSUED
from spip_desktop.db.records import Adopted
from spip_desktop.db.schema import REVISION
from spip_desktop.db.store import Transaction
from spip_desktop.db.transfer_kinds import DEFINITION, OFFICER, PIECE
from spip_desktop.db.transfer_read import OFFICER_FIELDS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Officer
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.transfer_line import Plain
from spip_desktop.domain.transfer_result import Brought, Item


def take(tx: Transaction, package: UUID, kind: str, group: Sequence[Plain], erased: Collection[UUID]) -> list[Item]:
    """Take what goes along; only a paper of a dossier is told as new, and what is refused is told by name."""
    head, *pieces = group
    try:
        if kind == OFFICER:
            return _officer(tx, head)
        if kind == DEFINITION:
            return _definition(tx, head, pieces)
        return _paper(tx, package, head, pieces, erased)
    except (ValueError, KeyError, TypeError, binascii.Error):
        return [Item(kind, UUID(head["id"]), None, Brought.REJECTED, "malformed")]


def _officer(tx: Transaction, head: Plain) -> list[Item]:
    """The name of someone who wrote elsewhere: without an identifier or a role, they open nothing here."""
    id_ = UUID(head["id"])
    if tx.connection.scalar(sa.select(OFFICERS.table.c.id).where(OFFICERS.table.c.id == id_)) is None:
        said: dict[str, Any] = {name: str(head["data"][name])[:120] for name in OFFICER_FIELDS}
        officer = Officer(id=id_, identifier="", roles=(), active=False, **said)
        OFFICERS.adopt(tx, [Adopted(officer, id_, None, tx.now, tx.actor_id, False, {})])
    return []


def _definition(tx: Transaction, head: Plain, pieces: Sequence[Plain]) -> list[Item]:
    data = head["data"]
    try:
        definition.keep(tx, data["kind"], data["code"], data["version"], _content(pieces, data["sha256"]))
    except Refusal:
        return [Item(DEFINITION, UUID(head["id"]), None, Brought.REJECTED, "definition_differs")]
    return []


def _paper(
    tx: Transaction, package: UUID, head: Plain, pieces: Sequence[Plain], erased: Collection[UUID]
) -> list[Item]:
    data: dict[str, Any] = dict(head["data"])
    digest = data.pop("sha256")
    data.pop("size")
    content = _content(pieces, digest)
    document: IssuedDocument = codec.typed(data | {"content": content}, IssuedDocument)
    if document.id != UUID(head["id"]) or head["rev"] != head["id"]:
        raise ValueError("number")
    if document.person_id in erased:
        return [Item(ISSUED.name, document.id, document.person_id, Brought.REJECTED, "erased")]
    there = tx.connection.scalar(sa.select(ISSUED.c.content).where(ISSUED.c.id == document.id))
    if there is not None:
        same = hashlib.sha256(there).hexdigest() == digest
        what, reason = (Brought.IDENTICAL, "") if same else (Brought.REJECTED, "grows_only")
        return [Item(ISSUED.name, document.id, document.person_id, what, reason)]
    paper.add(tx, document)
    tx.connection.execute(REVISION.insert(), paper.revision_of(document, package, "received"))
    return [Item(ISSUED.name, document.id, document.person_id, Brought.NEW)]


def _content(pieces: Sequence[Plain], digest: str) -> bytes:
    """The bytes of all the pieces in their order; ValueError when one is missing or they are not those told."""
    parts = [piece["data"] for piece in pieces if piece["t"] == PIECE]
    if [part["i"] for part in parts] != list(range(len(parts))) or any(part["n"] != len(parts) for part in parts):
        raise ValueError("pieces")
    content = b"".join(base64.b64decode(part["b64"], validate=True) for part in parts)
    if hashlib.sha256(content).hexdigest() != digest:
        raise ValueError("digest")
    return content
