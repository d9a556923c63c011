"""Making an appointment, moving it, taking it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as rows
from spip_desktop.db import officer as officers
from spip_desktop.db import paper as papers
from spip_desktop.db.appointment import APPOINTMENTS, outcomes
from spip_desktop.db.person import ASSIGNMENTS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.agenda import is_away
from spip_desktop.domain.appointment import (
    KIND,
    Appointment,
    AppointmentKind,
    Around,
    Hour,
    Where,
    appointment_problems,
    appointment_warnings,
    minutes,
)
from spip_desktop.domain.appointment_states import AskedBy, EventCode, Standing, stand
from spip_desktop.domain.around import assignment_is_open
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.text import clean
from spip_desktop.services.appointment_ground import (
    AppointmentGround,
    LegalDay,
    legal_day,
    milieu_of,
    other_prison,
    usual_place,
)
from spip_desktop.services.appointment_lists import Options, kind_of, kinds
from spip_desktop.services.deadline import calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an officer may say of an appointment besides its kind, day and hour; None or empty: as the kind has it.

    `accepted`: the codes of the warnings that were read.
    """

    lasts: int | None = None
    where: Where | None = None
    place_id: UUID | None = None
    place_detail: str = ""
    officer_id: UUID | None = None
    bring: str | None = None
    late_reason: str = ""
    accepted: Collection[str] = ()


_AS_USUAL = Wish()


class AppointmentDraftService:
    """Each method is one act."""

    def __init__(self, ground: AppointmentGround) -> None:
        self._ground = ground

    def offered(self, person_id: UUID) -> Options:
        """Codes and labels of the kinds for where the person is today; those made inside for outside come last."""
        with self._ground.reading() as tx:
            self._ground.access.require(tx, person_id)
            milieu = milieu_of(tx, person_id)
        found = sorted((one for one in kinds().values() if milieu in one.milieux), key=lambda one: one.outside)
        return tuple((one.code, one.label) for one in found)

    def legal_day(self, person_id: UUID, kind: str) -> LegalDay | None:
        """The last day that a text allows for this kind."""
        with self._ground.reading() as tx:
            self._ground.access.require(tx, person_id)
            return legal_day(tx, person_id, kind_of(kind))

    def usual_place(self, person_id: UUID, where: Where, day: date) -> tuple[UUID | None, str]:
        """The place, or the address or the number, that goes without saying."""
        with self._ground.reading() as tx:
            self._ground.access.require(tx, person_id)
            return usual_place(tx, person_id, where, day)

    def start(self, person_id: UUID, kind: str, day: date, hour: Hour, wish: Wish = _AS_USUAL) -> UUID:
        """Make an appointment; returns its number.

        Refusals: `appointment_in_past`, `appointment_too_far`, `appointment_length`, `appointment_visit_hours`,
        `appointment_past_legal` (a reason is asked for), and each warning that was not accepted:
        `appointment_clash_person`, `appointment_clash_officer`, `appointment_officer_away`, `appointment_sunday`,
        `appointment_holiday`, `appointment_other_prison`.
        """
        with self._ground.writing("make_appointment") as tx:
            self._ground.access.require(tx, person_id)
            one = self._checked(tx, made(tx, person_id, kind, day, hour, wish), wish.accepted)
            rows.add(tx, one)
            tx.note(KIND, one.id)
            return one.id

    def move(
        self, appointment_id: UUID, day: date, hour: Hour, wish: Wish = _AS_USUAL, by: AskedBy = AskedBy.SERVICE
    ) -> UUID:
        """Another day or hour: a new appointment that names this one, which stays, moved. Refusals as `start`."""
        with self._ground.writing("move_appointment") as tx:
            before = self._planned(tx, appointment_id)
            if other_prison(tx, before):  # held elsewhere since: its place is theirs no longer
                before = replace(before, place_id=None, place_detail="")
            kept = Wish(
                lasts=wish.lasts or before.lasts,
                where=wish.where or before.where,
                place_id=wish.place_id or before.place_id,
                place_detail=wish.place_detail or before.place_detail,
                officer_id=wish.officer_id or before.officer_id,
                bring=before.bring if wish.bring is None else wish.bring,
                late_reason=wish.late_reason or before.late_reason,
            )
            moved = replace(made(tx, before.person_id, before.kind, day, hour, kept), replaces_id=before.id)
            one = self._checked(tx, moved, wish.accepted)
            rows.add(tx, one)
            rows.record(tx, before, EventCode.MOVED, tx.clock.today(), outcomes(), detail={"to": str(one.id), "by": by})
            tx.note(KIND, one.id)
            return one.id

    def cancel(self, appointment_id: UUID, reason: str = "", by: AskedBy = AskedBy.SERVICE) -> None:
        """It is called off, by the service or for the person, who warned in time."""
        with self._ground.writing("cancel_appointment") as tx:
            one = self._planned(tx, appointment_id)
            said = clean(reason).strip()
            rows.record(tx, one, EventCode.CANCELLED, tx.clock.today(), outcomes(), said, {"by": by})
            tx.note(KIND, one.id)

    def reopen(self, appointment_id: UUID) -> None:
        """Planned again: both lines stay."""
        with self._ground.writing("reopen_appointment") as tx:
            one = self._ground.appointment(tx, appointment_id)
            rows.record(tx, one, EventCode.REOPENED, tx.clock.today(), outcomes())
            tx.note(KIND, one.id)

    def bin(self, appointment_id: UUID) -> None:
        """One made by mistake, not printed, of which nothing happened yet; Refusal `appointment_has_facts` else."""
        with self._ground.writing("bin_appointment") as tx:
            one = self._ground.appointment(tx, appointment_id)
            if rows.facts(tx, [one.id])[one.id] or papers.of(tx, one.id):
                raise Refusal("appointment_has_facts")
            APPOINTMENTS.bin(tx, one.id)
            tx.note(KIND, one.id)

    def restore(self, appointment_id: UUID) -> None:
        with self._ground.writing("restore_appointment") as tx:
            one = self._ground.appointment(tx, appointment_id)
            APPOINTMENTS.restore(tx, one.id)
            tx.note(KIND, one.id)

    # -- inside ------------------------------------------------------------------------------------------------

    def _planned(self, tx: Transaction, appointment_id: UUID) -> Appointment:
        one = self._ground.appointment(tx, appointment_id)
        if stand(rows.facts(tx, [one.id])[one.id], outcomes()).standing is not Standing.PLANNED:
            raise Refusal("appointment_over")
        return one

    def _checked(self, tx: Transaction, one: Appointment, accepted: Collection[str]) -> Appointment:
        """The appointment with the warnings that were read; Refusal of what forbids it, then of those that were not."""
        refuse_if_any(appointment_problems(one, tx.clock.today()))
        told = warnings(tx, one)
        refuse_if_any(problem for problem in told if problem.code not in accepted)
        return replace(one, accepted=tuple(problem.code for problem in told))


