"""Dossiers handed to another service, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.handover import Handover

HANDOVERS = Records("handover", Handover, references={"person_id": "person"}, index=[("person_id",)])
