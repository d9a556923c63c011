"""Outcomes of the lines of « À traiter », to and from their rows."""

import sqlalchemy as sa

from spip_desktop.db.deadline import Among
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.todo import Answer, Outcome, Written

OUTCOMES = Records("todo_outcome", Outcome, references={"person_id": "person"}, index=[("person_id",)])


def written(tx: Transaction, among: Among) -> list[Written]:
    """Every outcome of these persons' lines, without its words."""
    c = OUTCOMES.table.c
    query = sa.select(sa.type_coerce(c.id, sa.String), c.line, c.answer, c.until, c.decided_at).where(
        among(c.person_id), c.deleted_at.is_(None)
    )
    found = tx.connection.execute(query).all()
    return [Written(id_, line, Answer(answer), until, at) for id_, line, answer, until, at in found]
