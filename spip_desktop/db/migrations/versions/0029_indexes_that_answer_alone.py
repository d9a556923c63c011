"""Indexes that answer alone."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

PRESENT = sa.text("deleted_at IS NULL")
VAGUE = sa.text("binned_on IS NULL AND (who = '' OR due IS NULL AND frequency = '')")
#: By table: those that lacked `deleted_at`, without which each row was read; then the new ones.
AGAIN = {
    "assignment": ("ix_assignment_present", ["person_id", "starts", "ends"]),
    "evaluation": ("ix_evaluation_present", ["person_id", "number", "frozen_on", "interview_on", "id"]),
    "event": ("ix_event_life", ["object_id", "code"]),
    "interview": ("ix_interview_present", ["person_id", "held_on", "closed_on", "id"]),
    "pacep": ("ix_pacep_present", ["person_id", "number", "submitted_on", "id"]),
    "person": ("ix_person_present", ["sort_key", "id"]),
    "prescription": ("ix_prescription_present", ["person_id", "sheet_code", "drafted_on", "id"]),
}
NEW = {
    "appointment": ("ix_appointment_present", ["person_id", "standing", "day"]),
    "assignment": ("ix_assignment_followed", ["officer_id", "person_id", "starts", "ends"]),
    "todo_outcome": ("ix_todo_outcome_present", ["line", "answer", "until", "decided_at", "id"]),
}


def upgrade() -> None:
    for table, (name, _) in AGAIN.items():
        op.drop_index(name, table_name=table)
    for table, (name, columns) in [*AGAIN.items(), *NEW.items()]:
        op.create_index(name, table, [*columns, "deleted_at"], sqlite_where=PRESENT)
    op.create_index("ix_vague_action", "pacep_axes_objectives_actions", ["root_id"], sqlite_where=VAGUE)
