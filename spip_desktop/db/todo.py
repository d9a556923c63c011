"""Outcomes of the lines of « À traiter », to and from their rows."""

from spip_desktop.db.deadline import Among
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.todo import Outcome

OUTCOMES = Records("todo_outcome", Outcome, references={"person_id": "person"}, index=[("person_id",)])


def outcomes(tx: Transaction, among: Among) -> list[Outcome]:
    """Every outcome written of these persons' lines, without the words of its reason."""
    fields = ("id", "person_id", "line", "what", "due", "answer", "done_on", "until", "decided_by", "decided_at")
    return OUTCOMES.partly(tx, fields, among(OUTCOMES.table.c.person_id))
