"""Dated facts about a record: agreement, visa, handing over, states. Added to, never rewritten (design.md §2.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`happened_on` is the day of the fact; `entered_at` the instant it was recorded, by whom."""

    id: UUID
    kind: str
    object_id: UUID
    person_id: UUID | None = None
    code: str
    happened_on: date
    entered_at: datetime
    entered_by: UUID
    comment: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events as they were entered: a correction comes after what it corrects."""
    return tuple(sorted(events, key=lambda event: (event.entered_at, event.id)))


def last(events: Iterable[Event], *codes: str) -> Event | None:
    """The newest event among these codes (all of them when none is given)."""
    found: Event | None = None
    for event in events:
        if codes and event.code not in codes:
            continue
        if found is None or (event.entered_at, event.id) >= (found.entered_at, found.id):
            found = event
    return found
