"""Editions of a sheet, the versions it cites, its back when neutral; where the mission locale knows the person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("prescription", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    # What was made ready before this revision was made with the first rules and the first catalogue.
    op.add_column("prescription", sa.Column("rules_version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("prescription", sa.Column("fields_version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("prescription", sa.Column("with_return", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("person", sa.Column("known_mission_locale_where", sa.Text(), nullable=False, server_default=""))
