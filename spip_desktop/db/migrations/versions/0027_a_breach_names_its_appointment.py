"""A manquement names the missed appointment it came from."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("breach", sa.Column("appointment_id", sa.Uuid(), nullable=True))
    op.create_index("ix_breach_appointment_id", "breach", ["appointment_id"])
