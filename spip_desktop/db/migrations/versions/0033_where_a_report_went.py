"""Where a report went: to whom, under which reference."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("recipient", "reference"):
        op.add_column("todo_outcome", sa.Column(name, sa.Text(), nullable=False, server_default=""))
