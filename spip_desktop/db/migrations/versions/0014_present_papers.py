"""Indexes of the papers not in the bin: which still matter is told without reading them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_COLUMNS = {
    "evaluation": ["person_id", "number", "frozen_on", "interview_on", "id"],
    "pacep": ["person_id", "number", "submitted_on", "id"],
    "prescription": ["person_id", "sheet_code", "drafted_on", "id"],
}


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        op.create_index(f"ix_{table}_present", table, columns, unique=False, sqlite_where=sa.text("deleted_at IS NULL"))
