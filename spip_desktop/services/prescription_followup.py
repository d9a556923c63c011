"""Silent partners: who has waited longer than the rules of the service give, one letter a partner, then the DPIP."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.db import codec, paper
from spip_desktop.db import event as events
from spip_desktop.db import officer as officers
from spip_desktop.db.among import these
from spip_desktop.db.followed import followed
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.prescription import PRESCRIPTIONS, reminded_persons
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.event import last
from spip_desktop.domain.follow_up import PartnerLetter, SilentPartner, SilentSheet
from spip_desktop.domain.officer import Right
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.partner import Partner
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import KIND, REMINDER, SheetState, reminded_on
from spip_desktop.domain.sheet import Letterhead, SheetContent
from spip_desktop.domain.text import NBSP, fold
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.deadline import reckoning
from spip_desktop.services.prescription_facts import add_fact
from spip_desktop.services.printing import Printable
from spip_desktop.services.todo_sources import Ground, ground, prescriptions

LETTER = "partner_letter"
TITLE = "Lettre de relance"
#: The days that a silence counts from, among those that the rules know of a sheet.
_FIRST, _AGAIN = frozenset({"remise", "bilan_attendu"}), frozenset({"relance"})


class PrescriptionFollowUp:
    """How long each kind of partner is given is a rule of « À traiter »; the letter is noted on each of its sheets."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def silent(self) -> tuple[SilentPartner, ...]:
        """Who owes an answer for the persons that this officer follows; a DPIP sees every second silence."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            found = _silent(tx, ground(tx, followed(tx, self._access.reach(tx))), _FIRST | _AGAIN)
            if self._context.actor.may(Right.VISA):
                known = {one.id for one in found}
                beyond = _silent(tx, ground(tx, these(reminded_persons(tx))), _AGAIN)
                found += [one for one in beyond if one.id not in known]
            return _by_partner(tx, found)

    def make_letter(self, partner_id: UUID) -> Printable:
        """One letter with every silent sheet of this partner that a letter may name, noted on each of them.

        Refusal `nobody_silent` when there is none.
        """
        self._context.actor.require(Right.PRINT)
        self._context.actor.require(Right.WRITE_PRESCRIPTION)
        with self._context.store.transaction(self._context.actor, "remind_partner") as tx:
            among = followed(tx, self._access.reach(tx))
            found = _by_partner(tx, _silent(tx, ground(tx, among), _FIRST))
            sheets = next((one.for_letter for one in found if one.partner_id == partner_id), ())
            if not sheets:
                raise Refusal("nobody_silent")
            issued = self._issue(tx, PARTNERS.get(tx, partner_id), sheets)
            for one in sheets:
                sheet = PRESCRIPTIONS.get(tx, one.id)
                add_fact(tx, sheet, REMINDER, issued.issued_on, detail={"letter": str(issued.id)})
                tx.note(KIND, one.id, recipient=str(partner_id))
        return _printable(issued)

    def last_letter(self, partner_id: UUID) -> Printable | None:
        """The bytes of the newest letter to this partner, to print again."""
        self._context.actor.require(Right.PRINT)
        with self._context.store.reading() as tx:
            letters = [one for one in paper.of(tx, partner_id) if one.kind == LETTER]
        return _printable(letters[-1]) if letters else None

    def _issue(self, tx: Transaction, partner: Partner, sheets: Sequence[SilentSheet]) -> IssuedDocument:
        from spip_desktop.documents.partner_letter import render  # reportlab: not before the first paper

        today = tx.clock.today()
        officer, service = self._context.actor.officer, officers.service(tx)
        answer_to = officer.email or service.email
        phone = officer.phone or service.phone
        head = Letterhead(
            heading="De la part de",
            name=f"{service.name}, {service.branch}",
            lines=_filled(officer.signature(today), f"Ligne directe{NBSP}: {phone}" if phone else "", answer_to),
        )
        letter = PartnerLetter(
            sender=head, recipient=_address(partner), day=today, sheets=tuple(sheets), answer_to=answer_to
        )
        return paper.issue(
            tx,
            kind=LETTER,
            object_id=partner.id,
            person_id=None,
            title=TITLE,
            content=render(letter, demo=self._context.demonstration),
        )


def _silent(tx: Transaction, given: Ground, triggers: frozenset[str]) -> list[SilentSheet]:
    """The sheets of these dossiers whose partner is past the day, by the rules of the service."""
    found: dict[UUID, date] = {}
    for one in reckoning(tx).of(prescriptions(given)):
        if one.rule.trigger in triggers and one.due <= given.today:
            found[one.facts.id] = min(one.due, found.get(one.facts.id, one.due))
    return [_sheet(tx, id_, due) for id_, due in found.items()]


def _sheet(tx: Transaction, prescription_id: UUID, due: date) -> SilentSheet:
    sheet = PRESCRIPTIONS.get(tx, prescription_id)
    facts = events.of(tx, sheet.id)
    handed = last(facts, SheetState.HANDED_OVER)
    return SilentSheet(
        id=sheet.id,
        person_id=sheet.person_id,
        person=PERSONS.get(tx, sheet.person_id).display_name,
        number=sheet.sheet_number,
        answer_code=sheet.answer_code,
        handed_on=handed.happened_on if handed else sheet.drafted_on,
        due=due,
        report_wanted_by=sheet.report_wanted_by,
        reminded_on=reminded_on(facts),
        by_letter=not codec.from_json(SheetContent, sheet.sheet).neutral,
    )


def _by_partner(tx: Transaction, found: Sequence[SilentSheet]) -> tuple[SilentPartner, ...]:
    partners: dict[UUID, SilentPartner] = {}
    for one in sorted(found, key=lambda sheet: (sheet.due, sheet.id)):
        partner_id = _partner_of(PRESCRIPTIONS.get(tx, one.id))
        known = partners.get(partner_id) or SilentPartner(
            partner_id=partner_id, name=PARTNERS.get(tx, partner_id).name, sheets=()
        )
        partners[partner_id] = replace(known, sheets=(*known.sheets, one))
    return tuple(sorted(partners.values(), key=lambda one: fold(one.name)))


def _partner_of(sheet: Prescription) -> UUID:
    assert sheet.partner_id is not None, "a sheet that was handed over has a partner"
    return sheet.partner_id


def _address(partner: Partner) -> Letterhead:
    lines = _filled(partner.address, partner.complement, f"{partner.postal_code} {partner.city}".strip())
    return Letterhead(heading="À l’attention de", name=partner.name, lines=lines)


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _printable(issued: IssuedDocument) -> Printable:
    return Printable(title=TITLE, content=issued.content, kind=LETTER, object_id=issued.object_id, issued_id=issued.id)
