"""What the habilitation of an intervenant names; those recorded before name nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("officer", sa.Column("habilitation_names", sa.JSON(), nullable=False, server_default="[]"))
