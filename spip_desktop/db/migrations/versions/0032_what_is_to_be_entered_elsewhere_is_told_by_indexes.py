"""What is to be entered elsewhere is told by indexes alone."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_FACT = ("deleted_at", "id", "revision", "changed_at")


def upgrade() -> None:
    op.create_index("ix_interview_facts", "interview", ["person_id", "held_on", "closed_on", *_FACT])
    op.create_index("ix_appointment_facts", "appointment", ["person_id", "day", "milieu", *_FACT])
    op.drop_index("ix_carried_object_id_block", "carried")
    op.create_index("ix_carried_block", "carried", ["object_id", "block", "mark", "answer", "deleted_at", "id"])
    op.drop_index("ix_event_person_id", "event")
    op.create_index("ix_event_person_id_kind_code", "event", ["person_id", "kind", "code"])
    op.drop_index("ix_event_life", "event")
    op.create_index(
        "ix_event_life",
        "event",
        ["object_id", "code", "deleted_at", "kind"],
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
