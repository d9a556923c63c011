"""The papers of the commissions: « Projet » (never kept), and what was issued (kept, printed again to the byte)."""

from dataclasses import dataclass
from uuid import UUID

from spip_desktop.db import contribution as contributions
from spip_desktop.db import officer as officers
from spip_desktop.db import paper as papers
from spip_desktop.db.person import PERSONS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.board_paper import Lines
from spip_desktop.domain.board_review import KIND, Board, BoardReview
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.evaluation import Evaluation
from spip_desktop.domain.officer import Right
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.situation import current_custody
from spip_desktop.services import commission_content as contents
from spip_desktop.services.commission_content import Around
from spip_desktop.services.commission_ground import CommissionGround
from spip_desktop.services.evaluation import EvaluationService
from spip_desktop.services.pacep import PacepService
from spip_desktop.services.printing import Printable

_TITLES = {Board.CPU: "Avis du SPIP pour la CPU", Board.CPI: "Synthèse de la CPI"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper as laid out, the evaluation it drew from, and what does not hold in the room it has."""

    content: bytes
    evaluation_id: UUID | None = None
    too_long: Problem | None = None


class CommissionPaperService:
    """What was issued is never rendered a second time."""

    def __init__(self, ground: CommissionGround, evaluations: EvaluationService, plans: PacepService) -> None:
        self._ground, self._evaluations, self._plans = ground, evaluations, plans

    def project(self, review_id: UUID) -> Printable:
        """The draft as it is now, marked « PROJET », however long it is."""
        self._ground.context.actor.require(Right.PRINT)
        with self._ground.reading() as tx:
            review = self._ground.review(tx, review_id)
        content = self.drawn(review, draft=True).content
        return Printable(title=f"{_TITLES[review.board]}, projet", content=content, kind=KIND, object_id=review_id)

    def issued(self, review_id: UUID) -> Printable:
        """The bytes kept when the version was issued; Refusal `board_not_stored` before."""
        self._ground.context.actor.require(Right.PRINT)
        found = self.shown(review_id)
        if found is None:
            raise Refusal("board_not_stored")
        return Printable(title=found.title, content=found.content, kind=KIND, object_id=review_id, issued_id=found.id)

    def shown(self, review_id: UUID) -> IssuedDocument | None:
        """What was issued of a version, to be read on screen; None for a draft."""
        with self._ground.reading() as tx:
            self._ground.review(tx, review_id)
            return next(iter(papers.of(tx, review_id)), None)

    def preview(self, review_id: UUID) -> Drawn:
        """The draft as it would print now, with what does not hold."""
        with self._ground.reading() as tx:
            review = self._ground.review(tx, review_id)
        return self.drawn(review, draft=True)

    def known(self, person_id: UUID) -> tuple[str, ...]:
        """What exists of the evaluation and of the plan, said as it is: a writing starts from what exists."""
        versions = [one.evaluation for one in self._evaluations.reading.versions(person_id)]
        found = [contents.evaluation_line(versions)]
        if self._ground.context.actor.may(Right.READ_PACEP):
            found.append(contents.plan_line(self._plans.view(person_id).versions))
        return tuple(found)

    # -- for the course ------------------------------------------------------------------------------------------

    def drawn(self, review: BoardReview, *, draft: bool) -> Drawn:
        """A version laid out; it reads on its own: call it outside a transaction."""
        around = self._around(review)
        return self._advice(review, around, draft) if review.board is Board.CPU else self._cpi(review, around, draft)

    def keep(self, tx: Transaction, review: BoardReview, content: bytes) -> None:
        """Keep what is issued, in the transaction that freezes the version."""
        version = f", version {review.number}" if review.number > 1 else ""
        papers.issue(
            tx,
            kind=f"board_{review.board}",
            object_id=review.id,
            person_id=review.person_id,
            title=f"{_TITLES[review.board]}{version}",
            version=review.number,
            content=content,
        )

    # -- inside ------------------------------------------------------------------------------------------------

    def _around(self, review: BoardReview) -> Around:
        person_id = review.person_id
        known, frame = self.known(person_id), self._plans.papers.frame_of(person_id)
        with self._ground.reading() as tx:
            today = tx.clock.today()
            return Around(
                person=PERSONS.get(tx, person_id),
                custody=current_custody(CUSTODIES.find(tx, person_id=person_id), today),
                service=officers.service(tx),
                prepared_by=self._ground.context.actor.officer.signature(today),
                presumed_innocent=self._ground.is_presumed_innocent(tx, person_id),
                frame=frame,
                known=known,
                voices=tuple(contributions.settled(tx, person_id)),
                reporters={one.id: one.signature(today) for one in officers.OFFICERS.find(tx)},
            )

    def _advice(self, review: BoardReview, around: Around, draft: bool) -> Drawn:
        from spip_desktop.documents.cpu_advice import render  # reportlab: not before the first paper

        content = contents.advice(review, around)
        context = self._ground.context
        laid, over = render(content, day=context.clock.today(), draft=draft, demo=context.demonstration)
        return Drawn(laid, None, Problem("board_advice_too_long", "advice", {"lines": over}) if over else None)

    def _cpi(self, review: BoardReview, around: Around, draft: bool) -> Drawn:
        from spip_desktop.documents.cpi_synthesis import render

        frozen = self._evaluation(review.person_id)
        analysis = self._analysis(frozen, presumed_innocent=around.presumed_innocent)
        content = contents.synthesis(review, contents.voices_of(around, frozen), analysis)
        context = self._ground.context
        laid, parts = render(content, day=context.clock.today(), draft=draft, demo=context.demonstration)
        words = ", ".join(one[:1].lower() + one[1:] for one in parts)
        problem = Problem("board_synthesis_too_long", "advice", {"parts": words}) if parts else None
        return Drawn(laid, frozen.id if frozen else None, problem)

    def _evaluation(self, person_id: UUID) -> Evaluation | None:
        """The newest evaluation arrêtée."""
        versions = self._evaluations.reading.versions(person_id)
        return next((one.evaluation for one in versions if one.evaluation.is_frozen), None)

    def _analysis(self, frozen: Evaluation | None, *, presumed_innocent: bool) -> tuple[Lines, ...]:
        """The lists of that evaluation; nothing where there is none."""
        if frozen is None:
            return ()
        findings = [one.value for one in self._evaluations.reading.view(frozen.id).findings]
        return contents.analysis(findings, presumed_innocent=presumed_innocent)
