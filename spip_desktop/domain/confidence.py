"""What a person told one officer in confidence: apart from every record, its author's alone (design.md §5).

It is never printed, exported, compared, nor found by another officer. When its author leaves it is sealed; a DPIP opens
it with a written reason.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain.errors import Problem

KIND = "confidence"
LONGEST = 4_000  # signs


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """One confidence. `heard_in` and `heard_in_id` say during what it was heard: an evaluation, later an interview."""

    id: UUID
    person_id: UUID
    author_id: UUID
    heard_on: date
    text: str = ""
    heard_in: str = ""
    heard_in_id: UUID | None = None


def is_sealed(confidence: Confidence, present: Collection[UUID]) -> bool:
    """Whether its author is no longer among the officers who open the store."""
    return confidence.author_id not in present


def confidence_problems(confidence: Confidence, today: date) -> list[Problem]:
    """What keeps a confidence from being recorded as it is."""
    problems = []
    if len(confidence.text) > LONGEST:
        problems.append(Problem("too_long", "text", {"limit": LONGEST}))
    if confidence.heard_on > today:
        problems.append(Problem("date_in_future", "heard_on"))
    return problems
