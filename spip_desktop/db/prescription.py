"""Prescriptions, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.prescription import Prescription

PRESCRIPTIONS = Records(
    "prescription",
    Prescription,
    references={"person_id": "person"},
    index=[("person_id",), ("sheet_number",), ("answer_code",)],
)
