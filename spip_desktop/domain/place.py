"""Where in the program: the same value serves links, « ce qui bloque » and the return after a lock."""

from dataclasses import dataclass, replace
from uuid import UUID

#: Begins the field of a place that names a version: « version.<its number>/… ».
_VERSION = "version."


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


def in_version(place: Place, version: UUID) -> Place:
    """The same place in this version of the record."""
    return replace(place, field=f"{_VERSION}{version}/{place.field}")


def version_of(place: Place) -> tuple[UUID | None, Place]:
    """The version that a place names, None for the present one, and the place within it."""
    named, _, field = place.field.partition("/")
    if not named.startswith(_VERSION):
        return None, place
    return UUID(named.removeprefix(_VERSION)), replace(place, field=field)
