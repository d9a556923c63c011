"""Indexes that hold all that a search of the public directory compares."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_public_structure_words", "public_structure", ["words", "vanished_on", "id"])
    op.create_index(
        "ix_public_service_words", "public_service", ["words", "vanished_on", "id", "structure_id", "themes"]
    )
