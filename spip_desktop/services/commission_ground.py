"""What the services of the commissions share: rights, access to the dossier, one version and what is around it."""

from contextlib import AbstractContextManager
from uuid import UUID

from spip_desktop.db import board_review as rows
from spip_desktop.db.board_review import REVIEWS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.board_review import Board, BoardReview, ReviewState, require_draft, state_of
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.vigilance import Found, scan
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.prescription_sheet import topics

#: The topic of the list `vigilance` that speaks of the facts.
_FACTS = "infraction"


class CommissionGround:
    """One for the services of an open store."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self.context, self.access = context, access
        self._evaluation = Ground(context, access)

    def writing(self, act: str) -> AbstractContextManager[Transaction]:
        """A transaction of an officer who may write evaluations: the commissions are a part of them."""
        self.context.actor.require(Right.WRITE_EVALUATION)
        return self.context.store.transaction(self.context.actor, act)

    def reading(self) -> AbstractContextManager[Transaction]:
        self.context.actor.require(Right.READ_EVALUATION)
        return self.context.store.reading()

    def require_writer(self) -> None:
        """Before an act that reads first."""
        self.context.actor.require(Right.WRITE_EVALUATION)

    def review(self, tx: Transaction, review_id: UUID) -> BoardReview:
        """A version of a dossier that is open; Refusals `not_found`, `access_reason_needed`."""
        review = REVIEWS.get(tx, review_id)
        self.access.require(tx, review.person_id)
        return review

    def draft(self, tx: Transaction, review_id: UUID) -> BoardReview:
        review = self.review(tx, review_id)
        require_draft(review)
        return review

    def issued(self, tx: Transaction, review_id: UUID, board: Board) -> BoardReview:
        """A frozen version of that board, not replaced; Refusals `board_cpu_only`, `board_issue_first`…"""
        review = self.review(tx, review_id)
        if review.board is not board:
            raise Refusal(f"board_{board}_only")
        if not review.is_frozen:
            raise Refusal("board_issue_first")
        if self.state(tx, review) is ReviewState.REPLACED:
            raise Refusal("board_replaced")
        return review

    def state(self, tx: Transaction, review: BoardReview) -> ReviewState:
        every = rows.versions(tx, review)
        newest = max((one.number for one in every if one.is_frozen), default=0)
        return state_of(review, rows.facts(tx, [review])[review.id], newest)

    def is_presumed_innocent(self, tx: Transaction, person_id: UUID) -> bool:
        return self._evaluation.is_presumed_innocent(tx, person_id)

    def facts_to_read(self, tx: Transaction, review: BoardReview) -> tuple[Found, ...]:
        """The words that may speak of the facts, of a person presumed innocent; nothing of anybody else."""
        if not self.is_presumed_innocent(tx, review.person_id):
            return ()
        return scan(texts_of(review), [one for one in topics() if one.code == _FACTS])


def texts_of(review: BoardReview) -> dict[str, str]:
    """What the officer wrote in a version, by field."""
    texts = {field: getattr(review, field) for field in ("situation", "person_view", "advice")}
    if review.board is Board.CPI:
        texts |= {"theme": review.theme, "decisions": "\n".join(one.label for one in review.decisions)}
    return texts