def made(tx: Transaction, person_id: UUID, code: str, day: date, hour: Hour, wish: Wish) -> Appointment:
    """An appointment as it would be: what is not said goes with its kind and its person."""
    kind = kind_of(code)
    where = wish.where or kind.where
    place_id, detail = usual_place(tx, person_id, where, day)
    legal = legal_day(tx, person_id, kind)
    return Appointment(
        id=tx.ids.new(),
        person_id=person_id,
        kind=code,
        milieu=Milieu.OPEN if kind.outside else milieu_of(tx, person_id),
        day=day,
        begins=minutes(hour),
        lasts=kind.lasts if wish.lasts is None else wish.lasts,
        where=where,
        place_id=wish.place_id or place_id,
        place_detail=clean(wish.place_detail).strip() or detail,
        officer_id=wish.officer_id or receiver(tx, person_id, tx.actor_id, kind),
        bring=kind.bring if wish.bring is None else clean(wish.bring).strip(),
        legal_until=legal.day if legal else None,
        late_reason=clean(wish.late_reason).strip(),
        made_on=tx.clock.today(),
    )


def warnings(tx: Transaction, one: Appointment) -> Sequence[Problem]:
    """What deserves a look once about this appointment, among those of that day."""
    others = [other for other in rows.between(tx, one.day, one.day) if other.id != one.replaces_id]
    at = rows.standings(tx, [other.id for other in others])
    absences = rows.absences(tx, one.day, one.day, one.officer_id)
    around = Around(
        others=[other for other in others if at[other.id] is Standing.PLANNED],
        officer_away=is_away(absences, one.officer_id, one.day, one.begins, one.ends),
        calendar=calendar(tx),
        other_prison=other_prison(tx, one),
    )
    return appointment_warnings(one, kind_of(one.kind), around)


def receiver(tx: Transaction, person_id: UUID, officer_id: UUID, kind: AppointmentKind) -> UUID:
    """Who follows the person today, the officer at work first: a secretariat makes the appointments of others.

    A kind that the DPIP holds is theirs, where the service has one and one only.
    """
    director = officers.only_dpip(tx) if kind.by_dpip else None
    if director:
        return director.id
    today = tx.clock.today()
    open_ = [one for one in ASSIGNMENTS.find(tx, person_id=person_id) if assignment_is_open(one, today)]
    followers = [one.officer_id for one in sorted(open_, key=lambda one: (one.starts, one.id))]
    return officer_id if not followers or officer_id in followers else followers[-1]
