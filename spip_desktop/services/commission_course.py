"""What happens to a passage once written: issued or submitted, seen or sent back, decided, carried out."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.db import board_review as rows
from spip_desktop.db.board_review import REVIEWS, add_event
from spip_desktop.db.store import Transaction
from spip_desktop.domain.board_review import (
    KIND,
    Board,
    BoardReview,
    EventCode,
    Outcome,
    ReviewState,
    action_detail,
    decisions_of,
    draft_problems,
    fact_problem,
    issuing_problems,
)
from spip_desktop.domain.errors import Problem, Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import clean
from spip_desktop.services.commission_ground import CommissionGround
from spip_desktop.services.commission_paper import CommissionPaperService, Drawn


class CommissionCourseService:
    """Each method is one dated fact, added to those before it; nothing is rewritten."""

    def __init__(self, ground: CommissionGround, papers: CommissionPaperService) -> None:
        self._ground, self._papers = ground, papers

    def issue(self, review_id: UUID, *, words_read: bool = False) -> None:
        """Freeze a draft and keep its paper: an advice is issued, a synthesis submitted to the DPIP.

        Refusals: what it lacks; `board_advice_too_long`, `board_synthesis_too_long` with what overflows;
        `board_facts_to_read` until the words were read again (`words_read`), of a person presumed innocent.
        """
        self._ground.require_writer()
        with self._ground.reading() as tx:
            review = self._ground.draft(tx, review_id)
            refuse_if_any(self._problems(tx, review, words_read=words_read))
        drawn = self._papers.drawn(review, draft=False)
        if drawn.too_long:
            raise Refusal.of([drawn.too_long])
        with self._ground.writing(f"issue_board_{review.board}") as tx:
            self._freeze(tx, review, drawn)
            tx.note(KIND, review_id)

    def copy_decision(self, review_id: UUID, on: date, text: str) -> None:
        """The decision of the CPU as GENESIS gives it, with its day; a second one completes or corrects the first."""
        with self._ground.writing("copy_cpu_decision") as tx:
            review = self._ground.issued(tx, review_id, Board.CPU)
            self._require_words(text, "text")
            self._check_day(review, on, tx.clock.today())
            add_event(tx, review, EventCode.DECISION, on, clean(text, lines=True).strip(), {"source": "GENESIS"})
            tx.note(KIND, review_id)

    def add_action(self, review_id: UUID, label: str, who: str, due: date | None) -> None:
        """Something the CPU gave us to do, with who and when."""
        with self._ground.writing("add_board_action") as tx:
            review = self._ground.issued(tx, review_id, Board.CPU)
            self._require_words(label, "label")
            self._require_words(who, "who")
            if due is None:
                raise Refusal("required", "due")
            detail = dict(action_detail(clean(who).strip(), due))
            add_event(tx, review, EventCode.ACTION, tx.clock.today(), clean(label).strip(), detail)
            tx.note(KIND, review_id)

    def note_outcome(self, review_id: UUID, lineage: UUID, outcome: Outcome, on: date, comment: str = "") -> None:
        """How a decision ended; not acting is written with its reason (Refusal `reason_needed`)."""
        with self._ground.writing("note_board_outcome") as tx:
            review = self._ground.review(tx, review_id)
            if not review.is_frozen:
                raise Refusal("board_issue_first")
            known = [one for facts in rows.facts(tx, rows.versions(tx, review)).values() for one in facts]
            found = next((one for one in decisions_of(review, known) if one.decision.lineage == lineage), None)
            if found is None:
                raise Refusal("not_found", kind=KIND)
            if found.ended:
                raise Refusal("board_decision_ended")
            if outcome is Outcome.DROPPED and not comment.strip():
                raise Refusal("reason_needed", "comment")
            if on > tx.clock.today():
                raise Refusal("date_in_future", "happened_on")
            detail = {"lineage": str(lineage), "outcome": outcome.value}
            add_event(tx, review, EventCode.OUTCOME, on, clean(comment, lines=True).strip(), detail)
            tx.note(KIND, review_id)

    def note_visa(self, review_id: UUID, on: date, reason: str = "") -> None:
        """The DPIP approves the synthesis; without a DPIP in the store, a written reason stands in."""
        self._ground.context.actor.require(Right.VISA, reason)
        with self._ground.writing("note_cpi_visa") as tx:
            review = self._to_see(tx, review_id)
            self._check_day(review, on, tx.clock.today())
            add_event(tx, review, EventCode.SEEN, on, clean(reason).strip())
            tx.note(KIND, review_id, reason)

    def send_back(self, review_id: UUID, comment: str) -> None:
        """The DPIP sends the synthesis back with a comment: the version stays readable, another answers it."""
        self._ground.context.actor.require(Right.VISA, comment)
        self._require_words(comment, "comment", "reason_needed")
        with self._ground.writing("send_back_cpi") as tx:
            review = self._to_see(tx, review_id)
            add_event(tx, review, EventCode.RETURNED, tx.clock.today(), clean(comment, lines=True).strip())
            tx.note(KIND, review_id)

    def note_paper_answer(self, review_id: UUID, on: date, signed_by: str, comment: str = "") -> None:
        """The DPIP's answer as it came back on paper: approved, or sent back when it has a comment."""
        with self._ground.writing("note_cpi_paper_answer") as tx:
            review = self._to_see(tx, review_id)
            self._require_words(signed_by, "signed_by")
            self._check_day(review, on, tx.clock.today())
            said = clean(comment, lines=True).strip()
            code = EventCode.RETURNED if said else EventCode.SEEN
            add_event(tx, review, code, on, said, {"signed_by": clean(signed_by).strip()})
            tx.note(KIND, review_id)

    # -- inside ------------------------------------------------------------------------------------------------

    def _problems(self, tx: Transaction, review: BoardReview, *, words_read: bool) -> list[Problem]:
        """What it lacks first; the words to read again once nothing else is missing."""
        found = [*issuing_problems(review, tx.clock.today()), *draft_problems(review)]
        if not found and not words_read:
            told = self._ground.facts_to_read(tx, review)
            found = [Problem("board_facts_to_read", one.field, {"words": one.word}) for one in told]
        return found

    def _freeze(self, tx: Transaction, review: BoardReview, drawn: Drawn) -> None:
        """What was laid out is what is frozen: Refusal `changed_elsewhere` if it changed meanwhile."""
        if self._ground.draft(tx, review.id) != review:
            raise Refusal("changed_elsewhere", kind=KIND)
        today = tx.clock.today()
        frozen = replace(review, issued_on=today, issued_by=tx.actor_id, evaluation_id=drawn.evaluation_id)
        REVIEWS.save(tx, frozen)
        code = EventCode.ISSUED if review.board is Board.CPU else EventCode.SUBMITTED
        add_event(tx, frozen, code, today)
        self._papers.keep(tx, frozen, drawn.content)

    def _to_see(self, tx: Transaction, review_id: UUID) -> BoardReview:
        """A synthesis that waits for the DPIP."""
        review = self._ground.issued(tx, review_id, Board.CPI)
        state = self._ground.state(tx, review)
        if state is ReviewState.SEEN:
            raise Refusal("board_seen")
        if state is ReviewState.RETURNED:
            raise Refusal("board_already_returned")
        return review

    def _check_day(self, review: BoardReview, on: date, today: date) -> None:
        problem = fact_problem(review, on, today)
        refuse_if_any([problem] if problem else [])

    def _require_words(self, text: str, field: str, code: str = "required") -> None:
        if not text.strip():
            raise Refusal(code, field)
