"""The tables' common ground: names of constraints, column types, and the tables that every store has."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, stored as ISO text with microseconds: sorts, and reads the same everywhere."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


INFO = sa.Table(
    "store_info",
    METADATA,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)

JOURNAL = sa.Table(
    "journal",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("officer", sa.String(36), nullable=False),
    sa.Column("act", sa.String(60), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("object", sa.String(36), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("previous", sa.LargeBinary, nullable=False),
    sa.Column("mac", sa.LargeBinary, nullable=False),
    sa.Index("ix_journal_object_officer_act", "object", "officer", "act"),
)

REVISION = sa.Table(
    "revision",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    #: The number of this store when it was written here; of the package that brought it, when elsewhere.
    sa.Column("db_id", sa.Uuid, nullable=False),
    sa.Column("base", sa.Uuid),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("object_id", sa.Uuid, nullable=False),
    sa.Column("act", sa.String(60), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", sa.Uuid, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    #: The others it comes from, where several were put together (decision 36).
    sa.Column("merged", sa.JSON(none_as_null=True)),
    sa.Column("deleted", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_revision_object_id_seq", "object_id", "seq"),
    sqlite_autoincrement=True,
)

#: Up to where revisions have left in a package: what was sent under a number is never rewritten under it.
SEAL = sa.Table("revision_seal", METADATA, sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False))

DRAFT = sa.Table(
    "draft",
    METADATA,
    sa.Column("officer_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(40), primary_key=True),
    sa.Column("object_id", sa.Uuid, primary_key=True),
    sa.Column("field", sa.String(120), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("cursor", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

SEAT = sa.Table(
    "place",
    METADATA,
    sa.Column("officer_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("object_id", sa.Uuid),
    sa.Column("field", sa.String(120), nullable=False),
    sa.Column("cursor", sa.Integer, nullable=False),
    sa.Column("scroll", sa.Integer, nullable=False),
)

DEFINITION = sa.Table(
    "definition",
    METADATA,
    sa.Column("kind", sa.String(40), primary_key=True),
    sa.Column("code", sa.String(80), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("installed_at", Instant, nullable=False),
)
