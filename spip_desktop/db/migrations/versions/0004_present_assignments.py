"""An index of the assignments not in the bin, by person and dates."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_assignment_present",
        "assignment",
        ["person_id", "starts", "ends"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
