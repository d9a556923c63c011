"""Contacts, packages and what a package brought, set aside until it is merged."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spip_desktop.db import info
from spip_desktop.db.records import Records
from spip_desktop.db.schema import METADATA
from spip_desktop.db.store import Transaction
from spip_desktop.domain.transfer import Contact, ReceivedPackage, SentPackage

CONTACTS = Records("contact_station", Contact, index=[("station",)])
SENT = Records("package_sent", SentPackage)
RECEIVED = Records("package_received", ReceivedPackage)
#: Lines of a package that is not believed yet; emptied whatever comes of it, and when the transfers are next opened.
STAGING = sa.Table(
    "import_staging",
    METADATA,
    sa.Column("package", sa.Uuid, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("object_id", sa.Uuid, nullable=False),
    sa.Column("line", sa.Text, nullable=False),
    sa.Index("ix_import_staging_package_kind", "package", "kind"),
)
_KEYS = "station_keys"
#: Lines read at once.
_SLICE = 500


def station_keys(tx: Transaction) -> bytes | None:
    """The secret keys of this station (exchange/identity.py), or None before its first card."""
    return info.value(tx, _KEYS)


def keep_station_keys(tx: Transaction, content: bytes) -> None:
    info.keep(tx, _KEYS, content)


def stage(tx: Transaction, package: UUID, first: int, records: Iterable[dict[str, Any]]) -> None:
    """Set records aside under their numbers, from `first` on."""
    rows = [
        {
            "package": package, "number": first + place, "kind": one["t"], "object_id": UUID(one["id"]),
            "line": json.dumps(one, ensure_ascii=False, separators=(",", ":")),
        }
        for place, one in enumerate(records)
    ]  # fmt: skip
    if rows:
        tx.connection.execute(STAGING.insert(), rows)


def name_staging(tx: Transaction, known_as: UUID, package: UUID) -> None:
    """Give what was set aside the number of its package, once that is believed."""
    tx.connection.execute(STAGING.update().where(STAGING.c.package == known_as).values(package=package))


def staged(tx: Transaction, package: UUID, *kinds: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """What was set aside of a package, in its order, with its numbers; of these kinds only when some are named."""
    c = STAGING.c
    wanted = [c.package == package, *([c.kind.in_(kinds)] if kinds else [])]
    after = -1
    while True:
        query = sa.select(c.number, c.line).where(*wanted, c.number > after).order_by(c.number).limit(_SLICE)
        rows = tx.connection.execute(query).all()
        for row in rows:
            yield row.number, json.loads(row.line)
        if len(rows) < _SLICE:
            return
        after = rows[-1].number


def clear_staging(tx: Transaction, package: UUID | None = None) -> None:
    """Empty what was set aside of a package, or all of it."""
    query = STAGING.delete()
    tx.connection.execute(query if package is None else query.where(STAGING.c.package == package))
