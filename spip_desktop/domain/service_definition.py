"""What the service made its own, sheet or form: which version it added, since when, until when it is offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

#: Ours are below: a version of the service never bears the number of one that a later program ships.
FIRST_VERSION = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceVersion:
    """One version installed; its bytes are among the definitions of the store, for ever."""

    id: UUID
    code: str
    version: int
    title: str
    installed_on: date
    retired_on: date | None = None


def offered(every: Iterable[ServiceVersion]) -> dict[str, ServiceVersion]:
    """The newest version in use of each code."""
    live = [one for one in every if one.retired_on is None]
    return {one.code: one for one in sorted(live, key=lambda one: one.version)}


def next_version(every: Iterable[ServiceVersion], code: str) -> int:
    """The version that the next file for this code must bear."""
    return max([FIRST_VERSION - 1, *(one.version for one in every if one.code == code)]) + 1
