"""A passage being prepared: begun, written as one types, put in the bin; and the version that answers a return."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from spip_desktop.db import board_review as rows
from spip_desktop.db import officer as officers
from spip_desktop.db.board_review import REVIEWS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain.board_review import (
    KIND,
    Board,
    BoardDecision,
    BoardMember,
    BoardReview,
    ReviewState,
    draft_problems,
)
from spip_desktop.domain.changes import change, replaced
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.text import clean
from spip_desktop.services.commission_ground import CommissionGround
from spip_desktop.services.lines import Saved, cleaned

_NOTES = frozenset({"situation", "advice", "person_view"})
_INSIDE = frozenset({"members", "decisions"})


class CommissionDraftService:
    """Each method is one act; a frozen version refuses all of them."""

    def __init__(self, ground: CommissionGround) -> None:
        self._ground = ground

    def start(self, person_id: UUID, board: Board) -> UUID:
        """Begin a passage; a CPU asks for an écrou (Refusal `board_needs_custody`)."""
        with self._ground.writing("start_board_review") as tx:
            PERSONS.get(tx, person_id)
            self._ground.access.require(tx, person_id)
            if (
                board is Board.CPU
                and current_custody(CUSTODIES.find(tx, person_id=person_id), tx.clock.today()) is None
            ):
                raise Refusal("board_needs_custody")
            id_ = tx.ids.new()
            review = BoardReview(
                id=id_,
                lineage=id_,
                person_id=person_id,
                number=1,
                board=board,
                started_on=tx.clock.today(),
                chair=_director(tx) if board is Board.CPI else "",
            )
            REVIEWS.save(tx, review)
            tx.note(KIND, id_)
            return id_

    def save_fields(self, review_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save the fields that changed; those that cannot be accepted come back with why."""
        with self._ground.writing(AUTOSAVE) as tx:
            self._ground.draft(tx, review_id)
            before = REVIEWS.stored(tx, review_id)
            inside = {field: value for field, value in changes.items() if field in _INSIDE}
            typed = {field: value for field, value in changes.items() if field not in _INSIDE}
            wanted, refused = cleaned(BoardReview, typed)
            wanted |= {field: clean(str(typed[field]), lines=True).strip() for field in _NOTES & typed.keys()}
            found = change(before.value, wanted | inside, draft_problems)
            refused += found.refused
            if found.value == before.value:
                return Saved(tx.now, before.lock, refused)
            REVIEWS.save(tx, found.value, lock=lock)
            tx.note(KIND, review_id)
            return Saved(tx.now, before.lock + 1, refused)

    def save_member(self, review_id: UUID, member_id: UUID, changes: Mapping[str, object], lock: int) -> Saved:
        """Save the fields of one member; `lock` is that of the version, which its lines share."""
        wanted, refused = cleaned(BoardMember, changes)
        before = self._read(review_id)
        members = tuple(replaced(one, wanted) if one.id == member_id else one for one in before.members)
        return self._saved(self.save_fields(review_id, {"members": members}, lock), refused)

    def save_decision(self, review_id: UUID, decision_id: UUID, changes: Mapping[str, object], lock: int) -> Saved:
        """Save the fields of one decision, likewise."""
        wanted, refused = cleaned(BoardDecision, changes)
        before = self._read(review_id)
        decisions = tuple(replaced(one, wanted) if one.id == decision_id else one for one in before.decisions)
        return self._saved(self.save_fields(review_id, {"decisions": decisions}, lock), refused)

    def new_version(self, review_id: UUID) -> UUID:
        """The version that answers a return; Refusals `board_not_returned`, `board_draft_exists`."""
        with self._ground.writing("new_board_version") as tx:
            review = self._ground.issued(tx, review_id, Board.CPI)
            if self._ground.state(tx, review) is not ReviewState.RETURNED:
                raise Refusal("board_not_returned")
            if any(not one.is_frozen for one in rows.versions(tx, review)):
                raise Refusal("board_draft_exists")
            new = replace(
                review,
                id=tx.ids.new(),
                number=review.number + 1,
                started_on=tx.clock.today(),
                members=tuple(replace(one, id=tx.ids.new()) for one in review.members),
                decisions=tuple(replace(one, id=tx.ids.new()) for one in review.decisions),
                evaluation_id=None,
                issued_on=None,
                issued_by=None,
            )
            REVIEWS.save(tx, new)
            tx.note(KIND, new.id)
            return new.id

    def bin(self, review_id: UUID) -> None:
        """Put a draft in the bin; « Annuler » is `restore`."""
        with self._ground.writing("bin_board_review") as tx:
            self._ground.draft(tx, review_id)
            REVIEWS.bin(tx, review_id)
            tx.note(KIND, review_id)

    def restore(self, review_id: UUID) -> None:
        with self._ground.writing("restore_board_review") as tx:
            self._ground.draft(tx, review_id)
            REVIEWS.restore(tx, review_id)
            tx.note(KIND, review_id)

    # -- inside ------------------------------------------------------------------------------------------------

    def _read(self, review_id: UUID) -> BoardReview:
        self._ground.require_writer()
        with self._ground.reading() as tx:
            return self._ground.draft(tx, review_id)

    def _saved(self, saved: Saved, refused: tuple[Problem, ...]) -> Saved:
        return replace(saved, refused=refused + saved.refused)


def _director(tx: Transaction) -> str:
    """Who chairs, where the service has one DPIP and one only."""
    found = officers.only_dpip(tx)
    return f"{found.first_name} {found.family_name}" if found else ""
