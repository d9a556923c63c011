"""The circuit of those who arrive: who met the person, and when (seed 000, step 1), read from dated facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spip_desktop.domain.event import Event, in_order

KIND = "arrival"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One line of the checklist: the profession (list `professions`), when they met, and whom the person saw."""

    profession: str
    met_on: date | None = None
    by: str = ""


def circuit(professions: Iterable[str], events: Iterable[Event]) -> tuple[Meeting, ...]:
    """The checklist in the order of the list; the last line entered for a profession holds."""
    known = {event.code: event for event in in_order(events)}
    return tuple(_meeting(one, known.get(one)) for one in professions)


def _meeting(profession: str, event: Event | None) -> Meeting:
    if event is None:
        return Meeting(profession=profession)
    return Meeting(profession=profession, met_on=event.happened_on, by=event.comment)
