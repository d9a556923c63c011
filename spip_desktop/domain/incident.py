"""Incidents: what happened in one line, saved at once; then, added to it and never rewritten, who was informed.

An agent must inform a superior of incidents and of what is unusual (seed 000; domain.md V17): a line stays red until
somebody was. The program warns nobody itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.place import Place

KIND = "incident"
_LINE, _WORDS = 300, 2_000


class IncidentFact(StrEnum):
    """What is added to an incident: dated lines (codes of events)."""

    INFORMED = "informee"
    NOT_YET = "pas_encore"
    FOLLOW_UP = "suite"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One line as it was typed at once: `kind` of the list `incident_kinds`, `hour` as `dates.kept_hour` gives it."""

    id: UUID
    person_id: UUID
    kind: str
    line: str
    happened_on: date
    hour: str = ""
    noted_at: datetime
    noted_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody was informed: who (list `incident_informed`), their name, when, how (list `incident_ways`)."""

    who: str
    name: str = ""
    on: date
    hour: str = ""
    how: str


@dataclass(frozen=True, slots=True)
class IncidentStanding:
    """An incident with the lines added to it, in their order."""

    incident: Incident
    facts: tuple[Event, ...] = ()

    @property
    def told(self) -> Event | None:
        """The line that says who was informed; None while nobody was, or when a later line takes it back."""
        newest = last(self.facts, IncidentFact.INFORMED, IncidentFact.NOT_YET)
        return newest if newest and newest.code == IncidentFact.INFORMED else None

    @property
    def is_red(self) -> bool:
        return self.told is None


def incident_problems(incident: Incident, today: date) -> list[Problem]:
    """The least: a kind and one line; nothing that is still to come."""
    problems = [Problem("required", name) for name in ("kind", "line") if not getattr(incident, name).strip()]
    problems += _too_long("line", incident.line, _LINE)
    return problems + _day_problems(incident.happened_on, today)


def told_problems(told: Told, incident: Incident, today: date) -> list[Problem]:
    """Who, when and how, not before the incident."""
    problems = [Problem("required", name) for name in ("who", "how") if not getattr(told, name)]
    problems += _day_problems(told.on, today, "told_on")
    if told.on < incident.happened_on:
        problems.append(Problem("incident_told_before", "told_on", {"day": incident.happened_on}))
    return problems + _too_long("name", told.name, _LINE)


def line_problems(text: str) -> list[Problem]:
    """Of a follow-up or of a correction."""
    return ([] if text.strip() else [Problem("required", "text")]) + _too_long("text", text, _WORDS)


def _day_problems(day: date, today: date, field: str = "happened_on") -> list[Problem]:
    return [Problem("date_in_future", field)] if day > today else []


def _too_long(field: str, text: str, most: int) -> list[Problem]:
    return [Problem("too_long", field, {"limit": most})] if len(text) > most else []


def standings(incidents: Iterable[Incident], facts: Iterable[Event]) -> list[IncidentStanding]:
    """Each with its lines: the red ones first, then the newest."""
    by_incident: dict[UUID, list[Event]] = {}
    for fact in facts:
        by_incident.setdefault(fact.object_id, []).append(fact)
    found = [IncidentStanding(one, tuple(by_incident.get(one.id, ()))) for one in incidents]
    found.sort(key=lambda one: (one.incident.happened_on, one.incident.hour, one.incident.id), reverse=True)
    return sorted(found, key=lambda one: not one.is_red)


def facts_of(standing: IncidentStanding, light: Collection[str]) -> Facts | None:
    """A red one for the rules of the échéances, which are never told its kind; `light`: the kinds « à signaler »."""
    one = standing.incident
    if not standing.is_red:
        return None
    trigger = "a_signaler" if one.kind in light else "sans_information"
    place = Place("person.incidents", one.person_id, f"incident.{one.id}")
    return Facts(of=Subject.INCIDENT, id=one.id, person_id=one.person_id, place=place, days={trigger: one.happened_on})
