"""What happens to a sheet: made ready and frozen, answered by the person, handed over, followed, cancelled."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.db import codec
from spip_desktop.db import event as events
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.disclosure import lowered
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.prescription import Prescription, blocking
from spip_desktop.domain.prescription_states import (
    AGREEMENT,
    KIND,
    REPLACED_AMENDED,
    Agreement,
    SheetState,
    check_accepted,
    check_agreement,
    check_step,
    may_amend,
)
from spip_desktop.domain.sheet import leaks, with_scan
from spip_desktop.domain.text import NBSP, clean
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_amendment import amended, amendment_problems, held_before, in_preparation
from spip_desktop.services.prescription_edition import amendment, next_edition, printed_ticks, why_replaced
from spip_desktop.services.prescription_facts import add_fact
from spip_desktop.services.prescription_ground import Ground, read
from spip_desktop.services.prescription_paper import PrescriptionPaper
from spip_desktop.services.prescription_plan import redirect_action
from spip_desktop.services.prescription_sheet import Sheet, limits, reference_label, topics, usable
from spip_desktop.services.situation import require_basis

#: Facts by which the partner learns something; the journal then names the partner.
_TELLING = frozenset({SheetState.HANDED_OVER, SheetState.PARTNER_TOLD})


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
            words, content = sheet.words(topics()), amended(tx, before, sheet.content())
            problems = blocking(before, limits(sheet.form), results, words) + amendment_problems(content)
            refuse_if_any([*problems, *_partner_problems(ground), *_letterhead_problems(sheet, ground)])
            code = tx.ids.answer_code()
            content = with_scan(content, code)
            frozen = replace(
                ground.definitions.cited_by(before),
                ready_on=tx.clock.today(),
                ready_by=tx.actor_id,
                sheet_number=tx.ids.sheet_number(),
                answer_code=code,
                sheet=codec.to_json(content),
                conditions=results,
            )
            ground.definitions.keep(tx)
            PRESCRIPTIONS.save(tx, frozen)
            self._papers.issue(tx, frozen, content)
            tx.note(KIND, prescription_id)
            return frozen

    def note_agreement(
        self,
        prescription_id: UUID,
        answer: Agreement,
        on: date,
        *,
        read_aloud: bool = False,
        comment: str = "",
        accepted: Sequence[str] = (),
    ) -> None:
        """What the person answered on the signed paper, and when; noted again, the newest answer counts.

        `accepted` are the ticks kept by an « en partie »; Refusal `partial_is_all` when nothing is left out.
        """
        with self._writing("note_agreement") as tx:
            prescription = self._prescription(tx, prescription_id)
            check_agreement(prescription, events.of(tx, prescription_id), on, tx.clock.today())
            detail = {"answer": answer.value, "read_aloud": "oui" if read_aloud else "non"}
            if answer is Agreement.PARTIAL:
                detail["accepted"] = self._accepted(tx, prescription, accepted)
            add_fact(tx, prescription, AGREEMENT, on, comment, detail)
            tx.note(KIND, prescription_id)

    def _accepted(self, tx: Transaction, prescription: Prescription, accepted: Sequence[str]) -> str:
        asked = [one.code for one in printed_ticks(read(tx, prescription, self._context.actor.officer))]
        check_accepted(frozenset(accepted), frozenset(asked))
        return " ".join(code for code in asked if code in accepted)

    def prepare_edition(self, prescription_id: UUID) -> UUID:
        """A draft with only what is accepted, or for the law as it is now; the sheet it replaces is cancelled.

        Refusal `nothing_to_replace` while the sheet may be handed over as it is.
        """
        with self._writing("prepare_edition") as tx:
            before = self._prescription(tx, prescription_id)
            ground = read(tx, before, self._context.actor.officer)
            why = why_replaced(ground)
            if not why:
                raise Refusal("nothing_to_replace")
            require_basis(tx, before.person_id)
            new = next_edition(ground, tx.ids)
            PRESCRIPTIONS.save(tx, new)
            today = tx.clock.today()
            add_fact(tx, before, SheetState.CANCELLED, today, "", {"reason": why, "replaced_by": str(new.id)})
            tx.note(KIND, prescription_id, _reason(SheetState.CANCELLED, why))
            return new.id

    def amend(self, prescription_id: UUID, reason: str, comment: str = "") -> UUID:
        """A draft that will replace what the partner holds (reason of list `amendment_reasons`); begun once only.

        The partner goes on with the version held until the new one is handed over. Refusal `amend_not_now`.
        """
        with self._writing("start_amendment") as tx:
            before = self._prescription(tx, prescription_id)
            if not reason:
                raise Refusal("required", "reason")
            if not may_amend(before, events.of(tx, prescription_id)):
                raise Refusal("amend_not_now")
            begun = in_preparation(tx, before)
            if begun:
                return begun.id
            require_basis(tx, before.person_id)
            ground = read(tx, before, self._context.actor.officer)
            new = amendment(ground, tx.ids, reason, clean(comment, lines=True).strip())
            PRESCRIPTIONS.save(tx, new)
            tx.note(KIND, new.id, reference_label("amendment_reasons", reason))
            return new.id

    def hand_over(self, prescription_id: UUID, on: date, channel: str, recipient: str = "") -> None:
        """The sheet was given or sent; Refusal `agreement_needed` before a yes (V14).

        Refusals: `partial_agreement` after « en partie »; `legal_ground_lost` when the paper cites a law that does
        not apply on that day.
        """
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
        given = {key: clean(text, lines=True).strip() for key, text in (detail or {}).items()}
        with self._writing(f"note_{state}") as tx:
            prescription = self._prescription(tx, prescription_id)
            check_step(prescription, events.of(tx, prescription_id), state, on, tx.clock.today(), given)
            if state is SheetState.HANDED_OVER:
                self._check_ground(tx, prescription, on)
                _end_the_one_before(tx, prescription, on)
            add_fact(tx, prescription, state, on, comment, {key: text for key, text in given.items() if text})
            if state is SheetState.REFUSED:
                redirect_action(tx, prescription, on, _refusal_words(tx, prescription, given["reason"]))
            told = str(prescription.partner_id or "") if state in _TELLING else ""
            tx.note(KIND, prescription_id, _reason(state, given.get("reason", "")), told)

    def cancel(self, prescription_id: UUID, reason: str, on: date, comment: str = "", *, tells: str = "") -> None:
        """Cancel a sheet that was ready: its reason (list `cancel_reasons`), who tells the person (list `who_tells`).

        The paper stays kept.
        """
        detail = {"reason": reason, "tells": tells}
        self.note_state(prescription_id, SheetState.CANCELLED, on, comment=comment, detail=detail)

    def withdraw(self, prescription_id: UUID, on: date, comment: str = "") -> None:
        """The person takes the agreement back for the future; the partner is then to be told."""
        self.note_state(prescription_id, SheetState.WITHDRAWN, on, comment=comment)

    # -- inside ----------------------------------------------------------------------------------------------

    def _check_ground(self, tx: Transaction, prescription: Prescription, on: date) -> None:
        """The law that the paper cites is looked at again on the day it leaves."""
        if read(tx, prescription, self._context.actor.officer, on).lost_its_ground:
            raise Refusal("legal_ground_lost", "happened_on")

    def _writing(self, act: str) -> AbstractContextManager[Transaction]:
        self._context.actor.require(Right.WRITE_PRESCRIPTION)
        return self._context.store.transaction(self._context.actor, act)

    def _prescription(self, tx: Transaction, prescription_id: UUID) -> Prescription:
        prescription = PRESCRIPTIONS.get(tx, prescription_id)
        self._access.require(tx, prescription.person_id)
        return prescription


def _end_the_one_before(tx: Transaction, new: Prescription, on: date) -> None:
    """The partner holds the new version from now on: the one before is cancelled on the same day."""
    held = held_before(tx, new) if new.amendment_reason else None
    if held and may_amend(held, events.of(tx, held.id)):
        detail = {"reason": REPLACED_AMENDED, "replaced_by": str(new.id)}
        add_fact(tx, held, SheetState.CANCELLED, on, "", detail)


def _partner_problems(ground: Ground) -> list[Problem]:
    """The partner may have closed since it was chosen, or changed its kind or nature: other fields would be read.

    A new version of what a partner holds still goes to it.
    """
    partner, service = ground.parties.partner, ground.parties.partner_service
    if partner and not partner.offered_on(ground.today) and not ground.prescription.amendment_reason:
        return [Problem("partner_not_offered", "service_id", {"name": partner.name})]
    if partner and service and not ground.is_for(partner, service):
        return [Problem("partner_not_for_sheet", "service_id")]
    return []


def _letterhead_problems(sheet: Sheet, ground: Ground) -> list[Problem]:
    """A neutral sheet is for the open, and says nothing of the service nor of justice."""
    letterhead = sheet.letterhead
    if not usable(letterhead, ground.milieu):
        return [Problem("letterhead_not_here", "letterhead")]
    if letterhead.neutral and not ground.parties.service.neutral_name.strip():
        return [Problem("neutral_name_missing", "letterhead")]
    found = leaks(sheet.content())
    return [Problem("neutral_leaks", "letterhead", {"words": ", ".join(found)})] if found else []


def _refusal_words(tx: Transaction, prescription: Prescription, reason: str) -> str:
    """« Refus de Mission locale : plus de place », as the plan keeps it beside its action."""
    partner = PARTNERS.get(tx, prescription.partner_id).name if prescription.partner_id else "partenaire"
    return f"Refus de {partner}{NBSP}: {lowered(reference_label('refusal_reasons', reason))}"


def _reason(state: SheetState, code: str) -> str:
    """The reason as the list names it: the journal is read by people."""
    kind = {SheetState.CANCELLED: "cancel_reasons", SheetState.REFUSED: "refusal_reasons"}.get(state)
    return reference_label(kind, code) if kind else code
