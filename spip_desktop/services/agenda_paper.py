"""What leaves the agenda: the list of a day for reception, the call list of a prison, a calendar file."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from spip_desktop.db import appointment as rows
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.agenda import Half
from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.appointment_paper import CallLine, by_building, by_site
from spip_desktop.domain.appointment_states import Standing
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.officer import Right
from spip_desktop.services.agenda_reading import AgendaReadingService
from spip_desktop.services.appointment_ground import AppointmentGround
from spip_desktop.services.appointment_paper import call_line
from spip_desktop.services.leaving import write_out
from spip_desktop.services.printing import Printable
from spip_desktop.wording.appointment import CALL_COLUMNS, CALL_TITLE, DAY_COLUMNS, DAY_TITLE, HALVES, UNNAMED

_SUFFIX = ".ics"
#: By site or building, then half-day: a text a column.
Parts = Mapping[tuple[str, Half], Sequence[Sequence[str]]]


class AgendaPaperService:
    """The lists say who, when, where and with whom: never why. Those of the service, all officers together."""

    def __init__(self, ground: AppointmentGround, reading: AgendaReadingService) -> None:
        self._ground, self._reading = ground, reading

    def day_list(self, day: date) -> Printable:
        """Milieu ouvert, for reception: by site and half-day, with a box for who came."""
        self._ground.context.actor.require(Right.PRINT)
        lines = self._lines(day, Milieu.OPEN)
        rows_ = {key: [(one.hour, one.person, one.officer, one.room, "") for one in found]
                 for key, found in by_site(lines).items()}  # fmt: skip
        return self._printed(DAY_TITLE, [self._content(DAY_TITLE, DAY_COLUMNS, rows_, dates.long(day))])

    def call_list(self, day: date) -> Printable:
        """In detention, for the officers of each building: by building and half-day; each prison has its own leaves."""
        self._ground.context.actor.require(Right.PRINT)
        lines = self._lines(day, Milieu.CUSTODY)
        prisons = sorted({one.prison for one in lines}) or [""]
        return self._printed(CALL_TITLE, [self._calls(lines, one, day) for one in prisons])

    def export(self, path: Path, first: date, last: date, *, with_names: bool = False) -> Path:
        """One's own appointments of these days in a calendar file, without names unless they are asked for.

        Refusals: `file_in_store`, `file_not_written`.
        """
        self._ground.context.actor.require(Right.PRINT)
        from spip_desktop.exchange.calendar import CalendarEvent, calendar_file

        lines = [one for day in self._reading.days(first, last) for one in day.lines]
        events = [
            CalendarEvent(
                uid=f"{one.appointment.id}@spip-desktop",
                day=one.appointment.day,
                begins=one.appointment.begins,
                ends=one.appointment.ends,
                title=f"{one.person}, {one.kind}" if with_names else UNNAMED,
                place=one.place if with_names else "",
            )
            for one in lines
            if one.standing is Standing.PLANNED
        ]
        content = calendar_file(events, self._ground.context.clock.now())
        with self._ground.writing("export_calendar") as tx:
            tx.note("agenda", None, "avec les noms" if with_names else "sans les noms")
        return write_out(path, content, _SUFFIX)

    # -- inside ------------------------------------------------------------------------------------------------

    def _lines(self, day: date, milieu: Milieu) -> list[CallLine]:
        with self._ground.reading() as tx:
            return [call_line(tx, one) for one in _planned(tx, day) if one.milieu is milieu]

    def _calls(self, lines: Sequence[CallLine], prison: str, day: date) -> bytes:
        """Those of one prison: nobody there reads who is held in another."""
        found = by_building(one for one in lines if one.prison == prison)
        rows_ = {key: [(one.hour, one.person, one.ecrou, one.cell, _to(one), one.officer, "") for one in every]
                 for key, every in found.items()}  # fmt: skip
        return self._content(CALL_TITLE, CALL_COLUMNS, rows_, ", ".join(filter(None, (prison, dates.long(day)))))

    def _content(self, title: str, columns: Sequence[tuple[str, float]], parts: Parts, subtitle: str) -> bytes:
        from spip_desktop.documents.listing import Column, Part, render_parts  # reportlab: not before the first paper

        context = self._ground.context
        return render_parts(
            title,
            [Column(head, share) for head, share in columns],
            [Part(f"{name}, {HALVES[half].lower()}", found) for (name, half), found in parts.items()] or [Part("", [])],
            day=context.clock.today(),
            demo=context.demonstration,
            subtitle=subtitle,
        )

    def _printed(self, title: str, papers: Sequence[bytes]) -> Printable:
        from spip_desktop.documents.kit.joining import joined

        content = papers[0] if len(papers) == 1 else joined(papers, title)
        return Printable(title=title, content=content, kind="agenda", object_id=self._ground.context.officer_id)


def _planned(tx: Transaction, day: date) -> list[Appointment]:
    found = rows.between(tx, day, day)
    at = rows.standings(tx, [one.id for one in found])
    return [one for one in found if at[one.id] is Standing.PLANNED]


def _to(one: CallLine) -> str:
    return ", ".join(part for part in (one.site, one.room) if part)
