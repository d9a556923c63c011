"""What is typed and not accepted yet (« 29/02/20 »): kept, so that a lock or a power cut loses nothing."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of one field of one record, as typed by one officer."""

    kind: str
    object_id: UUID
    field: str
    text: str
    cursor: int = 0
