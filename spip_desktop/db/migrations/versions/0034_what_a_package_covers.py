"""What a package covers: an earlier one tells nothing of it, and its dossiers go whole once more."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("package_sent", sa.Column("dossiers", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("package_sent", sa.Column("everyone", sa.Boolean(), nullable=False, server_default=sa.false()))
