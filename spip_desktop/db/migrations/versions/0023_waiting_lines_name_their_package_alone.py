"""What waits names the package that brought it; what was acknowledged is told by the packages that were sent."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("transfer_mark")
    with op.batch_alter_table("transfer_waiting", schema=None) as batch_op:
        batch_op.drop_column("sender_db")
