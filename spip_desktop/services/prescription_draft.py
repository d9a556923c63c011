"""A sheet while it is a draft: started from an action or directly, saved as it is typed."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import date
from uuid import UUID

from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.records import Stored
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.changes import change
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import MISSION_LOCALE, Partner, PartnerService, holding_permanence, serving
from spip_desktop.domain.prescription import Override, Prescription, draft_problems, report_date
from spip_desktop.domain.text import NBSP, clean
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.lines import Saved, cleaned
from spip_desktop.services.prescription_definitions import form_in_force, in_force
from spip_desktop.services.prescription_ground import Ground, read, with_partner
from spip_desktop.services.prescription_sheet import limits, topics
from spip_desktop.services.situation import require_basis

#: What the page of a draft may change, besides `values.<field code>`.
EDITABLE = frozenset(
    {
        "service_id", "contact_id", "letterhead", "with_return", "channel", "meeting_on", "meeting_hour",
        "meeting_place", "asks", "objective_words", "ticked", "near_employment", "near_employment_reason",
        "report_wanted_by", "useful_on",
    }
)  # fmt: skip
_TYPED, _OPINION = "values.", "opinions."


class PrescriptionDraft:
    """Each method is one act of the officer on a draft; a sheet that is ready refuses every change (V13)."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    # -- start -----------------------------------------------------------------------------------------------

    def start(
        self,
        person_id: UUID,
        pacep_id: UUID | None = None,
        action_lineage: UUID | None = None,
        *,
        sheet: str = "mission_locale",
        service_id: UUID | None = None,
    ) -> UUID:
        """A draft of this sheet, filled from what the dossier knows, to this service of a partner where it is chosen.

        Refusals: `no_active_basis` (V01); `partner_not_for_sheet`.
        """
        with self._writing("start_prescription") as tx:
            self._access.require(tx, person_id)
            require_basis(tx, person_id)
            form = form_in_force(tx, sheet)
            blank = Prescription(
                id=tx.ids.new(),
                person_id=person_id,
                sheet_code=form.code,
                sheet_version=form.version,
                drafted_on=tx.clock.today(),
                **_from_action(tx, person_id, pacep_id, action_lineage),  # type: ignore[arg-type]
            )
            PRESCRIPTIONS.save(tx, self._filled(tx, blank, service_id))
            tx.note("prescription", blank.id)
            return blank.id

    def _filled(self, tx: Transaction, blank: Prescription, service_id: UUID | None) -> Prescription:
        """The draft with the partner, the dates and the typed fields that the dossier suggests."""
        ground = read(tx, blank, self._context.actor.officer)
        chosen = _chosen_partner(ground, service_id) if service_id else _likely_partner(ground)
        if not ground.allows(blank.letterhead):
            blank = replace(blank, letterhead=ground.definitions.form.letterheads[0].code)
        filled = replace(blank, report_wanted_by=_report(ground), useful_on=_useful(ground))
        if chosen:
            filled = _with_service(filled, *chosen)
            if ground.inside and chosen[1].works_in_prison:
                filled = replace(filled, channel="permanence", meeting_place=chosen[1].establishment)
        ground = with_partner(ground, filled)
        return replace(filled, values=ground.sheet().prefilled(ground.later()[0]))

    def change_addressee(self, prescription_id: UUID, service_id: UUID, sheet: str) -> None:
        """Another partner, with the sheet made for it: what is noted stays, what the new sheet has no place for waits.

        The ticks and what is asked begin anew where the sheet changes: they were chosen for other eyes.
        """
        with self._writing("change_addressee") as tx:
            before = self._draft(tx, prescription_id).value
            form = form_in_force(tx, sheet)
            same = form.code == before.sheet_code
            blank = replace(
                before,
                sheet_code=form.code,
                sheet_version=form.version,
                letterhead=before.letterhead if form.letterhead(before.letterhead) else form.letterheads[0].code,
                asks=before.asks if same else (),
                ticked=before.ticked if same else (),
                overrides=before.overrides if same else (),
                channel="",
                meeting_place="",
            )
            ground = read(tx, blank, self._context.actor.officer)
            chosen = _with_service(blank, *_chosen_partner(ground, service_id))
            filled = with_partner(ground, chosen).sheet().prefilled(ground.later()[0])
            PRESCRIPTIONS.save(tx, replace(chosen, values=filled | dict(before.values)))
            tx.note("prescription", prescription_id)

    def bin(self, prescription_id: UUID) -> None:
        """Put a draft in the bin; « Annuler » is `restore`."""
        with self._writing("bin_prescription") as tx:
            self._draft(tx, prescription_id)
            PRESCRIPTIONS.bin(tx, prescription_id)
            tx.note("prescription", prescription_id)

    def restore(self, prescription_id: UUID) -> None:
        with self._writing("restore_prescription") as tx:
            self._draft(tx, prescription_id)
            PRESCRIPTIONS.restore(tx, prescription_id)
            tx.note("prescription", prescription_id)

    # -- change ----------------------------------------------------------------------------------------------

    def save_fields(self, prescription_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save the fields that changed; those that cannot be accepted come back with why."""
        with self._writing(AUTOSAVE) as tx:
            before = self._draft(tx, prescription_id)
            wanted, refused = _wanted(tx, before.value, changes)
            bounds = limits(form_in_force(tx, before.value.sheet_code))
            found = change(before.value, wanted, lambda one: draft_problems(one, bounds))
            return _save(tx, before, found.value, lock, refused + found.refused)

    def pass_over(self, prescription_id: UUID, rule: str, reason: str) -> None:
        """« Passer outre » one condition, with a written reason; dated, under the officer's name."""
        reason = clean(reason).strip()
        with self._writing("pass_over_rule") as tx:
            if not reason:
                raise Refusal("reason_needed", "reason")
            before = self._draft(tx, prescription_id).value
            new = Override(rule=rule, reason=reason, on=tx.clock.today(), by=tx.actor_id)
            kept = tuple(one for one in before.overrides if one.rule != rule)
            PRESCRIPTIONS.save(tx, replace(before, overrides=(*kept, new)))
            tx.note("prescription", prescription_id, f"{_rule_name(tx, before, rule)}{NBSP}: {reason}")

    def take_back(self, prescription_id: UUID, rule: str) -> None:
        """Take a « passer outre » back while the sheet is a draft."""
        with self._writing("take_back_rule") as tx:
            before = self._draft(tx, prescription_id).value
            kept = tuple(one for one in before.overrides if one.rule != rule)
            PRESCRIPTIONS.save(tx, replace(before, overrides=kept))
            tx.note("prescription", prescription_id, _rule_name(tx, before, rule))

    def mark_read(self, prescription_id: UUID) -> None:
        """« Relu » : the officer has read the words found now; a word typed later comes back (V15)."""
        with self._writing("read_words") as tx:
            before = self._draft(tx, prescription_id).value
            words = read(tx, before, self._context.actor.officer).sheet().words(topics())
            PRESCRIPTIONS.save(tx, replace(before, read_words=tuple(one.key for one in words)))
            tx.note("prescription", prescription_id)

    # -- inside ----------------------------------------------------------------------------------------------

    def _writing(self, act: str) -> AbstractContextManager[Transaction]:
        self._context.actor.require(Right.WRITE_PRESCRIPTION)
        return self._context.store.transaction(self._context.actor, act)

    def _draft(self, tx: Transaction, prescription_id: UUID) -> Stored[Prescription]:
        stored = PRESCRIPTIONS.stored(tx, prescription_id)
        self._access.require(tx, stored.value.person_id)
        if stored.value.is_frozen:
            raise Refusal("prescription_frozen")
        return stored


def _rule_name(tx: Transaction, draft: Prescription, code: str) -> str:
    """The condition as the page names it: the journal is read by people."""
    rule = in_force(tx, draft.sheet_code).rules.rule(code)
    return rule.label if rule else code


def _save(
    tx: Transaction, before: Stored[Prescription], after: Prescription, lock: int | None, refused: tuple[Problem, ...]
) -> Saved:
    if after == before.value:
        return Saved(tx.now, before.lock, refused)
    PRESCRIPTIONS.save(tx, after, lock=lock)
    tx.note("prescription", after.id)
    return Saved(tx.now, before.lock + 1, refused)


def _wanted(
    tx: Transaction, before: Prescription, changes: Mapping[str, object]
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """The changes as fields of the record: typed fields merged, the partner of a service found."""
    known = {field.name for field in fields(Prescription)} & EDITABLE
    own = {name: content for name, content in changes.items() if not name.startswith((_TYPED, _OPINION))}
    if not own.keys() <= known:
        raise ValueError(f"not editable: {sorted(own.keys() - known)}")
    wanted, refused = cleaned(Prescription, own)
    if typed := _under(_TYPED, changes):
        wanted["values"] = {code: text for code, text in (dict(before.values) | typed).items() if text}
    if opinions := _under(_OPINION, changes):
        days = {f"{code.removesuffix('.reason')}.on": tx.clock.today().isoformat() for code in opinions}
        wanted["opinions"] = {code: text for code, text in (dict(before.opinions) | opinions | days).items() if text}
    if wanted.keys() & {"near_employment", "near_employment_reason"}:
        wanted["near_employment_on"] = tx.clock.today()
    if "service_id" in wanted and wanted["service_id"] != before.service_id:
        wanted |= _partner_of(tx, wanted["service_id"])
    return wanted, refused


def _under(prefix: str, changes: Mapping[str, object]) -> dict[str, str]:
    """The changes of this part of the record, by their code in it."""
    return {
        name.removeprefix(prefix): clean(str(text or "")).strip()
        for name, text in changes.items()
        if name.startswith(prefix)
    }


def _partner_of(tx: Transaction, service_id: object) -> dict[str, object]:
    for partner in PARTNERS.find(tx):
        service = partner.service(service_id) if isinstance(service_id, UUID) else None
        if service:
            contact = service.contacts[0].id if service.contacts else None
            return {"partner_id": partner.id, "service_id": service.id, "contact_id": contact}
    return {"partner_id": None, "service_id": None, "contact_id": None}


def _with_service(draft: Prescription, partner: Partner, service: PartnerService) -> Prescription:
    contact = service.contacts[0].id if service.contacts else None
    return replace(draft, partner_id=partner.id, service_id=service.id, contact_id=contact)


def _from_action(
    tx: Transaction, person_id: UUID, pacep_id: UUID | None, action_lineage: UUID | None
) -> dict[str, object]:
    """What a sheet takes from the action it starts from: the objective, in the person's words."""
    if pacep_id is None:
        return {}
    plan = PACEPS.get(tx, pacep_id)
    if plan.person_id != person_id:
        raise Refusal("not_found", kind="pacep")
    for _, objective, action in plan.live_actions():
        if action.lineage == action_lineage:
            return {
                "pacep_id": plan.id,
                "action_lineage": action.lineage,
                "objective_lineage": objective.lineage,
                "objective_words": objective.wording,
            }
    raise Refusal("not_found", kind="action")


def _chosen_partner(ground: Ground, service_id: UUID) -> tuple[Partner, PartnerService]:
    """The service that was chosen, if this sheet may be given to it."""
    for partner in ground.partners:
        service = partner.service(service_id)
        if service and ground.is_for(partner, service):
            return partner, service
    raise Refusal("partner_not_for_sheet", "service_id")


def _likely_partner(ground: Ground) -> tuple[Partner, PartnerService] | None:
    """The mission locale of the permanence for a detained person, else the one of the residence."""
    if MISSION_LOCALE not in ground.definitions.form.recipients:
        return None
    if ground.inside and ground.custody:
        held = holding_permanence(ground.partners, ground.custody.establishment, ground.today)
        if held:
            return held
    return serving(ground.partners, ground.home.postal_code, ground.today) if ground.home else None


def _useful(ground: Ground) -> date | None:
    day = ground.sentence.commission_on if ground.sentence else None
    return day if day and day > ground.today else None


def _report(ground: Ground) -> date | None:
    """When a report is useful for what comes next (practice.md: CAP − 21 days, release − 2 months)."""
    figures = ground.definitions.rules.figures
    return report_date(
        ground.today,
        ground.sentence.commission_on if ground.sentence else None,
        ground.release.day if ground.inside else None,
        days=figures.get("report_before_commission_days", 21),
        months=figures.get("report_before_release_months", 2),
    )
