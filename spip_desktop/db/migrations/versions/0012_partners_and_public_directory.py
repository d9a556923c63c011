"""Partners: conventions with dates, until when they are proposed, the needs they answer; the public directory."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _conventions()
    _public_directory()
    _needs()
    op.add_column("partner", sa.Column("starts", sa.Date(), nullable=True))
    op.add_column("partner", sa.Column("ends", sa.Date(), nullable=True))
    op.add_column("partner", sa.Column("source_id", sa.Text(), nullable=False, server_default=""))
    op.add_column("partner_services", sa.Column("source_id", sa.Text(), nullable=False, server_default=""))


def _conventions() -> None:
    """What was one line of text becomes the object of a first convention."""
    op.create_table(
        "partner_conventions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("funder", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_conventions")),
    )
    op.create_index("ix_partner_conventions_root_id", "partner_conventions", ["root_id"])
    op.execute(
        "INSERT INTO partner_conventions (id, reference, purpose, funder, root_id, parent_id, position)"
        " SELECT lower(hex(randomblob(16))), '', convention, '', id, id, 0 FROM partner WHERE convention <> ''"
    )
    op.drop_column("partner", "convention")


def _public_directory() -> None:
    op.create_table(
        "public_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.Column("base_revision", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_import")),
    )
    op.create_table(
        "public_service",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("structure_id", sa.Text(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("vanished_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_service")),
    )
    op.create_index("ix_public_service_department", "public_service", ["department"])
    op.create_index("ix_public_service_structure_id", "public_service", ["structure_id"])

    op.create_table(
        "public_structure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("vanished_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_structure")),
    )
    op.create_index("ix_public_structure_department", "public_structure", ["department"])


def _needs() -> None:
    op.create_table(
        "need_partner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.Column("base_revision", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_need_partner_partner_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_partner")),
    )
    op.create_index("ix_need_partner_partner_id", "need_partner", ["partner_id"])
