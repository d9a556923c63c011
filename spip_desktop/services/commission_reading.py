"""What pages and other slices read of the commissions: one passage, those of a person, those of my dossiers."""

from collections.abc import Sequence
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
    BoardReview,
    FollowedDecision,
    ReviewState,
)
from spip_desktop.domain.board_standing import Standing, standings
from spip_desktop.domain.event import Event
from spip_desktop.domain.vigilance import Found
from spip_desktop.services.commission_ground import CommissionGround


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """All that the page of one passage shows. `versions` are those of the same passage, first to last.

    `to_read`: words that may speak of the facts, of a person presumed innocent. `officers` names who entered facts.
    """

    stored: Stored[BoardReview]
    standing: Standing
    versions: tuple[Standing, ...]
    presumed_innocent: bool
    to_read: tuple[Found, ...]
    officers: dict[UUID, str]

    @property
    def review(self) -> BoardReview:
        return self.stored.value

    @property
    def state(self) -> ReviewState:
        return self.standing.state

    @property
    def events(self) -> tuple[Event, ...]:
        return self.standing.events

    @property
    def decisions(self) -> tuple[FollowedDecision, ...]:
        return self.standing.decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A passage in the list of my dossiers. `interim_of` is whom one stands in for, or empty."""

    line: Standing
    person: str
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
            found = standings(every, rows.facts(tx, every))
            return ReviewView(
                stored=REVIEWS.stored(tx, review_id),
                standing=next(one for one in found if one.review.id == review_id),
                versions=tuple(sorted(found, key=lambda one: one.review.number)),
                presumed_innocent=self._ground.is_presumed_innocent(tx, review.person_id),
                to_read=() if review.is_frozen else self._ground.facts_to_read(tx, review),
                officers={one.id: f"{one.first_name} {one.family_name}" for one in OFFICERS.find(tx)},
            )

    def of_person(self, person_id: UUID) -> tuple[Standing, ...]:
        """Every version of every passage of a person, the last sitting first."""
        with self._ground.reading() as tx:
            self._ground.access.require(tx, person_id)
            every = rows.of_person(tx, person_id)
            return tuple(sorted(standings(every, rows.facts(tx, every)), key=_last_first, reverse=True))

    def mine(self) -> tuple[Sitting, ...]:
        """The passages of the persons whom this officer follows today, the last sitting first; replaced ones left.

        Those of every dossier for a DPIP, who chairs the CPI.
        """
        with self._ground.reading() as tx:
            reach = self._ground.access.reach(tx)
            every = rows.of_service(tx) if reach.everything else rows.of_reach(tx, reach)
            lines = [one for one in standings(every, rows.facts(tx, every)) if one.state is not ReviewState.REPLACED]
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


def _names(tx: Transaction, every: Sequence[BoardReview]) -> dict[UUID, str]:
    return followed.names(tx, {one.person_id for one in every})


def _last_first(line: Standing) -> tuple[date, date, int, UUID]:
    """Those without a day of sitting come first: they are to be dated."""
    review = line.review
    return (review.held_on or date.max, review.started_on, review.number, review.id)
