"""What the follow-up of the obligations shows, read at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from spip_desktop.domain.hours import HoursLine
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.obligation import SuspensionProposal
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.work import WorkCount, WorkSession, WorkTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedWork:
    """The hours of one TIG, with the lines that stand, the oldest first."""

    measure: Measure
    count: WorkCount
    sessions: tuple[WorkSession, ...]
    terms: tuple[WorkTerms, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedHours:
    """The hours out of one measure: every step that stands, the oldest first."""

    measure: Measure
    lines: tuple[HoursLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLine:
    """One line of any register, when and by whom it was written, and whether it holds today."""

    line: RegisterLine
    at: datetime
    by: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What the page « Obligations » shows on a day; `history` is newest first, across registers."""

    today: date
    obligations: tuple[FollowedObligation, ...]
    works: tuple[FollowedWork, ...]
    hours: tuple[FollowedHours, ...]
    proposals: Sequence[SuspensionProposal]
    history: tuple[WrittenLine, ...]
