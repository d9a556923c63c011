"""From a ready sheet to the edition that replaces it: only what the person accepts, or with the law as it is now."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.db import codec
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import (
    REPLACED_GROUND,
    REPLACED_PARTIAL,
    SheetState,
    accepted_of,
    state_of,
)
from spip_desktop.domain.sheet import SheetContent
from spip_desktop.services.prescription_ground import Ground
from spip_desktop.services.prescription_sheet import TickChoice


def printed_ticks(ground: Ground) -> tuple[TickChoice, ...]:
    """The ticks that the frozen paper shows something of, with what it shows: what the person may accept or not."""
    given, form = ground.prescription, ground.definitions.form
    if not given.sheet:
        return ()
    content = codec.from_json(SheetContent, given.sheet)
    texts = {one.code: one.values for one in content.fields()}
    if form.objective_field and content.objective:
        texts[form.objective_field] = (content.objective,)
    by_law = content.foot == form.foot_legal
    return tuple(
        TickChoice(code=one.code, label=one.label, ticked=True, shows=shown)
        for one in form.ticks
        if one.code in given.ticked and not (one.law and by_law)
        if (shown := tuple(text for name in one.fields for text in texts.get(name, ())))
    )


def why_replaced(ground: Ground) -> str:
    """Why the ready sheet must give way to another edition before it is handed over (code), or nothing."""
    state = state_of(ground.prescription, ground.events)
    if state not in (SheetState.READY, SheetState.AGREED):
        return ""
    if accepted_of(ground.events) is not None:
        return REPLACED_PARTIAL
    return REPLACED_GROUND if ground.lost_its_ground else ""


def next_edition(ground: Ground, ids: Ids) -> Prescription:
    """The same sheet as a draft again: a further number, citing the one it replaces, its refused ticks taken away."""
    before, accepted = ground.prescription, accepted_of(ground.events)
    kept = before.ticked if accepted is None else tuple(one for one in before.ticked if one in accepted)
    return replace(_draft_again(before, ids, ground.today), ticked=kept)


def amendment(ground: Ground, ids: Ids, reason: str, comment: str) -> Prescription:
    """The sheet that the partner holds as a draft again, with why it changes."""
    draft = _draft_again(ground.prescription, ids, ground.today)
    return replace(draft, amendment_reason=reason, amendment_comment=comment)


def _draft_again(before: Prescription, ids: Ids, today: date) -> Prescription:
    return replace(
        before,
        id=ids.new(),
        number=before.number + 1,
        replaces_id=before.id,
        drafted_on=today,
        ready_on=None,
        ready_by=None,
        sheet_number="",
        answer_code="",
        sheet="",
        conditions=(),
    )


def replaced_by(ground: Ground) -> UUID | None:
    """The edition that replaced this one."""
    found = [event.detail["replaced_by"] for event in ground.events if "replaced_by" in event.detail]
    return UUID(found[-1]) if found else None
