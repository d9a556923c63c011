"""Evaluations, explored fields and findings, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.evaluation import Evaluation, ExploredField, Finding

_PERSON = {"person_id": "person"}
EVALUATIONS = Records("evaluation", Evaluation, references=_PERSON, index=[("person_id",)])
FIELDS = Records(
    "explored_field",
    ExploredField,
    references=_PERSON | {"evaluation_id": "evaluation"},
    index=[("evaluation_id", "step")],
)
FINDINGS = Records(
    "finding",
    Finding,
    references=_PERSON | {"evaluation_id": "evaluation"},
    index=[("evaluation_id", "step"), ("person_id", "lineage")],
)
