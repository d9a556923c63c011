"""Outcomes of the lines of « À traiter », to and from their rows."""

from collections.abc import Iterable

import sqlalchemy as sa

from spip_desktop.db.among import is_among, keyed
from spip_desktop.db.numbers import raw
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.todo import Answer, Outcome, Written

OUTCOMES = Records("todo_outcome", Outcome, references={"person_id": "person"}, index=[("person_id",)])
#: What became of a line, told without reading the words written of it.
OUTCOMES.index_present("line", "answer", "until", "decided_at", "id")
_C = OUTCOMES.table.c
_WRITTEN = sa.select(raw(_C.id), _C.line, _C.answer, _C.until, _C.decided_at).where(
    is_among(_C.line), _C.deleted_at.is_(None)
)


def written(tx: Transaction, keys: Iterable[str]) -> list[Written]:
    """Every outcome of these lines, without its words: five years leave many of lines that nobody looks at any more."""
    found = tx.connection.execute(_WRITTEN, keyed(keys).told).all()
    return [Written(id_, line, Answer(answer), until, at) for id_, line, answer, until, at in found]
