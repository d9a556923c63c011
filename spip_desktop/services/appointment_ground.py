"""What the services of the appointments share: rights, access to the dossier, places, the last day a text allows."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.db import deadline as dossiers
from spip_desktop.db import officer as officers
from spip_desktop.db.among import these
from spip_desktop.db.appointment import APPOINTMENTS, PLACES
from spip_desktop.db.person import ADDRESSES, PERSONS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.agenda import MeetingPlace
from spip_desktop.domain.appointment import INSIDE, Appointment, AppointmentKind, Where
from spip_desktop.domain.around import current_address
from spip_desktop.domain.deadline import Subject, due
from spip_desktop.domain.deadline_facts import of_situation
from spip_desktop.domain.establishment import is_held_at, is_held_elsewhere
from spip_desktop.domain.measure import Custody, Milieu
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person import AddressKind, PhoneState
from spip_desktop.domain.situation import current_custody
from spip_desktop.services.access import AccessService
from spip_desktop.services.appointment_lists import wheres
from spip_desktop.services.context import Context
from spip_desktop.services.deadline import calendar, rules_now


@dataclass(frozen=True, slots=True)
class LegalDay:
    """The last day that a text allows, with its text; `certain` is False while it is to be checked again."""

    day: date
    ref: str
    certain: bool


class AppointmentGround:
    """One for the services of an open store."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self.context, self.access = context, access

    def writing(self, act: str) -> AbstractContextManager[Transaction]:
        self.context.actor.require(Right.WRITE_APPOINTMENT)
        return self.context.store.transaction(self.context.actor, act)

    def reading(self) -> AbstractContextManager[Transaction]:
        self.context.actor.require(Right.READ_PERSON)
        return self.context.store.reading()

    def appointment(self, tx: Transaction, appointment_id: UUID) -> Appointment:
        """One of a dossier that is open; Refusals `not_found`, `access_reason_needed`."""
        one = APPOINTMENTS.get(tx, appointment_id)
        self.access.require(tx, one.person_id)
        return one

    def minute(self) -> int:
        """The minute of the day, in Paris."""
        now = self.context.clock.local()
        return now.hour * 60 + now.minute


# -- places --------------------------------------------------------------------------------------------------


def places(tx: Transaction, day: date) -> list[MeetingPlace]:
    """The service itself first, then the places it has noted that are still offered."""
    noted = sorted((one for one in PLACES.find(tx) if one.offered_on(day)), key=lambda one: (one.inside, one.name))
    return [service_place(tx), *noted]


def service_place(tx: Transaction) -> MeetingPlace:
    """The address of the letterhead: a service receives somewhere before any place was noted."""
    service = officers.service(tx)
    return MeetingPlace(
        id=service.id,
        name=f"{service.name}, {service.branch}",
        address=service.address,
        postal_code=service.postal_code,
        city=service.city,
    )


def place_of(tx: Transaction, one: Appointment) -> MeetingPlace | None:
    """The place of the service it is held at, also one no longer offered; None where it is nobody's place."""
    if one.place_id is None:
        return None
    usual = service_place(tx)
    return usual if one.place_id == usual.id else PLACES.get(tx, one.place_id)


def usual_place(tx: Transaction, person_id: UUID, where: Where, day: date) -> tuple[UUID | None, str]:
    """The place of the service, or the address or number that the dossier knows."""
    if where is Where.OFFICE:
        return service_place(tx).id, ""
    if wheres()[where].own:
        return _inside(tx, person_id, day), ""
    if where is Where.PHONE:
        person = PERSONS.get(tx, person_id)
        return None, person.phone if person.phone_state is PhoneState.NUMBER else ""
    return None, _home(tx, person_id, day) if where is Where.HOME else ""


def _inside(tx: Transaction, person_id: UUID, day: date) -> UUID | None:
    """A place in the prison that holds the person; None where none is known to be there."""
    custody = custody_of(tx, person_id)
    held = custody.establishment if custody else ""
    return next((one.id for one in places(tx, day) if one.inside and is_held_at(held, _words(one))), None)


def other_prison(tx: Transaction, one: Appointment) -> str:
    """Where the person is held, if the place of the appointment is known to be in another prison."""
    custody = custody_of(tx, one.person_id) if one.where in INSIDE else None
    place = place_of(tx, one)
    if custody is None or place is None or not is_held_elsewhere(custody.establishment, _words(place)):
        return ""
    return custody.establishment


def _words(place: MeetingPlace) -> str:
    return f"{place.name} {place.city}"


def _home(tx: Transaction, person_id: UUID, day: date) -> str:
    found = current_address(ADDRESSES.find(tx, person_id=person_id), AddressKind.DECLARED, day)
    if found is None:
        return ""
    town = f"{found.postal_code} {found.city}".strip()
    return ", ".join(part for part in (found.line, found.complement, town) if part)


# -- the situation -------------------------------------------------------------------------------------------


def custody_of(tx: Transaction, person_id: UUID) -> Custody | None:
    """The écrou that holds the person today."""
    found = current_custody(CUSTODIES.find(tx, person_id=person_id), tx.clock.today())
    return found if found and found.hosted else None


def milieu_of(tx: Transaction, person_id: UUID) -> Milieu:
    return Milieu.CUSTODY if custody_of(tx, person_id) else Milieu.OPEN


def legal_day(tx: Transaction, person_id: UUID, kind: AppointmentKind) -> LegalDay | None:
    """The earliest last day of the rules of this kind, for the measures that run; None where none bounds it.

    A rule that the service does not follow in its list still bounds the day: its text does not change.
    """
    if not kind.rules:
        return None
    among = these([person_id])
    (dossier,) = dossiers.dossiers(tx, among, dossiers.papers(tx, among))
    today, days, rules = tx.clock.today(), calendar(tx), rules_now(tx)
    found: list[LegalDay] = []
    for facts in of_situation(dossier, today):
        for rule in (one for one in rules.every if one.code in kind.rules and one.of is Subject.MEASURE):
            if rule.kinds and facts.kind not in rule.kinds:
                continue
            if deadline := due(rule, facts, days, today):
                found.append(LegalDay(deadline.due, rule.ref, rule.certain))
    return min(found, key=lambda one: one.day, default=None)
