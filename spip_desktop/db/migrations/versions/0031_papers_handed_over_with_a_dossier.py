"""Papers handed over with a dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("handover", sa.Column("papers", sa.JSON(), nullable=False, server_default="[]"))
