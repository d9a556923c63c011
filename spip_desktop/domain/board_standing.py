"""Where each version of a passage stands, what of it waits, and what « À traiter » is told of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.board_review import (
    Board,
    BoardDecision,
    BoardReview,
    EventCode,
    FollowedDecision,
    ReviewState,
    decisions_of,
    state_of,
)
from spip_desktop.domain.deadline import Facts, Subject
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A version, its state, its own facts and its decisions."""

    review: BoardReview
    state: ReviewState
    events: tuple[Event, ...]
    decisions: tuple[FollowedDecision, ...]

    @property
    def waiting(self) -> tuple[BoardDecision, ...]:
        """What was decided and nobody has ended; of a version that was replaced, the one after it tells."""
        if self.state in (ReviewState.DRAFT, ReviewState.REPLACED):
            return ()
        return tuple(one.decision for one in self.decisions if one.ended is None)


def standings(reviews: Sequence[BoardReview], facts: Mapping[UUID, tuple[Event, ...]]) -> list[Standing]:
    """These versions in the same order; `facts` are the events of each."""
    newest: dict[UUID, int] = {}
    known: dict[UUID, list[Event]] = {}
    for one in reviews:
        known.setdefault(one.lineage, []).extend(facts[one.id])
        if one.is_frozen:
            newest[one.lineage] = max(one.number, newest.get(one.lineage, 0))
    return [
        Standing(
            review=one,
            state=state_of(one, facts[one.id], newest.get(one.lineage, 0)),
            events=facts[one.id],
            decisions=decisions_of(one, known[one.lineage]),
        )
        for one in reviews
    ]


# -- for the échéances ---------------------------------------------------------------------------------------


def facts_of(standing: Standing) -> Iterator[Facts]:
    """What the rules look at: the passage itself, then each of its decisions that waits."""
    review = standing.review
    days = {name: day for name, day in _days(standing) if day}
    if days:
        held = dates.short(review.held_on) or "date à noter"
        yield Facts(
            of=Subject.BOARD,
            id=review.id,
            person_id=review.person_id,
            place=Place("commission", review.id),
            days=days,
            words={"held": held},
        )
    for one in standing.waiting:
        if one.due:
            yield Facts(
                of=Subject.DECISION,
                id=one.lineage,
                person_id=review.person_id,
                place=Place("commission", review.id, "decisions.table"),
                days={"pour_le": one.due},
                words={"decision": one.label, "who": one.who},
            )


def _days(standing: Standing) -> Iterator[tuple[str, date | None]]:
    """By the name of the trigger, the day from which the next act is waited for."""
    review, state = standing.review, standing.state
    cpu = review.board is Board.CPU
    if state is ReviewState.DRAFT:
        yield ("avis_a_etablir" if cpu else "synthese_a_soumettre"), review.held_on
    elif state is ReviewState.ISSUED:
        yield "decision_a_recopier", review.held_on
    elif state is ReviewState.SUBMITTED:
        yield "soumise", _day(standing, EventCode.SUBMITTED)
    elif state is ReviewState.RETURNED:
        yield "retournee", _day(standing, EventCode.RETURNED)


def _day(standing: Standing, code: EventCode) -> date | None:
    found = last(standing.events, code)
    return found.happened_on if found else None
