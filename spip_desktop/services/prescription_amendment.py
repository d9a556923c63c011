"""A sheet that a partner holds and that changes: a new version, what it changes, and the end of the one before."""

from dataclasses import replace

from spip_desktop.db import codec
from spip_desktop.db import event as events
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import was_handed_over
from spip_desktop.domain.sheet import SheetContent, changes


def held_before(tx: Transaction, prescription: Prescription) -> Prescription | None:
    """The version that the partner holds while this one is prepared: the last one before it that was handed over."""
    before = prescription
    while before.replaces_id is not None:
        before = PRESCRIPTIONS.get(tx, before.replaces_id)
        if was_handed_over(events.of(tx, before.id)):
            return before
    return None


def in_preparation(tx: Transaction, prescription: Prescription) -> Prescription | None:
    """The new version already begun for this one, so that there are never two."""
    found = [one for one in PRESCRIPTIONS.find(tx, replaces_id=prescription.id) if one.amendment_reason]
    return found[-1] if found else None


def amended(tx: Transaction, prescription: Prescription, content: SheetContent) -> SheetContent:
    """The content with what it changes of the version that the partner holds; any other sheet as it is."""
    held = held_before(tx, prescription) if prescription.amendment_reason else None
    if held is None or held.ready_on is None:
        return content
    before = codec.from_json(SheetContent, held.sheet)
    return replace(
        content,
        replaces=f"Remplace la version {held.number} du {dates.short(held.ready_on)}.",
        changes=changes(before, content),
    )


def amendment_problems(content: SheetContent) -> list[Problem]:
    """« Aucun changement » is no version."""
    return [Problem("nothing_changed")] if content.replaces and not content.changes else []
