"""The note of an interview: begun, written as one types, arrêtée; then completed, never changed."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from spip_desktop.db import event as events
from spip_desktop.db.appointment import APPOINTMENTS
from spip_desktop.db.interview import INTERVIEWS, of_person
from spip_desktop.db.person import PERSONS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.interview import (
    KIND,
    PARTS,
    EventCode,
    Interview,
    closing_problems,
    draft_problems,
    require_own_draft,
)
from spip_desktop.domain.officer import Right
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.text import clean
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.appointment_lists import wheres
from spip_desktop.services.context import Context
from spip_desktop.services.lines import Saved, cleaned

#: What its author types; the rest is written by the acts.
_TYPED = frozenset({"held_on", "starts_at", "duration", "kind", "place", "present", "means", "fields", "objectives"})


class InterviewWritingService:
    """Each method is one act. A draft is its author's; once arrêtée, whoever writes interviews may complete it."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def begin(self, person_id: UUID, appointment_id: UUID | None = None) -> UUID:
        """Today's draft of this officer with this person, or a new one, dated now.

        Of an appointment: the note it has, else one dated as it was held. Refusals `not_found`, `date_in_future`.
        """
        self._context.actor.require(Right.WRITE_INTERVIEW)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            about = _appointment(tx, person_id, appointment_id) if appointment_id else None
            begun = self._begun(tx, of_person(tx, person_id), about)
        if begun is not None and (about is None or begun.appointment_id == about.id):
            return begun.id
        with self._context.store.transaction(self._context.actor, "start_interview") as tx:
            PERSONS.get(tx, person_id)
            self._access.require(tx, person_id)
            made = _of(begun or self._new(tx, person_id), about)
            refuse_if_any(draft_problems(made, tx.clock.today()))
            INTERVIEWS.save(tx, made)
            tx.note(KIND, made.id)
            return made.id

    def save_fields(self, interview_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save the fields that changed; those that cannot be accepted come back with why."""
        if unknown := changes.keys() - _TYPED - set(PARTS):
            raise KeyError(unknown)
        self._context.actor.require(Right.WRITE_INTERVIEW)
        with self._context.store.transaction(self._context.actor, AUTOSAVE) as tx:
            before = INTERVIEWS.stored(tx, interview_id)
            self._own_draft(tx, before.value)
            wanted, refused = cleaned(Interview, {name: changes[name] for name in _TYPED & changes.keys()})
            wanted |= {part: clean(str(changes[part]), lines=True).strip() for part in PARTS if part in changes}
            found = change(before.value, wanted, lambda one: draft_problems(one, tx.clock.today()))
            refused += found.refused
            if found.value == before.value:
                return Saved(tx.now, before.lock, refused)
            INTERVIEWS.save(tx, found.value, lock=lock)
            tx.note(KIND, interview_id)
            return Saved(tx.now, before.lock + 1, refused)

    def bin(self, interview_id: UUID) -> None:
        """Put a draft in the bin; « Annuler » is `restore`."""
        self._context.actor.require(Right.WRITE_INTERVIEW)
        with self._context.store.transaction(self._context.actor, "bin_interview") as tx:
            self._own_draft(tx, INTERVIEWS.get(tx, interview_id))
            INTERVIEWS.bin(tx, interview_id)
            tx.note(KIND, interview_id)

    def restore(self, interview_id: UUID) -> None:
        self._context.actor.require(Right.WRITE_INTERVIEW)
        with self._context.store.transaction(self._context.actor, "restore_interview") as tx:
            self._own_draft(tx, INTERVIEWS.get(tx, interview_id))
            INTERVIEWS.restore(tx, interview_id)
            tx.note(KIND, interview_id)

    def close(self, interview_id: UUID) -> None:
        """Freeze the note; Refusal with what it lacks."""
        self._context.actor.require(Right.WRITE_INTERVIEW)
        with self._context.store.transaction(self._context.actor, "close_interview") as tx:
            draft = INTERVIEWS.get(tx, interview_id)
            self._own_draft(tx, draft)
            today = tx.clock.today()
            refuse_if_any([*closing_problems(draft), *draft_problems(draft, today)])
            INTERVIEWS.save(tx, replace(draft, closed_on=today))
            tx.note(KIND, interview_id)

    def complete(self, interview_id: UUID, text: str) -> None:
        """Add words to a note that is arrêtée, with today's date and one's name: both stay, for good.

        Refusals `interview_close_first`, `required`.
        """
        self._context.actor.require(Right.WRITE_INTERVIEW)
        with self._context.store.transaction(self._context.actor, "complete_interview") as tx:
            interview = INTERVIEWS.get(tx, interview_id)
            self._access.require(tx, interview.person_id)
            if not interview.is_closed:
                raise Refusal("interview_close_first")
            words = clean(text, lines=True).strip()
            if not words:
                raise Refusal("required", "text")
            events.record(tx, KIND, interview_id, interview.person_id, EventCode.ADDITION, tx.clock.today(), words)
            tx.note(KIND, interview_id)

    def _own_draft(self, tx: Transaction, interview: Interview) -> None:
        self._access.require(tx, interview.person_id)
        require_own_draft(interview, self._context.officer_id)

    def _begun(self, tx: Transaction, before: list[Interview], about: Appointment | None) -> Interview | None:
        """The note of the appointment; else today's draft, unless it is of another appointment."""
        if about:
            of_it = next((one for one in before if one.appointment_id == about.id), None)
            if of_it or about.day != tx.clock.today():
                return of_it
        drafts = (one for one in before if self._is_today(tx, one))
        return next((one for one in drafts if about is None or one.appointment_id is None), None)

    def _new(self, tx: Transaction, person_id: UUID) -> Interview:
        """Dated now, of the usual kind and place."""
        return Interview(
            id=tx.ids.new(),
            person_id=person_id,
            author_id=tx.actor_id,
            held_on=tx.clock.today(),
            starts_at=tx.clock.local().strftime("%H:%M"),
            kind=_flagged("interview_kinds", "usual" if of_person(tx, person_id) else "first"),
            place=_flagged("interview_places", "usual_custody" if _held(tx, person_id) else "usual"),
        )

    def _is_today(self, tx: Transaction, one: Interview) -> bool:
        mine = one.author_id == self._context.officer_id
        return mine and not one.is_closed and one.held_on == tx.clock.today()


def _appointment(tx: Transaction, person_id: UUID, appointment_id: UUID) -> Appointment:
    found = APPOINTMENTS.get(tx, appointment_id)
    if found.person_id != person_id:
        raise Refusal("not_found")
    return found


def _of(note: Interview, about: Appointment | None) -> Interview:
    """The note with the day, the hour and the place of its appointment."""
    if about is None:
        return note
    hour, minute = divmod(about.begins, 60)
    return replace(
        note,
        held_on=about.day,
        starts_at=f"{hour:02d}:{minute:02d}",
        place=wheres()[about.where].noted,
        appointment_id=about.id,
    )


def _held(tx: Transaction, person_id: UUID) -> bool:
    custody = current_custody(CUSTODIES.find(tx, person_id=person_id), tx.clock.today())
    return custody is not None and custody.hosted


def _flagged(catalogue: str, flag: str) -> str:
    """The code that a list marks as the usual one; nothing where it marks none."""
    return next((one.code for one in load(catalogue).entries if one.flag(flag)), "")
