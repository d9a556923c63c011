"""The agenda as an iCalendar file (RFC 5545). It names what it is given: without names unless they are put in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from spip_desktop.domain.clock import PARIS

_PRODUCT = "-//SPIP Desktop//Agenda//FR"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """`uid` is random and of this store alone; `begins` and `ends` in minutes from midnight, in Paris."""

    uid: str
    day: date
    begins: int
    ends: int
    title: str
    place: str = ""


def calendar_file(events: Iterable[CalendarEvent], now: datetime) -> bytes:
    """The bytes of the file; instants are written in UTC, so that no time zone has to be described."""
    from icalendar import Calendar, Event  # late: few officers export

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for one in events:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", now)
        event.add("dtstart", _instant(one.day, one.begins))
        event.add("dtend", _instant(one.day, one.ends))
        event.add("summary", one.title)
        if one.place:
            event.add("location", one.place)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _instant(day: date, minutes: int) -> datetime:
    """The wall clock of that day, whatever the change of hour."""
    days, rest = divmod(minutes, 24 * 60)
    wall = datetime(day.year, day.month, day.day, rest // 60, rest % 60, tzinfo=PARIS) + timedelta(days=days)
    return wall.astimezone(UTC)
