"""Answers prepared to requests of access, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.access_answer import AccessAnswer

ANSWERS = Records("access_answer", AccessAnswer, references={"person_id": "person"}, index=[("person_id",)])
