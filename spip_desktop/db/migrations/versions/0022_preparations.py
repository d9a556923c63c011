"""Preparations to work (PPAIP) as records of their own: several for one person, where each stands, what came of it."""

import json
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preparation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Uuid(), nullable=False),
        sa.Column("base_revision", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_preparation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation")),
    )
    op.create_index("ix_preparation_person_id", "preparation", ["person_id"])
    _move()
    op.drop_column("person", "ppaip_from")
    op.drop_column("person", "ppaip_until")


def _move() -> None:
    """The two days that stood on the person become a preparation, with the revision that its kind keeps."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            "SELECT p.id, p.ppaip_from, p.ppaip_until, p.changed_at, p.changed_by, r.db_id FROM person p"
            " JOIN revision r ON r.id = p.revision WHERE p.ppaip_from IS NOT NULL OR p.ppaip_until IS NOT NULL"
        )
    ).all()
    for person, starts, ends, at, by, db_id in rows:
        id_, revised, state = uuid4(), uuid4().hex, "terminee" if ends else "en_cours"
        value = {"id": str(id_), "person_id": str(UUID(person)), "place": "", "starts": starts, "ends": ends,
                 "state": state, "result": ""}  # fmt: skip
        known = {"id": id_.hex, "person": person, "starts": starts, "ends": ends, "state": state, "revised": revised,
                 "at": at, "by": by, "db_id": db_id, "content": json.dumps(value, ensure_ascii=False)}  # fmt: skip
        connection.execute(
            sa.text(
                "INSERT INTO preparation (id, person_id, place, starts, ends, state, result, lock, revision,"
                " changed_at, changed_by) VALUES (:id, :person, '', :starts, :ends, :state, '', 1, :revised, :at, :by)"
            ),
            known,
        )
        connection.execute(
            sa.text(
                'INSERT INTO revision (id, db_id, kind, object_id, act, at, "by", content)'
                " VALUES (:revised, :db_id, 'preparation', :id, 'add_preparation', :at, :by, :content)"
            ),
            known,
        )
