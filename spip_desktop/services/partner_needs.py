"""« Pour tel besoin, penser à tel partenaire »: the table that the service keeps by hand."""

from dataclasses import dataclass, replace
from uuid import UUID

from spip_desktop.db.partner import NEED_PARTNERS, PARTNERS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import NeedPartner
from spip_desktop.domain.text import clean, fold
from spip_desktop.forms.schema import StepKind
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_forms import form_in_force

LONGEST_NOTE = 300
_WITH_NEEDS = frozenset({StepKind.FIELD, StepKind.BLOCK})


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """One line of the table; `offered` is false when nothing new may be addressed to the partner today."""

    need: NeedPartner
    partner: str
    service: str
    offered: bool


class PartnerNeeds:
    """The table chooses nothing: `of` tells whom the service thinks of for one field of the evaluation."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def lines(self) -> list[NeedLine]:
        """Every line whose partner is there, by field of the evaluation then by name."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            today = tx.clock.today()
            partners = {one.id: one for one in PARTNERS.find(tx)}
            found = [
                NeedLine(
                    need=one,
                    partner=partner.name,
                    service=service.name if (service := partner.service(one.service_id)) else "",
                    offered=partner.offered_on(today),
                )
                for one in NEED_PARTNERS.find(tx)
                if (partner := partners.get(one.partner_id))
            ]
        return sorted(found, key=lambda line: (line.need.step, fold(line.partner), line.need.id))

    def steps(self) -> tuple[tuple[str, str], ...]:
        """The fields of the evaluation in force in which a need may be found: code and label."""
        self._context.actor.require(Right.READ_PARTNER)
        with self._context.store.reading() as tx:
            return _steps(tx)

    def of(self, step: str) -> list[NeedLine]:
        """Those of one field that may be addressed today."""
        return [one for one in self.lines() if one.need.step == step and one.offered]

    def add(self, step: str, partner_id: UUID, service_id: UUID | None = None, note: str = "") -> UUID:
        """Refusals: `need_partner_twice`, `required`, `choose_one`, `too_long`."""
        self._context.actor.require(Right.WRITE_PARTNER)
        if not step:
            raise Refusal("required", "step")
        with self._context.store.transaction(self._context.actor, "add_need_partner") as tx:
            if step not in dict(_steps(tx)):
                raise Refusal("choose_one", "step")
            if NEED_PARTNERS.find(tx, step=step, partner_id=partner_id, service_id=service_id):
                raise Refusal("need_partner_twice", "partner_id")
            PARTNERS.get(tx, partner_id)
            line = NeedPartner(
                id=tx.ids.new(), step=step, partner_id=partner_id, service_id=service_id, note=_note(note)
            )
            NEED_PARTNERS.save(tx, line)
            tx.note("need_partner", line.id)
            return line.id

    def save_note(self, need_id: UUID, note: str) -> None:
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, "change_need_partner") as tx:
            NEED_PARTNERS.save(tx, replace(NEED_PARTNERS.get(tx, need_id), note=_note(note)))
            tx.note("need_partner", need_id)

    def bin(self, need_id: UUID) -> None:
        self._mark(need_id, "bin_need_partner", there=False)

    def restore(self, need_id: UUID) -> None:
        self._mark(need_id, "restore_need_partner", there=True)

    def _mark(self, need_id: UUID, act: str, *, there: bool) -> None:
        self._context.actor.require(Right.WRITE_PARTNER)
        with self._context.store.transaction(self._context.actor, act) as tx:
            (NEED_PARTNERS.restore if there else NEED_PARTNERS.bin)(tx, need_id)
            tx.note("need_partner", need_id)


def _steps(tx: Transaction) -> tuple[tuple[str, str], ...]:
    """The eight fields and the situation concrète; where one is received, analysed or told, no need is found."""
    return tuple((one.code, one.label) for one in form_in_force(tx).steps if one.kind in _WITH_NEEDS)


def _note(typed: str) -> str:
    note = clean(typed).strip()
    if len(note) > LONGEST_NOTE:
        raise Refusal("too_long", "note", limit=LONGEST_NOTE)
    return note
