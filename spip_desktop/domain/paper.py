"""What was put on paper and given: the issued bytes are kept, a reprint sends those bytes (design.md §7)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """One frozen document. `title` names no person."""

    id: UUID
    kind: str
    object_id: UUID
    person_id: UUID | None
    title: str
    version: int
    issued_on: date
    entered_at: datetime
    entered_by: UUID
    content: bytes = field(repr=False)
