"""To whom a new sheet may go, and which sheet that makes: by the kind of the service and the nature of its partner."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import situation as rows
from spip_desktop.db.partner import offered
from spip_desktop.db.person import ADDRESSES
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import Partner, PartnerService
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.text import fold
from spip_desktop.forms.sheet import SheetForm
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.prescription_definitions import forms_for
from spip_desktop.services.prescription_needs import Thought, thoughts


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One service that may be written to, with its sheet, made for its kind or not (`own`).

    `why` it is likely for this person; `thought`, what the service's table says for the need that the sheet serves;
    `named`: the action that the sheet serves names its kind or its partner.
    """

    service_id: UUID
    partner_id: UUID
    partner: str
    service: str
    kind: str
    city: str
    why: str
    sheet: str
    title: str
    own: bool
    thought: Thought | None = None
    named: bool = False

    def matches(self, typed: str) -> bool:
        """Whether every word typed begins a word of the partner, its kind, its town or the sheet."""
        words = fold(" ".join((self.partner, self.service, self.kind, self.city, self.title))).split()
        return all(any(word.startswith(start) for word in words) for start in fold(typed).split())


class PrescriptionOffers:
    """Reading only; starting the sheet is an act of the draft."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def to(self, person_id: UUID, pacep_id: UUID | None = None, action_lineage: UUID | None = None) -> list[Offer]:
        """Every service of a partner offered today with its sheet.

        First those that the service thinks of for the need of this action, then the likely ones for this person; in
        each, those that the action names.
        """
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            prison, codes = _where(tx, person_id)
            table = thoughts(tx, self._context.actor, pacep_id, action_lineage)
            said = fold(table.action)
            found = [
                _offer(partner, service, form, _why(service, prison, codes), table.about(partner.id, service.id), said)
                for partner in offered(tx)
                for service in partner.services
                for form in made_for(tx, partner, service)
            ]
        return sorted(found, key=_likely_first)

    def for_draft(self, prescription_id: UUID) -> list[Offer]:
        """The same for a draft whose partner changes: what it serves stays."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        with self._context.store.reading() as tx:
            draft = PRESCRIPTIONS.get(tx, prescription_id)
            self._access.require(tx, draft.person_id)
        return self.to(draft.person_id, draft.pacep_id, draft.action_lineage)


def _likely_first(one: Offer) -> tuple[bool, bool, bool, bool, str, str]:
    return (one.thought is None, not one.named, not one.why, not one.own, fold(one.partner), fold(one.service))


def made_for(tx: Transaction, partner: Partner, service: PartnerService) -> Sequence[SheetForm]:
    """The sheets made for its kind; where there is none, the one for its nature."""
    every = forms_for(tx, partner, service)
    own = [one for one in every if service.kind in one.recipients]
    return own or every[:1]


def _offer(
    partner: Partner, service: PartnerService, form: SheetForm, why: str, thought: Thought | None, said: str
) -> Offer:
    """`said`: the words of the action that the sheet serves, folded."""
    kind = reference.load("partner_kinds").label(service.kind)
    return Offer(
        service_id=service.id,
        partner_id=partner.id,
        partner=partner.name,
        service=service.name,
        kind=kind,
        city=service.city or partner.city,
        why=why,
        sheet=form.code,
        title=form.title,
        own=service.kind in form.recipients,
        thought=thought,
        named=any(name and name in said for name in (fold(kind), fold(partner.name))),
    )


def _where(tx: Transaction, person_id: UUID) -> tuple[str, frozenset[str]]:
    """The establishment of the écrou, and the postal codes of the person's addresses."""
    custody = current_custody(rows.CUSTODIES.find(tx, person_id=person_id), tx.clock.today())
    codes = frozenset(one.postal_code for one in ADDRESSES.find(tx, person_id=person_id) if one.postal_code)
    return (fold(custody.establishment) if custody else "", codes)


def _why(service: PartnerService, prison: str, codes: frozenset[str]) -> str:
    if prison and service.works_in_prison and fold(service.establishment) == prison:
        return "permanence en établissement"
    return "commune de résidence" if codes & set(service.postal_codes) else ""
