"""Pairs of dossiers that may be one person's, to and from their rows."""

from spip_desktop.db.records import Records
from spip_desktop.domain.duplicate import Duplicate

DUPLICATES = Records(
    "person_duplicate",
    Duplicate,
    references={"person_id": "person"},
    index=[("person_id",), ("other_id",)],
)
