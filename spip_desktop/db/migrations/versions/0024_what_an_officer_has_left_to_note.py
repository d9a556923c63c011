"""What an officer has left to note, told without reading the appointments of the past."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_appointment_officer_id_standing_day", "appointment", ["officer_id", "standing", "day"])
