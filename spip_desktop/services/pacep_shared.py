"""« Ce que nous avons retenu ensemble » on the screen: what the person reads of the plan, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from spip_desktop.db import event as events
from spip_desktop.db import pacep as paceps
from spip_desktop.db.pacep import PACEPS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep_states import KIND, Agreement, PlanState, agreement_of, state_of
from spip_desktop.domain.plan_content import CopyKept, CopyStep
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.pacep_content import shared_steps
from spip_desktop.services.pacep_course import Answer, PacepCourseService
from spip_desktop.services.pacep_paper import PacepPaperService, refuse_words

#: Kind of the drafts of a fact about a plan: what the person typed and did not end is found again by the officer.
FACT_DRAFTS = "pacep_fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedStep:
    """One objective as the person reads it; `lineage` is what a partial answer names."""

    lineage: UUID
    step: CopyStep


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPlan:
    """The words of the person's copy, and nothing else: no name, level, need, finding, nor mandate.

    `asks`: the answer is still awaited.
    """

    pacep_id: UUID
    person_id: UUID
    what_matters: tuple[str, ...]
    strengths: str
    steps: tuple[SharedStep, ...]
    asks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the person answered themselves, in their words; `objectives` when the answer is « en partie »."""

    agreement: Agreement
    objectives: Sequence[UUID] = ()
    words: str = ""


class SharedPlanService:
    """A plan is shown once it was put to the person: what they agree to no longer changes."""

    def __init__(
        self, context: Context, access: AccessService, papers: PacepPaperService, course: PacepCourseService
    ) -> None:
        self._context, self._access, self._papers, self._course = context, access, papers, course

    def shareable(self, person_id: UUID) -> UUID | None:
        """The newest version put to this person and not replaced; None when there is none."""
        self._context.actor.require(Right.READ_PACEP)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            found = [
                plan.id
                for plan, own in paceps.today(tx, person_id)
                if state_of(plan, own) not in (PlanState.DRAFT, PlanState.REPLACED)
            ]
        return found[-1] if found else None

    def share(self, pacep_id: UUID, *, words_read: bool = False) -> SharedPlan:
        """What the shared view shows, its opening noted.

        Refusals: `pacep_submit_first`; those of the copy kept in a cell: an offence is never shown, an appraisal, a
        risk, another person, a measure only once the officer has read them again (`words_read`).
        """
        self._context.actor.require(Right.WRITE_PACEP)
        found = self._papers.words_to_read(pacep_id, CopyKept.CELL)
        with self._context.store.transaction(self._context.actor, "share_plan") as tx:
            plan = paceps.as_it_stands(tx, PACEPS.get(tx, pacep_id))
            self._access.require(tx, plan.person_id)
            if not plan.is_frozen:
                raise Refusal("pacep_submit_first")
            refuse_words(found, words_read=words_read)
            own = events.of(tx, pacep_id)
            tx.note(KIND, pacep_id)
        matters, strengths, steps = shared_steps(plan)
        answered = agreement_of(own)
        return SharedPlan(
            pacep_id=pacep_id,
            person_id=plan.person_id,
            what_matters=matters,
            strengths=strengths,
            steps=tuple(SharedStep(lineage=lineage, step=step) for lineage, step in steps),
            asks=answered in (None, Agreement.TO_COLLECT) and state_of(plan, own) is not PlanState.REPLACED,
        )

    def say(self, pacep_id: UUID, said: Said) -> None:
        """Record the person's own answer, today: the fact « accord » of the plan, as on paper."""
        answer = Answer(
            agreement=said.agreement,
            happened_on=self._context.clock.today(),
            objectives=tuple(said.objectives),
            comment=said.words,
        )
        self._course.note_agreement(pacep_id, answer)
