"""A passage before the CPU (chaired by the chef d'établissement, D. 211-34) or the CPI (ours, chaired by the DPIP).

The CPU decides in GENESIS: here are our advice, and its decision as copied. The CPI's synthesis is ours from end to
end. Decisions are dated lines with someone to carry them out; their outcomes are events.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.event import Event, last

KIND = "board_review"
_LINE, _NOTE = 300, 4_000
_LIMITS = {"theme": _LINE, "chair": _LINE, "situation": _NOTE, "advice": _NOTE, "person_view": _NOTE}


class Board(StrEnum):
    CPU = "cpu"
    CPI = "cpi"


class ReviewState(StrEnum):
    """Where a version is; a CPU advice is issued, a CPI synthesis submitted."""

    DRAFT = "brouillon"
    ISSUED = "etabli"
    DECIDED = "decision_recopiee"
    SUBMITTED = "soumise"
    SEEN = "visee"
    RETURNED = "retournee"
    REPLACED = "remplacee"


class EventCode(StrEnum):
    ISSUED = "etabli"
    DECISION = "decision_recopiee"
    SUBMITTED = "soumise"
    SEEN = "visee"
    RETURNED = "retournee"
    ACTION = "action"
    OUTCOME = "suite"


class Outcome(StrEnum):
    """What came of a decision; not acting is written with its reason."""

    DONE = "faite"
    DROPPED = "abandonnee"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardMember:
    """Who sat, by profession (list `professions`)."""

    id: UUID
    profession: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardDecision:
    """What is to be done, by whom, and until when; `lineage` is the same through the versions of a synthesis."""

    id: UUID
    lineage: UUID
    label: str = ""
    who: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardReview:
    """One version. Frozen once `issued_on` is set: a CPI synthesis sent back is followed by another version.

    `theme` is of the list `cpu_themes` for a CPU, and in plain words for a CPI. `advice` is ours for a CPU, what the
    commission retains for a CPI. `evaluation_id` is the evaluation that its paper drew from.
    """

    id: UUID
    lineage: UUID
    person_id: UUID
    number: int
    board: Board
    started_on: date
    held_on: date | None = None
    theme: str = ""
    chair: str = ""
    situation: str = ""
    advice: str = ""
    person_view: str = ""
    person_informed: bool | None = None
    members: tuple[BoardMember, ...] = ()
    decisions: tuple[BoardDecision, ...] = ()
    evaluation_id: UUID | None = None
    issued_on: date | None = None
    issued_by: UUID | None = None

    @property
    def is_frozen(self) -> bool:
        return self.issued_on is not None


@dataclass(frozen=True, slots=True)
class FollowedDecision:
    """A decision and the fact that ended it, if one did."""

    decision: BoardDecision
    ended: Event | None = None


def state_of(review: BoardReview, events: Iterable[Event], newest_frozen: int = 0) -> ReviewState:
    """The state of a version; `newest_frozen` is the highest number that is frozen among its versions."""
    if not review.is_frozen:
        return ReviewState.DRAFT
    if newest_frozen > review.number:
        return ReviewState.REPLACED
    if review.board is Board.CPU:
        return ReviewState.DECIDED if last(events, EventCode.DECISION) else ReviewState.ISSUED
    found = last(events, EventCode.SUBMITTED, EventCode.SEEN, EventCode.RETURNED)
    return ReviewState(found.code) if found else ReviewState.SUBMITTED


def decisions_of(review: BoardReview, events: Iterable[Event]) -> tuple[FollowedDecision, ...]:
    """What is to be done, in the order in which it was decided, each with how it ended.

    `events` are those of every version: an outcome is of the lineage.
    """
    known = tuple(events)
    added = [_decision(one) for one in known if one.code == EventCode.ACTION and one.object_id == review.id]
    ends = {one.detail["lineage"]: one for one in known if one.code == EventCode.OUTCOME}
    return tuple(FollowedDecision(one, ends.get(str(one.lineage))) for one in (*review.decisions, *added))


def action_detail(who: str, due: date) -> Mapping[str, str]:
    """What an event « action » holds beside its words."""
    return {"who": who, "due": due.isoformat()}


def _decision(event: Event) -> BoardDecision:
    detail = event.detail
    return BoardDecision(
        id=event.id,
        lineage=event.id,
        label=event.comment,
        who=detail["who"],
        due=date.fromisoformat(detail["due"]),
    )


# -- rules ---------------------------------------------------------------------------------------------------


def require_draft(review: BoardReview) -> None:
    """Refusal `frozen` once the version was issued."""
    if review.is_frozen:
        raise Refusal("frozen", kind=KIND)


def draft_problems(review: BoardReview) -> list[Problem]:
    """What keeps a draft from being recorded as it is."""
    return [
        Problem("too_long", field, {"limit": most})
        for field, most in _LIMITS.items()
        if len(getattr(review, field)) > most
    ]


def issuing_problems(review: BoardReview, today: date) -> list[Problem]:
    """What a version lacks before it is issued (CPU) or submitted to the DPIP (CPI)."""
    wanted = ["held_on", "theme", "advice"]
    if review.board is Board.CPI:
        wanted += ["chair", "members"]
    problems = [Problem("required", field) for field in wanted if not getattr(review, field)]
    if review.board is Board.CPI:
        problems += _sitting_problems(review, today)
    return problems


def _sitting_problems(review: BoardReview, today: date) -> list[Problem]:
    """A synthesis is of a sitting that was held: who sat, and whom each decision waits for."""
    problems = []
    if review.held_on and review.held_on > today:
        problems.append(Problem("board_not_held", "held_on"))
    if any(not one.profession for one in review.members):
        problems.append(Problem("board_member_profession", "members"))
    for place, one in enumerate(review.decisions, 1):
        if not (one.label.strip() and one.who.strip() and one.due):
            problems.append(Problem("board_decision_incomplete", "decisions", {"place": place}))
        elif review.held_on and one.due < review.held_on:
            problems.append(Problem("board_decision_past", "decisions", {"place": place}))
    return problems


def fact_problem(review: BoardReview, day: date, today: date) -> Problem | None:
    """A fact about a version is neither in the future nor before it was issued."""
    if day > today:
        return Problem("date_in_future", "happened_on")
    if review.issued_on and day < review.issued_on:
        return Problem("board_before_issued", "happened_on", {"day": review.issued_on})
    return None
