"""What happens to a sheet: made ready and frozen, answered by the person, handed over, followed, cancelled."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from spip_desktop.db import codec, definition
from spip_desktop.db import event as events
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.definition import Definition
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.event import Event
from spip_desktop.domain.officer import Right
from spip_desktop.domain.prescription import Prescription, blocking
from spip_desktop.domain.prescription_states import (
    AGREEMENT,
    KIND,
    Agreement,
    SheetState,
    check_agreement,
    check_step,
)
from spip_desktop.domain.sheet import leaks
from spip_desktop.domain.text import clean
from spip_desktop.forms import fields as catalogue
from spip_desktop.forms import rules as rulesets
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_ground import Ground, read
from spip_desktop.services.prescription_paper import PrescriptionPaper
from spip_desktop.services.prescription_sheet import Sheet, limits, topics
from spip_desktop.services.situation import require_basis


class PrescriptionCourse:
    """Each method is one dated fact; nothing that was recorded is changed."""

    def __init__(self, context: Context, access: AccessService, papers: PrescriptionPaper) -> None:
        self._context, self._access, self._papers = context, access, papers

    def make_ready(self, prescription_id: UUID) -> Prescription:
        """Freeze the sheet, number it and issue its paper; Refusal with everything that is missing."""
        with self._writing("make_ready") as tx:
            before = self._prescription(tx, prescription_id)
            if before.is_frozen:
                raise Refusal("prescription_frozen")
            require_basis(tx, before.person_id)
            ground = read(tx, before, self._context.actor.officer)
            sheet, results = ground.sheet(), ground.results()
            words = sheet.words(topics())
            refuse_if_any([*blocking(before, limits(sheet.form), results, words), *_letterhead_problems(sheet, ground)])
            content = sheet.content()
            frozen = replace(
                before,
                ready_on=tx.clock.today(),
                ready_by=tx.actor_id,
                sheet_number=tx.ids.sheet_number(),
                answer_code=tx.ids.answer_code(),
                sheet=codec.to_json(content),
                conditions=results,
            )
            _keep_definitions(tx, sheet)
            PRESCRIPTIONS.save(tx, frozen)
            self._papers.issue(tx, frozen, content)
            tx.note(KIND, prescription_id)
            return frozen

    def note_agreement(
        self, prescription_id: UUID, answer: Agreement, on: date, *, read_aloud: bool = False, comment: str = ""
    ) -> None:
        """What the person answered on the signed paper, and when; noted again, the newest answer counts."""
        with self._writing("note_agreement") as tx:
            prescription = self._prescription(tx, prescription_id)
            check_agreement(prescription, events.of(tx, prescription_id), on, tx.clock.today())
            detail = {"answer": answer.value, "read_aloud": "oui" if read_aloud else "non"}
            _add(tx, prescription, AGREEMENT, on, comment, detail)
            tx.note(KIND, prescription_id)

    def hand_over(self, prescription_id: UUID, on: date, channel: str, recipient: str = "") -> None:
        """The sheet was given or sent; Refusal `agreement_needed` before a yes or a partial one (V14)."""
        self.note_state(
            prescription_id, SheetState.HANDED_OVER, on, detail={"channel": channel, "recipient": recipient}
        )

    def note_state(
        self,
        prescription_id: UUID,
        state: SheetState,
        on: date,
        *,
        comment: str = "",
        detail: Mapping[str, str] | None = None,
    ) -> None:
        """A further state as a dated fact; Refusal when it does not follow from the present one."""
        given = {key: clean(text).strip() for key, text in (detail or {}).items()}
        with self._writing(f"note_{state}") as tx:
            prescription = self._prescription(tx, prescription_id)
            check_step(prescription, events.of(tx, prescription_id), state, on, tx.clock.today(), given)
            _add(tx, prescription, state, on, comment, {key: text for key, text in given.items() if text})
            tx.note(KIND, prescription_id, given.get("reason", ""), str(prescription.partner_id or ""))

    def cancel(self, prescription_id: UUID, reason: str, on: date, comment: str = "") -> None:
        """Cancel a sheet that was ready, with its reason (list `cancel_reasons`); the paper stays kept."""
        self.note_state(prescription_id, SheetState.CANCELLED, on, comment=comment, detail={"reason": reason})

    # -- inside ----------------------------------------------------------------------------------------------

    def _writing(self, act: str) -> AbstractContextManager[Transaction]:
        self._context.actor.require(Right.WRITE_PRESCRIPTION)
        return self._context.store.transaction(self._context.actor, act)

    def _prescription(self, tx: Transaction, prescription_id: UUID) -> Prescription:
        prescription = PRESCRIPTIONS.get(tx, prescription_id)
        self._access.require(tx, prescription.person_id)
        return prescription


def _letterhead_problems(sheet: Sheet, ground: Ground) -> list[Problem]:
    """A neutral sheet is for the open, and says nothing of the service nor of justice."""
    letterhead = sheet.letterhead
    if ground.milieu and ground.milieu.value not in letterhead.milieux:
        return [Problem("letterhead_not_here", "letterhead")]
    if letterhead.neutral and not ground.parties.service.neutral_name.strip():
        return [Problem("neutral_name_missing", "letterhead")]
    found = leaks(sheet.content())
    return [Problem("neutral_leaks", "letterhead", {"words": ", ".join(found)})] if found else []


def _keep_definitions(tx: Transaction, sheet: Sheet) -> None:
    """The sheet, its fields and its rules as they are today: the record is read through them for ever."""
    known: tuple[Definition, ...] = (
        sheet.form.definition,
        catalogue.shipped().definition,
        rulesets.shipped(sheet.form.code).definition,
    )
    for one in known:
        definition.keep(tx, one.kind, one.code, one.version, one.content)


def _add(
    tx: Transaction, prescription: Prescription, code: str, on: date, comment: str, detail: Mapping[str, str]
) -> None:
    event = Event(
        id=tx.ids.new(),
        kind=KIND,
        object_id=prescription.id,
        person_id=prescription.person_id,
        code=str(code),
        happened_on=on,
        entered_at=_after_the_last(tx, prescription.id),
        entered_by=tx.actor_id,
        comment=clean(comment, lines=True).strip(),
        detail=detail,
    )
    events.add(tx, event)


def _after_the_last(tx: Transaction, object_id: UUID) -> datetime:
    """Now, or just after the last fact where the workstation's clock was set back: the order of entry holds."""
    latest = [event.entered_at + timedelta(microseconds=1) for event in events.of(tx, object_id)[-1:]]
    return max([tx.now, *latest])
