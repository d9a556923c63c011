"""Who may open whose dossier, and with which coded reason (practice.md, « People and roles »)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.around import assignment_is_open
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.person import Assignment

#: A reason given holds for the working day: the same dossier is not asked about at each page.
REASON_HOLDS = timedelta(hours=12)


class AccessReason(StrEnum):
    """The one-key reasons, in the order they are offered."""

    DUTY = "permanence"
    REPLACEMENT = "remplacement"
    URGENCY = "urgence_signalee"
    MAGISTRATE = "demande_du_magistrat"
    INCOMING_CALL = "appel_entrant"
    OTHER = "autre"


#: Reasons that say nothing without a word more: whom, or what.
NEED_DETAIL = frozenset({AccessReason.REPLACEMENT, AccessReason.OTHER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Interim:
    """One officer stands in for another, from a day to a day included; gives access without asking."""

    id: UUID
    absent_id: UUID
    replacement_id: UUID
    starts: date
    ends: date
    decided_by: UUID | None = None
    reason: str = ""


def interim_problems(interim: Interim) -> list[Problem]:
    problems = [Problem("end_before_start", "ends")] if interim.ends < interim.starts else []
    if interim.absent_id == interim.replacement_id:
        problems.append(Problem("interim_of_oneself", "replacement_id"))
    return problems


def replaced_by(interims: Iterable[Interim], officer_id: UUID, today: date) -> frozenset[UUID]:
    """The officers for whom this one stands in today."""
    return frozenset(
        one.absent_id for one in interims if one.replacement_id == officer_id and one.starts <= today <= one.ends
    )


def opens_freely(
    assignments: Iterable[Assignment],
    interims: Iterable[Interim],
    officer_id: UUID,
    today: date,
    *,
    others: bool = True,
) -> bool:
    """Mine, that of someone I stand in for today, or never assigned yet for who may open `others`.

    A dossier whose assignments have all ended was somebody's: opening it asks for a reason.
    """
    every = list(assignments)
    followers = {one.officer_id for one in every if assignment_is_open(one, today)}
    mine = bool(followers & {officer_id, *replaced_by(interims, officer_id, today)})
    return mine or (others and not every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The dossiers of which a list may tell an officer more than who it is and who follows.

    Those of `officers` (oneself, and whom one stands in for today), those `opened` with a reason that still holds,
    those never assigned; `everything` for who assigns. Without `others` (an intervenant, who only reads), a list
    tells of no dossier beyond those of `officers`.
    """

    officer_id: UUID
    officers: frozenset[UUID]
    opened: frozenset[UUID]
    everything: bool
    others: bool = True


def ended_now(interim: Interim, today: date) -> Interim | None:
    """The interim ended yesterday, so that it opens nothing from now on; None when it would hold no day."""
    last = min(interim.ends, today - timedelta(days=1))
    return replace(interim, ends=last) if interim.starts <= last else None


def reason_problems(reason: AccessReason | None, detail: str) -> list[Problem]:
    if reason is None:
        return [Problem("access_reason_needed", "reason")]
    return [Problem("access_detail_needed", "detail")] if reason in NEED_DETAIL and not detail.strip() else []
