"""Where in the program: the same value serves links, « ce qui bloque » and the return after a lock."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """A page (`kind`), the record it shows, and the field in it."""

    kind: str
    id: UUID | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an officer was when the program locked: the place, the cursor and the scroll (pixels)."""

    place: Place
    cursor: int = 0
    scroll: int = 0
