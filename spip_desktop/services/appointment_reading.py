"""What pages and other slices read of the appointments of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as rows
from spip_desktop.db import breach as breaches
from spip_desktop.db import paper as papers
from spip_desktop.db.appointment import APPOINTMENTS, outcomes
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.situation import OBLIGATIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.appointment import Appointment, Where, is_ahead
from spip_desktop.domain.appointment_states import (
    EventCode,
    Meaning,
    Stand,
    Standing,
    answers,
    is_missed,
    last_reminder,
    outcome_of,
    reaction_days,
    stand,
)
from spip_desktop.domain.breach import Breach
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.officer import Right
from spip_desktop.services.appointment_ground import AppointmentGround, place_of
from spip_desktop.services.appointment_lists import fact_words, kind_label, label_of, wheres
from spip_desktop.wording.appointment import absence_words

#: The obligation to answer the calls of the judge and of the service (code pénal, art. 132-44, 1°).
_TO_COME = "cp132_44_1"
#: What is told of an absence: that one was called, what was noted, what was answered.
_SAID_OF_ABSENCE = (EventCode.HANDED, EventCode.OUTCOME, EventCode.ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentView:
    """One appointment as a page shows it. `place`: where, in words; `answered`: what was answered to an absence.

    `reaction`: days from an absence to its first answer; `waited`: days since one that has none.
    `printed`: its convocation was issued, and is printed again to the byte. `breach`: the manquement that came of it,
    for who may read it.
    """

    appointment: Appointment
    at: Stand
    events: tuple[Event, ...]
    kind: str
    place: str
    address: str
    officer: str
    outcome: str
    handed: str
    answered: tuple[str, ...]
    reaction: int | None
    waited: int | None
    ahead: bool
    printed: bool
    breach: Breach | None

    @property
    def id(self) -> UUID:
        return self.appointment.id

    @property
    def standing(self) -> Standing:
        return self.at.standing

    @property
    def awaits_outcome(self) -> bool:
        return self.standing is Standing.PLANNED and not self.ahead

    @property
    def was_met(self) -> bool:
        """The person was received: there is an interview to note."""
        return self.standing is Standing.HELD

    @property
    def was_missed(self) -> bool:
        """The outcome in force is an absence, whatever was answered to it."""
        kind = outcomes().get(outcome_of(self.events))
        return kind is not None and kind.meaning in (Meaning.ABSENT, Meaning.PROOF_AWAITED)

    @property
    def awaits_answer(self) -> bool:
        return self.standing is Standing.MISSED

    @property
    def takes_answer(self) -> bool:
        """An absence, answered already or not: a harder answer may follow a milder one."""
        return self.appointment.milieu is Milieu.OPEN and is_missed(self.events, outcomes())

    @property
    def takes_reminder(self) -> bool:
        """A « courrier de rappel » was decided about this absence: there is a letter to print."""
        return self.takes_answer and last_reminder(self.events) is not None

    @property
    def ended(self) -> Event | None:
        """How it ended without an outcome: moved, or called off."""
        found = last(self.events, EventCode.OUTCOME, EventCode.MOVED, EventCode.CANCELLED, EventCode.REOPENED)
        return found if found and found.code in (EventCode.MOVED, EventCode.CANCELLED) else None


@dataclass(frozen=True, slots=True)
class Absence:
    """A missed appointment as the facts of a manquement, and the obligation to come where it is in the dossier."""

    day: date
    facts: str
    obligation_id: UUID | None = None


class AppointmentReadingService:
    """Readings of a dossier that is open; they change nothing."""

    def __init__(self, ground: AppointmentGround) -> None:
        self._ground = ground

    def of_person(self, person_id: UUID) -> tuple[AppointmentView, ...]:
        """Every appointment of a person, the last to come first."""
        with self._ground.reading() as tx:
            self._ground.access.require(tx, person_id)
            found = self._views(tx, rows.of_person(tx, person_id))
        return tuple(reversed(found))

    def next(self, person_id: UUID) -> AppointmentView | None:
        """The nearest appointment that is planned and has not begun."""
        ahead = [one for one in self.of_person(person_id) if one.ahead and one.standing is Standing.PLANNED]
        return ahead[-1] if ahead else None

    def view(self, appointment_id: UUID) -> AppointmentView:
        with self._ground.reading() as tx:
            return self._views(tx, [self._ground.appointment(tx, appointment_id)])[0]

    def absence(self, appointment_id: UUID) -> "Absence":
        """What a missed appointment says for a manquement; Refusal `answer_no_absence` for one that was not missed."""
        with self._ground.reading() as tx:
            view = self._views(tx, [self._ground.appointment(tx, appointment_id)])[0]
            person = PERSONS.get(tx, view.appointment.person_id)
            duties = [one for one in OBLIGATIONS.find(tx, person_id=person.id) if one.code == _TO_COME]
        if not view.was_missed:
            raise Refusal("answer_no_absence")
        facts = [absence_words(view.appointment, view.kind, view.place, person.sex)]
        facts += [f"{fact_words(one, on=True).rstrip('.')}." for one in view.events if one.code in _SAID_OF_ABSENCE]
        return Absence(view.appointment.day, "\n".join(facts), duties[0].id if duties else None)

    def person_of(self, appointment_id: UUID) -> UUID:
        """Whose it is: which dossier to open first."""
        with self._ground.reading() as tx:
            return APPOINTMENTS.get(tx, appointment_id).person_id

    def _views(self, tx: Transaction, found: Sequence[Appointment]) -> list[AppointmentView]:
        facts = rows.facts(tx, [one.id for one in found])
        names = {one.id: f"{one.first_name} {one.family_name}" for one in OFFICERS.find(tx)} if found else {}
        noted = breaches_of(tx, self._ground, found)
        today, now = tx.clock.today(), self._ground.minute()
        return [
            AppointmentView(
                appointment=one,
                at=stand(facts[one.id], outcomes()),
                events=facts[one.id],
                kind=kind_label(one.kind),
                place=place_words(tx, one),
                address=address_of(tx, one),
                officer=names.get(one.officer_id, ""),
                outcome=label_of("appointment_outcomes", outcome_of(facts[one.id])),
                handed=_handed(facts[one.id]),
                answered=tuple(label_of("appointment_answers", two.detail["answer"]) for two in answers(facts[one.id])),
                reaction=reaction_days(one, facts[one.id]),
                waited=_waited(one, facts[one.id], today),
                ahead=is_ahead(one, today, now),
                printed=bool(papers.of(tx, one.id)),
                breach=noted.get(one.id),
            )
            for one in found
        ]


def breaches_of(tx: Transaction, ground: AppointmentGround, found: Sequence[Appointment]) -> dict[UUID, Breach]:
    """The manquement that came from each, by appointment; none for who may not read them."""
    may = ground.context.actor.may(Right.READ_INCIDENT)
    return breaches.of_appointments(tx, [one.id for one in found]) if may else {}


def _waited(one: Appointment, events: Sequence[Event], today: date) -> int | None:
    """Days since an absence that nothing answers yet."""
    return (today - one.day).days if is_missed(events, outcomes()) and not answers(events) else None


def place_words(tx: Transaction, one: Appointment) -> str:
    """« SPIP, antenne de Valbrune, bureau 3 », « Au domicile »; of what is elsewhere, where that is."""
    return place_name(tx, one) or address_of(tx, one) or wheres()[one.where].label


def place_name(tx: Transaction, one: Appointment) -> str:
    """The same, to be read with the address; « Ailleurs » says nothing that the address does not."""
    place = place_of(tx, one)
    if place is not None:
        return ", ".join(part for part in (place.name, one.place_detail) if part)
    return "" if one.where is Where.ELSEWHERE else wheres()[one.where].label


def address_of(tx: Transaction, one: Appointment) -> str:
    """Where one has to be, to the street; empty while it is not known. Of a telephone call, the number."""
    place = place_of(tx, one)
    return place.address_line if place is not None else one.place_detail


def _handed(events: Sequence[Event]) -> str:
    found = last(events, EventCode.HANDED)
    return label_of("handing_ways", found.detail.get("how", "")) if found else ""
