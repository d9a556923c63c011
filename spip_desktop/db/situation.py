"""The penal situation, to and from its rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.measure import Basis, Custody, Measure, Obligation, SentenceSheet

_PERSON = {"person_id": "person"}
CUSTODIES = Records("custody", Custody, references=_PERSON, index=[("person_id",), ("ecrou_number",)])
SHEETS = Records("sentence_sheet", SentenceSheet, references=_PERSON, index=[("person_id", "as_of")])
BASES = Records("basis", Basis, references=_PERSON, index=[("person_id",)])
MEASURES = Records("measure", Measure, references=_PERSON, index=[("person_id",)])
OBLIGATIONS = Records(
    "obligation",
    Obligation,
    references=_PERSON | {"measure_id": "measure"},
    index=[("person_id",), ("measure_id",)],
)
