"""Outcomes of the lines of « À traiter », to and from their rows."""

from collections.abc import Iterable

import sqlalchemy as sa

from spip_desktop.db.deadline import sliced
from spip_desktop.db.numbers import raw
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.todo import Answer, Outcome, Written

OUTCOMES = Records("todo_outcome", Outcome, references={"person_id": "person"}, index=[("person_id",)])
#: What became of a line, told without reading the words written of it.
OUTCOMES.index_present("line", "answer", "until", "decided_at", "id")


def written(tx: Transaction, keys: Iterable[str]) -> list[Written]:
    """Every outcome of these lines, without its words: five years leave many of lines that nobody looks at any more."""
    c = OUTCOMES.table.c
    query = sa.select(raw(c.id), c.line, c.answer, c.until, c.decided_at)
    query = query.where(c.deleted_at.is_(None))
    found = sliced(sorted(keys), lambda some: tx.connection.execute(query.where(c.line.in_(some))).all())
    return [Written(id_, line, Answer(answer), until, at) for id_, line, answer, until, at in found]
