"""What comes back from a partner: the sheet found by its code, the answer keyed in, what a bilan may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from spip_desktop.db import codec
from spip_desktop.db import event as events
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.ids import read_answer_code, read_sheet_number
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep_review import ReviewCause
from spip_desktop.domain.pacep_states import EventCode
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import SheetState, state_of
from spip_desktop.domain.sheet import SheetContent
from spip_desktop.domain.sheet_answer import AnswerField, checked_all, fields_of
from spip_desktop.domain.text import NBSP
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_course import PrescriptionCourse
from spip_desktop.services.prescription_plan import plan_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSheet:
    """The sheet of a code, whose it is and to whom it went."""

    prescription_id: UUID
    person_id: UUID
    name: str
    partner: str
    state: SheetState


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the partner told: how it is known (list `known_by`), who said it, what the state asks, the bilan.

    `result` is for the objective of the plan (list `objective_results`); `answers` those of the sheet, by their code.
    """

    known_by: str = ""
    said_by: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    result: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""


class PrescriptionReturn:
    """Nothing here changes the plan by itself: a bilan lets the officer propose that it be looked at again."""

    def __init__(self, context: Context, access: AccessService, course: PrescriptionCourse) -> None:
        self._context, self._access, self._course = context, access, course

    def find(self, typed: str) -> tuple[FoundSheet, ...]:
        """The sheets of the answer code or the number typed or scanned, in the dossiers open to this officer."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        code, number = read_answer_code(typed), read_sheet_number(typed)
        found = []
        with self._context.store.reading() as tx:
            sheets = PRESCRIPTIONS.find(tx, answer_code=code) if code else []
            sheets += PRESCRIPTIONS.find(tx, sheet_number=number) if number else []
            for one in sheets:
                try:
                    self._access.require(tx, one.person_id)
                except Refusal:
                    continue
                found.append(_found(tx, one))
        return tuple(found)

    def fields(self, prescription_id: UUID) -> tuple[AnswerField, ...]:
        """What the paper of this sheet asks the partner, in its order; nothing where it asks for no answer."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            return answer_fields(self._prescription(tx, prescription_id))

    def note(self, prescription_id: UUID, state: SheetState, on: date, told: Told) -> None:
        """One dated fact from the partner; Refusal with every answer that cannot be kept.

        A bilan of a sheet that serves an objective says what came of it: Refusal `choose_one` on `result`.
        """
        self._context.actor.require(Right.WRITE_PRESCRIPTION)
        detail = {**told.detail, "known_by": told.known_by, "said_by": told.said_by}
        if state is SheetState.REPORTED:
            with self._context.store.reading() as tx:
                prescription = self._prescription(tx, prescription_id)
            found = checked_all(answer_fields(prescription), told.answers, self._context.clock.today())
            missing = [] if told.result or not prescription.objective_lineage else [Problem("choose_one", "result")]
            refuse_if_any([*missing, *found.problems])
            detail |= {"result": told.result, **found.values}
        self._course.note_state(prescription_id, state, on, comment=told.comment, detail=detail)

    # -- what a bilan may change -----------------------------------------------------------------------------

    def plan_to_review(self, prescription_id: UUID) -> UUID | None:
        """The plan in force that a bilan concerns and whose review was not proposed since; None otherwise."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            prescription = self._prescription(tx, prescription_id)
            report = last(events.of(tx, prescription_id), SheetState.REPORTED)
            found = plan_in_force(tx, prescription) if report else None
            if report is None or found is None or _proposed_since(found[1], report):
                return None
            return found[0].id

    def review_reason(self, prescription_id: UUID) -> tuple[ReviewCause, str]:
        """Why the plan is to be looked at again, as the act of the plan writes it: no word of the bilan itself."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            prescription = self._prescription(tx, prescription_id)
            report = last(events.of(tx, prescription_id), SheetState.REPORTED)
            name = _partner_name(tx, prescription)
        day = f" du {dates.short(report.happened_on)}" if report else ""
        return ReviewCause.REPORT, f"Bilan{day}{NBSP}: {name}"

    def _prescription(self, tx: Transaction, prescription_id: UUID) -> Prescription:
        prescription = PRESCRIPTIONS.get(tx, prescription_id)
        self._access.require(tx, prescription.person_id)
        return prescription


def answer_fields(prescription: Prescription) -> tuple[AnswerField, ...]:
    """The fields of the frozen sheet, as its paper asked them; nothing of a draft."""
    if not prescription.sheet:
        return ()
    answer = codec.from_json(SheetContent, prescription.sheet).answer
    return fields_of(answer) if answer else ()


def _proposed_since(facts: tuple[Event, ...], report: Event) -> bool:
    """Whether the review was already advanced for a bilan noted no later than this one."""
    mine = [one for one in facts if one.code == EventCode.REVIEW_ADVANCED]
    return any(one.detail["cause"] == ReviewCause.REPORT and one.entered_at >= report.entered_at for one in mine)


def _found(tx: Transaction, prescription: Prescription) -> FoundSheet:
    return FoundSheet(
        prescription_id=prescription.id,
        person_id=prescription.person_id,
        name=PERSONS.get(tx, prescription.person_id).display_name,
        partner=_partner_name(tx, prescription),
        state=state_of(prescription, events.of(tx, prescription.id)),
    )


def _partner_name(tx: Transaction, prescription: Prescription) -> str:
    return PARTNERS.get(tx, prescription.partner_id).name if prescription.partner_id else "partenaire"
