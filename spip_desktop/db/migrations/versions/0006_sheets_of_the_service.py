"""Sheets of the service's own; the officer's answers to the conditions of a sheet; why a sheet is amended."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("prescription", sa.Column("opinions", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("prescription", sa.Column("amendment_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("prescription", sa.Column("amendment_comment", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "service_sheet",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("installed_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.Column("base_revision", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_sheet")),
    )
    op.create_index("ix_service_sheet_code", "service_sheet", ["code"])
