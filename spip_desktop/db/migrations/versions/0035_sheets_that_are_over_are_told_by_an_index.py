"""Sheets whose life is over are told by an index of the facts that end it."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ended = sa.text("code IN ('close', 'annulee', 'partenaire_prevenu') AND deleted_at IS NULL")
    op.create_index("ix_event_end", "event", ["object_id", "code", "deleted_at"], sqlite_where=ended)
