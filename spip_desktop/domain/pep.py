"""The parcours d'exécution de peine as copied from GENESIS: the chef d'établissement's, not the PACEP (D. 211-32)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain.event import Event

KIND = "pep"
COPIED = "copie"


@dataclass(frozen=True, slots=True, kw_only=True)
class PepCard:
    """One copy, never changed: `decided_on` is the day GENESIS gives, `copied_on` the day it was copied."""

    id: UUID
    decided_on: date
    copied_on: date
    copied_by: UUID
    text: str
    next_review: date | None = None


def card_of(event: Event, copied_on: date) -> PepCard:
    """The copy that an event holds."""
    due = event.detail.get("next_review", "")
    return PepCard(
        id=event.id,
        decided_on=event.happened_on,
        copied_on=copied_on,
        copied_by=event.entered_by,
        text=event.comment,
        next_review=date.fromisoformat(due) if due else None,
    )
