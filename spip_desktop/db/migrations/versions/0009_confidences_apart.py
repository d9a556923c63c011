"""Confidences in a table apart; when and how the person gave their own view of a field."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("heard_in", sa.Text(), nullable=False),
        sa.Column("heard_in_id", sa.Uuid(), nullable=True),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.Column("base_revision", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_confidence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confidence")),
    )
    op.create_index("ix_confidence_person_id_author_id", "confidence", ["person_id", "author_id"])
    op.add_column("explored_field", sa.Column("said_on", sa.Date(), nullable=True))
    op.add_column("explored_field", sa.Column("said_how", sa.Text(), nullable=False, server_default=""))
