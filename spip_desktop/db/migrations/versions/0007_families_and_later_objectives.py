"""The family of each objective (it was that of the axis), objectives for later, why a line lacks something."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pacep", sa.Column("gaps", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("pacep_axes_objectives", sa.Column("family", sa.Text(), nullable=False, server_default=""))
    op.add_column("pacep_axes_objectives", sa.Column("later", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE pacep_axes_objectives SET family ="
        " (SELECT family FROM pacep_axes WHERE pacep_axes.id = pacep_axes_objectives.parent_id)"
    )
    op.drop_column("pacep_axes", "family")
