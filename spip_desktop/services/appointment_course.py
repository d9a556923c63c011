"""What happens to an appointment: handed over, whether the person came, what was answered to an absence."""

from datetime import date
from uuid import UUID

from spip_desktop.db import appointment as rows
from spip_desktop.db.appointment import outcomes
from spip_desktop.domain.appointment import KIND
from spip_desktop.domain.appointment_states import (
    Answer,
    EventCode,
    answer_problems,
    is_missed,
    outcome_problems,
)
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.reference import load
from spip_desktop.services.appointment_ground import AppointmentGround


class AppointmentCourseService:
    """Each fact is added; a correction is a second line."""

    def __init__(self, ground: AppointmentGround) -> None:
        self._ground = ground

    def hand_over(self, appointment_id: UUID, how: str, on: date) -> None:
        """How the person got the convocation, and when. Refusals `choose_one`, `date_in_future`."""
        with self._ground.writing("hand_over_convocation") as tx:
            one = self._ground.appointment(tx, appointment_id)
            if load("handing_ways").get(how) is None:
                raise Refusal("choose_one", "how")
            if on > tx.clock.today():
                raise Refusal("date_in_future", "happened_on")
            rows.record(tx, one, EventCode.HANDED, on, outcomes(), detail={"how": how})
            tx.note(KIND, one.id)

    def note_outcome(self, appointment_id: UUID, outcome: str, *, until: date | None = None, comment: str = "") -> None:
        """Whether the person came (code of `appointment_outcomes`); noted again, it corrects and keeps both lines.

        `until`: the day a proof is awaited for. Refusals: `outcome_ahead`, `choose_one`, `outcome_proof_day`.
        """
        with self._ground.writing("note_appointment_outcome") as tx:
            one = self._ground.appointment(tx, appointment_id)
            kind = outcomes().get(outcome)
            refuse_if_any(outcome_problems(one, kind, until, tx.clock.today(), self._ground.minute()))
            detail = {"outcome": outcome} | ({"until": until.isoformat()} if until else {})
            rows.record(tx, one, EventCode.OUTCOME, one.day, outcomes(), clean(comment).strip(), detail)
            tx.note(KIND, one.id)

    def answer(
        self, appointment_id: UUID, answer: Answer, on: date, *, until: date | None = None, reason: str = ""
    ) -> None:
        """An answer to an absence; others may follow it, from a call to a report.

        Not to act is a decision, with its reason and the day it is looked at again.

        Refusals: `answer_no_absence`, `answer_before_absence`, `date_in_future`, `reason_needed`, `todo_day_ahead`.
        """
        self._ground.context.actor.require(Right.DECIDE)
        with self._ground.writing("answer_absence") as tx:
            one = self._ground.appointment(tx, appointment_id)
            said, today = clean(reason, lines=True).strip(), tx.clock.today()
            missed = is_missed(rows.facts(tx, [one.id])[one.id], outcomes())
            refuse_if_any(answer_problems(one, answer, on, until, said, today, missed=missed))
            detail = {"answer": str(answer)} | ({"until": until.isoformat()} if until else {})
            rows.record(tx, one, EventCode.ANSWER, on, outcomes(), said, detail)
            tx.note(KIND, one.id)
