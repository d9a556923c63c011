"""Merging: revisions that come from several, what waits, what is in dispute; handovers and duplicates."""

import hashlib
import json
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ENTRY = ("entered_at", "entered_by")
_NUMBERS = frozenset({"id", "object_id", "person_id", "entered_by"})


def upgrade() -> None:
    op.create_table(
        "handover_sealed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_sealed")),
    )
    with op.batch_alter_table("handover_sealed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_sealed_root_id"), ["root_id"], unique=False)

    op.create_table(
        "revision_seal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_revision_seal")),
    )
    op.create_table(
        "transfer_dispute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_dispute")),
        sa.UniqueConstraint("object_id", name=op.f("uq_transfer_dispute_object_id")),
    )
    with op.batch_alter_table("transfer_dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_dispute_person_id"), ["person_id"], unique=False)

    op.create_table(
        "transfer_mark",
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("db_id", sa.Uuid(), nullable=False),
        sa.Column("acknowledged", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", "db_id", name=op.f("pk_transfer_mark")),
    )
    op.create_table(
        "transfer_waiting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("package_id", sa.Uuid(), nullable=False),
        sa.Column("sender_db", sa.Uuid(), nullable=False),
        sa.Column("arrived_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_waiting")),
    )
    with op.batch_alter_table("transfer_waiting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_waiting_object_id"), ["object_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_waiting_person_id"), ["person_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("from_service", sa.Text(), nullable=False),
        sa.Column("to_service", sa.Text(), nullable=False),
        sa.Column("to_officer", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.Column("base_revision", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_handover_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index("ix_handover_person_id", ["person_id"], unique=False)

    op.create_table(
        "person_duplicate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("before", sa.Uuid(), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.Column("base_revision", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_duplicate_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_duplicate")),
    )
    with op.batch_alter_table("person_duplicate", schema=None) as batch_op:
        batch_op.create_index("ix_person_duplicate_other_id", ["other_id"], unique=False)
        batch_op.create_index("ix_person_duplicate_person_id", ["person_id"], unique=False)

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("deleted", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    _bin()
    _papers()


def _bin() -> None:
    """What lies in the bin says so in its revision, as it does from now on."""
    store = op.get_bind()
    for table in sa.inspect(store).get_table_names():
        if {"revision", "deleted_at"} <= {column["name"] for column in sa.inspect(store).get_columns(table)}:
            binned = f"SELECT revision FROM {table} WHERE deleted_at IS NOT NULL"
            op.execute(f"UPDATE revision SET deleted = 1 WHERE id IN ({binned})")


def _papers() -> None:
    """Issued documents have their one revision, under their own number."""
    store = op.get_bind()
    own = store.exec_driver_sql("SELECT value FROM store_info WHERE name = 'db_id'").scalar()
    for paper in store.exec_driver_sql("SELECT * FROM issued_document").mappings().all():
        told = {
            name: str(UUID(paper[name])) if name in _NUMBERS and paper[name] else paper[name]
            for name in ("id", "kind", "object_id", "person_id", "title", "version", "issued_on", *_ENTRY)
        }
        told |= {"sha256": hashlib.sha256(paper["content"]).hexdigest(), "size": len(paper["content"])}
        store.exec_driver_sql(
            "INSERT INTO revision (id, db_id, kind, object_id, act, at, by, content, deleted)"
            " VALUES (?, ?, 'issued_document', ?, 'issue', ?, ?, ?, 0)",
            (paper["id"], UUID(bytes=own).hex, paper["id"], paper["entered_at"], paper["entered_by"],
             json.dumps(told, ensure_ascii=False, separators=(",", ":"))),
        )  # fmt: skip
