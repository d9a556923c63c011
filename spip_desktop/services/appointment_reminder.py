"""The letter that reminds of the obligations after an absence: issued once for each answer that decides it."""

from uuid import UUID

from spip_desktop.db import appointment as rows
from spip_desktop.db import officer as officers
from spip_desktop.db import paper as papers
from spip_desktop.db.appointment import APPOINTMENTS, outcomes
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.appointment import KIND, REMOTE, Appointment, hour_text, is_ahead
from spip_desktop.domain.appointment_paper import ReminderLetter, in_gender
from spip_desktop.domain.appointment_states import Standing, is_missed, last_reminder
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.event import Event
from spip_desktop.domain.officer import Right
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.text import french_spaces
from spip_desktop.reference import load
from spip_desktop.services.appointment_ground import AppointmentGround
from spip_desktop.services.appointment_lists import kind_of, template_of
from spip_desktop.services.appointment_paper import recipient_of, sender_of
from spip_desktop.services.appointment_reading import address_of, place_name
from spip_desktop.services.printing import Printable

#: What is kept is about the answer that decided the letter, not about the appointment, whose paper is its convocation.
_ISSUED = "reminder_letter"


class AppointmentReminderService:
    """What was issued is never rendered a second time."""

    def __init__(self, ground: AppointmentGround) -> None:
        self._ground = ground

    def issue(self, appointment_id: UUID) -> Printable:
        """The letter of the answer decided last, kept the first time and the same bytes after.

        Refusal `no_reminder` where no such letter was decided about the absence in force.
        """
        self._ground.context.actor.require(Right.PRINT)
        with self._ground.writing("issue_reminder_letter") as tx:
            one = self._ground.appointment(tx, appointment_id)
            facts = rows.facts(tx, [one.id])[one.id]
            decided = last_reminder(facts) if is_missed(facts, outcomes()) else None
            if decided is None:
                raise Refusal("no_reminder")
            issued = self._issued(tx, one, decided)
            tx.note(KIND, one.id)
        return Printable(
            title=issued.title, content=issued.content, kind=KIND, object_id=appointment_id, issued_id=issued.id
        )

    # -- inside ------------------------------------------------------------------------------------------------

    def _issued(self, tx: Transaction, one: Appointment, decided: Event) -> IssuedDocument:
        known = papers.of(tx, decided.id)
        if known:
            return known[-1]
        from spip_desktop.documents.reminder_letter import TITLE, render  # reportlab: not before the first paper

        return papers.issue(
            tx,
            kind=_ISSUED,
            object_id=decided.id,
            person_id=one.person_id,
            title=TITLE,
            content=render(self._letter(tx, one, decided), demo=self._ground.context.demonstration),
        )

    def _letter(self, tx: Transaction, one: Appointment, decided: Event) -> ReminderLetter:
        person, service, today = PERSONS.get(tx, one.person_id), officers.service(tx), tx.clock.today()
        officer = OFFICERS.get(tx, decided.entered_by)
        phone = officer.phone or service.phone
        return ReminderLetter(
            sender=sender_of(service),
            recipient=recipient_of(tx, person, today),
            day=one.day,
            hour=hour_text(one.begins),
            missed=in_gender(template_of(kind_of(one.kind), one.where).missed, person.sex),
            parts=_parts(phone, self._next(tx, one.person_id), person.sex),
            signed_by=officer.signature(today),
            made_on=today,
        )

    def _next(self, tx: Transaction, person_id: UUID) -> str:
        """When and where the next appointment is; nothing while none is planned."""
        found = APPOINTMENTS.find(tx, person_id=person_id)
        today, now = tx.clock.today(), self._ground.minute()
        standing = rows.standings(tx, [one.id for one in found])
        ahead = [one for one in found if is_ahead(one, today, now) and standing[one.id] is Standing.PLANNED]
        if not ahead:
            return ""
        one = min(ahead, key=lambda one: (one.day, one.begins, one.id))
        said = f"le {dates.long(one.day)} à {hour_text(one.begins)}"
        address = "" if one.where in REMOTE else address_of(tx, one)
        return ", ".join(part for part in (said, place_name(tx, one), address) if part)


def _parts(phone: str, ahead: str, sex: str) -> tuple[tuple[str, str], ...]:
    """The parts of the list `reminder_letter` that have something to say, in their order."""
    known, found = {"phone": phone, "next": ahead}, []
    for entry in load("reminder_letter").entries:
        asked = [name for name in known if f"{{{name}}}" in entry.text("text")]
        words = entry.text("text") if all(known[name] for name in asked) else entry.text("silent")
        if words:
            found.append((entry.label, french_spaces(in_gender(words.format(**known), sex))))
    return tuple(found)
