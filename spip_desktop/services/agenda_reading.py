"""The agenda of an officer: days with their appointments, absences, permanences; what waits for its outcome."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as rows
from spip_desktop.db import followed
from spip_desktop.db.appointment import PERMANENCES
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.agenda import OfficerAbsence, Permanence, days_between, is_away
from spip_desktop.domain.appointment import Appointment, Around, appointment_warnings, is_ahead
from spip_desktop.domain.appointment_states import Standing
from spip_desktop.domain.deadline_calendar import WorkingDays
from spip_desktop.services.appointment_ground import AppointmentGround
from spip_desktop.services.appointment_lists import kind_label, kind_of
from spip_desktop.services.appointment_reading import breaches_of, place_words
from spip_desktop.services.deadline import calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaLine:
    """One appointment in the agenda. `officer` is empty for one's own; `ahead`: it has not begun.

    `breach`: the manquement that came of it, for who may read it. `warnings`: codes of what still stands in the way
    of one that is to come: two at a time, an officer away.
    """

    appointment: Appointment
    person: str
    kind: str
    place: str
    officer: str
    standing: Standing
    ahead: bool
    breach: UUID | None = None
    warnings: tuple[str, ...] = ()

    @property
    def awaits_outcome(self) -> bool:
        return self.standing is Standing.PLANNED and not self.ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaDay:
    """One day: its appointments in the order of the hours, who is away, what is open, whether it is worked."""

    day: date
    lines: tuple[AgendaLine, ...] = ()
    absences: tuple[OfficerAbsence, ...] = ()
    permanences: tuple[Permanence, ...] = ()
    holiday: bool = False


class AgendaReadingService:
    """One's own appointments, and those of a colleague under an intérim."""

    def __init__(self, ground: AppointmentGround) -> None:
        self._ground = ground

    def days(self, first: date, last: date) -> tuple[AgendaDay, ...]:
        """Every day, both included."""
        with self._ground.reading() as tx:
            officers = self._ground.access.reach(tx).officers
            found = rows.between(tx, first, last, officers=officers)
            lines = self._lines(tx, found)
            away = [one for one in rows.absences(tx, first, last) if one.officer_id in officers]
            open_ = PERMANENCES.find(tx)
            worked = calendar(tx)
        by_day = {day: list(every) for day, every in itertools.groupby(lines, key=lambda one: one.appointment.day)}
        by_day = {day: _warned(every, away, worked) for day, every in by_day.items()}
        return tuple(
            AgendaDay(
                day=day,
                lines=tuple(by_day.get(day, ())),
                absences=tuple(one for one in away if one.starts <= day <= one.ends),
                permanences=_open_on(open_, day),
                holiday=worked.is_holiday(day),
            )
            for day in days_between(first, last)
        )

    def to_note(self) -> tuple[AgendaLine, ...]:
        """Those of today and before whose outcome is not noted, the oldest first; then absences without an answer."""
        with self._ground.reading() as tx:
            officers = self._ground.access.reach(tx).officers
            found = rows.begun_without_outcome(tx, tx.clock.today(), officers)
            lines = self._lines(tx, found)
        return tuple(one for one in lines if not one.ahead)

    def count_to_note(self) -> int:
        """How many outcomes are not noted."""
        with self._ground.reading() as tx:
            officers = self._ground.access.reach(tx).officers
            return rows.count_without_outcome(tx, tx.clock.today(), self._ground.minute(), officers)

    def _lines(self, tx: Transaction, found: Sequence[Appointment]) -> list[AgendaLine]:
        persons = followed.names(tx, {one.person_id for one in found})
        at = rows.standings(tx, [one.id for one in found])
        names = _officers(tx, {one.officer_id for one in found} - {self._ground.context.officer_id})
        noted = breaches_of(tx, self._ground, found)
        places: dict[tuple[object, ...], str] = {}
        today, now = tx.clock.today(), self._ground.minute()
        lines = []
        for one in found:
            key = (one.where, one.place_id, one.place_detail)
            if key not in places:
                places[key] = place_words(tx, one)
            lines.append(
                AgendaLine(
                    appointment=one,
                    person=persons[one.person_id],
                    kind=kind_label(one.kind),
                    place=places[key],
                    officer=names.get(one.officer_id, ""),
                    standing=at[one.id],
                    ahead=is_ahead(one, today, now),
                    breach=noted[one.id].id if one.id in noted else None,
                )
            )
        return lines


def _warned(lines: Sequence[AgendaLine], away: Sequence[OfficerAbsence], worked: WorkingDays) -> list[AgendaLine]:
    """The lines of one day, each with what the rule of fixing would say of it today."""
    planned = [one.appointment for one in lines if one.standing is Standing.PLANNED and one.ahead]
    told = {one.id: _standing_in_the_way(one, planned, away, worked) for one in planned}
    return [replace(one, warnings=told.get(one.appointment.id, ())) for one in lines]


def _standing_in_the_way(
    one: Appointment, planned: Sequence[Appointment], away: Sequence[OfficerAbsence], worked: WorkingDays
) -> tuple[str, ...]:
    gone = is_away(away, one.officer_id, one.day, one.begins, one.ends)
    around = Around(others=planned, officer_away=gone, calendar=worked)
    return tuple(problem.code for problem in appointment_warnings(one, kind_of(one.kind), around))


def _officers(tx: Transaction, ids: Iterable[UUID]) -> dict[UUID, str]:
    wanted = set(ids)
    every = OFFICERS.find(tx) if wanted else ()
    return {one.id: f"{one.first_name} {one.family_name}" for one in every if one.id in wanted}


def _open_on(every: Iterable[Permanence], day: date) -> tuple[Permanence, ...]:
    return tuple(sorted((one for one in every if one.falls_on(day)), key=lambda one: (one.begins, one.label)))
