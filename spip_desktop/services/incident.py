"""Incidents: saved at once from one kind and one line; then who was informed, line after line (domain/incident.py)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cache
from uuid import UUID

from spip_desktop.db import event as events
from spip_desktop.db import incident as rows
from spip_desktop.db.incident import INCIDENTS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.errors import refuse_if_any
from spip_desktop.domain.incident import (
    KIND,
    Incident,
    IncidentFact,
    IncidentStanding,
    Told,
    incident_problems,
    line_problems,
    told_problems,
)
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.choices import chosen
from spip_desktop.services.context import Context


class IncidentService:
    """Nothing here warns anybody: it keeps what happened, and says for how long nobody was informed."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def of_person(self, person_id: UUID) -> list[IncidentStanding]:
        """Every incident of a dossier: those of which nobody was informed first, then the newest."""
        self._context.actor.require(Right.READ_INCIDENT)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return rows.of_person(tx, person_id)

    def red(self, person_id: UUID) -> int:
        """Of how many incidents of a dossier nobody was informed."""
        return sum(one.is_red for one in self.of_person(person_id))

    def note(self, person_id: UUID, kind: str, line: str, *, happened_on: date | None = None, hour: str = "") -> UUID:
        """Save an incident as it is typed; today and now where nothing says otherwise.

        Refusals: `required`, `too_long`, `date_in_future`, `hour_unreadable`, `choose_one`.
        """
        self._context.actor.require(Right.WRITE_INCIDENT)
        with self._context.store.transaction(self._context.actor, "note_incident") as tx:
            PERSONS.get(tx, person_id)
            self._access.require(tx, person_id)
            incident = Incident(
                id=tx.ids.new(),
                person_id=person_id,
                kind=chosen("incident_kinds", kind, "kind", tx.clock.today()),
                line=clean(line).strip(),
                happened_on=happened_on or tx.clock.today(),
                hour=dates.kept_hour(hour, "hour"),
                noted_at=tx.now,
                noted_by=tx.actor_id,
            )
            refuse_if_any(incident_problems(incident, tx.clock.today()))
            INCIDENTS.save(tx, incident)
            tx.note(KIND, incident.id)
            return incident.id

    def inform(self, incident_id: UUID, told: Told) -> None:
        """Somebody was informed: the incident is no longer red."""
        with self._writing(incident_id) as (tx, incident):
            today = tx.clock.today()
            told = replace(
                told,
                who=chosen("incident_informed", told.who, "who", today),
                how=chosen("incident_ways", told.how, "how", today),
                name=clean(told.name).strip(),
                hour=dates.kept_hour(told.hour, "told_hour"),
            )
            refuse_if_any(told_problems(told, incident, today))
            detail = {"who": told.who, "how": told.how, "name": told.name, "hour": told.hour}
            _add(tx, incident, IncidentFact.INFORMED, told.on, detail=detail)

    def not_yet(self, incident_id: UUID, text: str = "") -> None:
        """« Pas encore » is an answer: the line stays; after somebody was said to be informed, it takes that back."""
        with self._writing(incident_id) as (tx, incident):
            refuse_if_any(line_problems(text) if text.strip() else ())
            _add(tx, incident, IncidentFact.NOT_YET, tx.clock.today(), text)

    def add_line(self, incident_id: UUID, text: str, *, correction: bool = False) -> None:
        """What was done next, or a correction: a second line, the first one stays as it was typed."""
        with self._writing(incident_id) as (tx, incident):
            refuse_if_any(line_problems(text))
            code = IncidentFact.CORRECTION if correction else IncidentFact.FOLLOW_UP
            _add(tx, incident, code, tx.clock.today(), text)

    @contextmanager
    def _writing(self, incident_id: UUID) -> Iterator[tuple[Transaction, Incident]]:
        """One act about an incident of a dossier that is open to the officer, with its line in the journal."""
        self._context.actor.require(Right.WRITE_INCIDENT)
        with self._context.store.transaction(self._context.actor, "add_to_incident") as tx:
            incident = INCIDENTS.get(tx, incident_id)
            self._access.require(tx, incident.person_id)
            yield tx, incident
            tx.note(KIND, incident_id)


def _add(
    tx: Transaction,
    incident: Incident,
    code: IncidentFact,
    on: date,
    text: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    said = clean(text, lines=True).strip()
    events.record(tx, KIND, incident.id, incident.person_id, code, on, said, detail)


def light_kinds() -> frozenset[str]:
    """The kinds that are « à signaler »: told to somebody, without being counted in hours."""
    return frozenset(one.code for one in load("incident_kinds").entries if one.flag("light"))


def advancing_days(incidents: Iterable[Incident]) -> list[date]:
    """The days of the incidents after which the plan in force is looked at again."""
    return [one.happened_on for one in incidents if one.kind in _advancing_kinds()]


@cache
def _advancing_kinds() -> frozenset[str]:
    return frozenset(one.code for one in load("incident_kinds").entries if one.flag("advances"))
