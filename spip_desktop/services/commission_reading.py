"""What pages and other slices read of the commissions: one passage, those of a person, those of my dossiers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.db import board_review as rows
from spip_desktop.db import followed
from spip_desktop.db.board_review import REVIEWS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.records import Stored
from spip_desktop.db.store import Transaction
from spip_desktop.domain.board_review import (
    Board,
    BoardReview,
    FollowedDecision,
    ReviewState,
    decisions_of,
    state_of,
)
from spip_desktop.domain.event import Event
from spip_desktop.domain.vigilance import Found
from spip_desktop.services.commission_ground import CommissionGround


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One version in a list: its state, and how many of its decisions wait."""

    review: BoardReview
    state: ReviewState
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """All that the page of one passage shows. `versions` are those of the same passage, first to last.

    `to_read`: words that may speak of the facts, of a person presumed innocent. `officers` names who entered facts.
    """

    stored: Stored[BoardReview]
    state: ReviewState
    events: tuple[Event, ...]
    decisions: tuple[FollowedDecision, ...]
    versions: tuple[ReviewLine, ...]
    presumed_innocent: bool
    to_read: tuple[Found, ...]
    officers: dict[UUID, str]

    @property
    def review(self) -> BoardReview:
        return self.stored.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A passage in the list of my dossiers. `interim_of` is whom one stands in for, or empty."""

    line: ReviewLine
    person: str
    interim_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDecision:
    """A decision that nobody has ended yet, with the dossier and the passage it comes from."""

    review_id: UUID
    person_id: UUID
    person: str
    board: Board
    held_on: date | None
    lineage: UUID
    label: str
    who: str
    due: date
    interim_of: str = ""


class CommissionReadingService:
    """Reads ask for the right and for access to the dossier, and change nothing."""

    def __init__(self, ground: CommissionGround) -> None:
        self._ground = ground

    def person_of(self, review_id: UUID) -> UUID:
        """Whose passage it is: which dossier to open first."""
        with self._ground.reading() as tx:
            return REVIEWS.get(tx, review_id).person_id

    def view(self, review_id: UUID) -> ReviewView:
        """One version, whole."""
        with self._ground.reading() as tx:
            review = self._ground.review(tx, review_id)
            every = [one for one in rows.of_person(tx, review.person_id) if one.lineage == review.lineage]
            if review.id not in {one.id for one in every}:
                every.append(review)  # in the bin
            facts = rows.facts(tx, every)
            lines = _lines(every, facts)
            return ReviewView(
                stored=REVIEWS.stored(tx, review_id),
                state=next(one.state for one in lines if one.review.id == review_id),
                events=facts[review_id],
                decisions=decisions_of(review, _joined(facts)),
                versions=tuple(sorted(lines, key=lambda one: one.review.number)),
                presumed_innocent=self._ground.is_presumed_innocent(tx, review.person_id),
                to_read=() if review.is_frozen else self._ground.facts_to_read(tx, review),
                officers={one.id: f"{one.first_name} {one.family_name}" for one in OFFICERS.find(tx)},
            )

    def of_person(self, person_id: UUID) -> tuple[ReviewLine, ...]:
        """Every version of every passage of a person, the last sitting first."""
        with self._ground.reading() as tx:
            self._ground.access.require(tx, person_id)
            every = rows.of_person(tx, person_id)
            return tuple(sorted(_lines(every, rows.facts(tx, every)), key=_last_first, reverse=True))

    def mine(self) -> tuple[Sitting, ...]:
        """The passages of the persons whom this officer follows today, the last sitting first; replaced ones left.

        Those of every dossier for a DPIP, who chairs the CPI.
        """
        with self._ground.reading() as tx:
            reach = self._ground.access.reach(tx)
            every = rows.of_service(tx) if reach.everything else rows.of_reach(tx, reach)
            lines = [one for one in _lines(every, rows.facts(tx, every)) if one.state is not ReviewState.REPLACED]
            names, absent = _names(tx, every), followed.absent(tx, reach)
        found = [
            Sitting(
                line=one,
                person=names[one.review.person_id],
                interim_of=absent.get(one.review.person_id, ""),
            )
            for one in lines
        ]
        return tuple(sorted(found, key=lambda one: _last_first(one.line), reverse=True))

    def due_decisions(self) -> tuple[DueDecision, ...]:
        """What the commissions of my dossiers decided and nobody has ended, the nearest first.

        Of a synthesis sent back, the decisions hold until the version that answers it is submitted.
        """
        with self._ground.reading() as tx:
            reach = self._ground.access.reach(tx)
            every = rows.of_reach(tx, reach)
            facts = rows.facts(tx, every)
            names, absent = _names(tx, every), followed.absent(tx, reach)
            lines = _lines(every, facts)
        found = [
            DueDecision(
                review_id=review.id,
                person_id=review.person_id,
                person=names[review.person_id],
                board=review.board,
                held_on=review.held_on,
                lineage=one.decision.lineage,
                label=one.decision.label,
                who=one.decision.who,
                due=due,
                interim_of=absent.get(review.person_id, ""),
            )
            for review, one, due in _waiting(lines, _joined(facts))
        ]
        return tuple(sorted(found, key=lambda one: (one.due, one.review_id)))


def _lines(every: Sequence[BoardReview], facts: dict[UUID, tuple[Event, ...]]) -> list[ReviewLine]:
    newest: dict[UUID, int] = {}
    for one in every:
        if one.is_frozen:
            newest[one.lineage] = max(one.number, newest.get(one.lineage, 0))
    known = _joined(facts)
    found = []
    for one in every:
        waiting = sum(decision.ended is None for decision in decisions_of(one, known)) if one.is_frozen else 0
        state = state_of(one, facts[one.id], newest.get(one.lineage, 0))
        found.append(ReviewLine(review=one, state=state, waiting=waiting if state is not ReviewState.REPLACED else 0))
    return found


def _waiting(
    lines: Sequence[ReviewLine], known: tuple[Event, ...]
) -> Iterator[tuple[BoardReview, FollowedDecision, date]]:
    for line in lines:
        if not line.waiting:
            continue
        for one in decisions_of(line.review, known):
            if one.ended is None and one.decision.due:
                yield line.review, one, one.decision.due


def _joined(facts: dict[UUID, tuple[Event, ...]]) -> tuple[Event, ...]:
    return tuple(event for own in facts.values() for event in own)


def _names(tx: Transaction, every: Sequence[BoardReview]) -> dict[UUID, str]:
    return followed.names(tx, {one.person_id for one in every})


def _last_first(line: ReviewLine) -> tuple[date, date, int, UUID]:
    """Those without a day of sitting come first: they are to be dated."""
    review = line.review
    return (review.held_on or date.max, review.started_on, review.number, review.id)
