"""An index of the events not in the bin, by paper and code: how far a paper is in its life."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_event_life", "event", ["object_id", "code"], unique=False, sqlite_where=sa.text("deleted_at IS NULL")
    )
