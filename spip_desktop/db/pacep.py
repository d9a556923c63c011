"""Plans, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.pacep import Pacep

PACEPS = Records("pacep", Pacep, references={"person_id": "person"}, index=[("person_id",)])
