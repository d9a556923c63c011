"""How fields, needs and objectives moved through the versions of a person's evaluation and PACEP; on paper too."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from spip_desktop.db import evaluation as rows
from spip_desktop.db import pacep as plans
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.evaluation import Evaluation, ExploredField, Finding
from spip_desktop.domain.event import Event
from spip_desktop.domain.movement import Line, OfStep, field_lines, need_lines, objective_lines
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_states import state_of as plan_state
from spip_desktop.forms.answers import answer_text, is_answered
from spip_desktop.forms.schema import Kind, Step, StepKind
from spip_desktop.forms.session import FormSession, session_for
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.printing import Printable
from spip_desktop.wording.evaluation import KINDS
from spip_desktop.wording.movement import MOVEMENT_TITLE
from spip_desktop.wording.pacep import STATES

T = TypeVar("T", ExploredField, Finding)
#: The steps about a side of life; the welcome, the analysis and the feedback are about the evaluation itself.
_SIDES_OF_LIFE = frozenset({StepKind.FIELD, StepKind.BLOCK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One version: its number, the day it is dated, and what it is (« annuelle, arrêtée »)."""

    id: UUID
    number: int
    day: date
    nature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """`fields` and `needs` have one entry for each of `evaluations`, `objectives` for each of `plans`."""

    person_id: UUID
    evaluations: tuple[Moment, ...] = ()
    plans: tuple[Moment, ...] = ()
    fields: tuple[Line, ...] = ()
    needs: tuple[Line, ...] = ()
    objectives: tuple[Line, ...] = ()


class MovementService:
    """Reads only; the objectives are shown to who may read the PACEP."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access
        self._ground = Ground(context, access)

    def of(self, person_id: UUID) -> Movement:
        """Everything, the oldest version first."""
        with self._reading() as tx:
            return self._movement(tx, person_id)

    def paper(self, person_id: UUID) -> Printable:
        """The same on one page, on its side; the oldest versions are left out where they do not hold."""
        self._context.actor.require(Right.PRINT)
        from spip_desktop.documents.movement import render  # reportlab: not before the first paper

        with self._reading() as tx:
            movement = self._movement(tx, person_id)
            name, today = PERSONS.get(tx, person_id).display_name, tx.clock.today()
        content = render(movement, name, day=today, demo=self._context.demonstration)
        return Printable(title=MOVEMENT_TITLE, content=content, kind="person", object_id=person_id)

    def _reading(self) -> AbstractContextManager[Transaction]:
        self._context.actor.require(Right.READ_EVALUATION)
        return self._context.store.reading()

    def _movement(self, tx: Transaction, person_id: UUID) -> Movement:
        self._access.require(tx, person_id)
        versions = [one.value for one in rows.of_person(tx, person_id)]
        fields = _by_version(rows.FIELDS.find(tx, person_id=person_id))
        findings = _by_version(rows.FINDINGS.find(tx, person_id=person_id))
        sessions = [self._session(tx, one, fields.get(one.id, ())) for one in versions]
        stood = plans.today(tx, person_id) if self._context.actor.may(Right.READ_PACEP) else []
        return Movement(
            person_id=person_id,
            evaluations=tuple(_evaluation_moment(one) for one in versions),
            plans=tuple(_plan_moment(plan, own) for plan, own in stood),
            fields=field_lines(
                _labels(sessions),
                [_of_steps(one, fields.get(version.id, ())) for one, version in zip(sessions, versions, strict=True)],
            ),
            needs=need_lines([findings.get(one.id, ()) for one in versions]),
            objectives=objective_lines([plan for plan, _ in stood]),
        )

    def _session(self, tx: Transaction, version: Evaluation, fields: Sequence[ExploredField]) -> FormSession:
        return session_for(self._ground.form(tx, version), version, fields, {"milieu": version.milieu})


def _by_version(found: Iterable[T]) -> dict[UUID, list[T]]:
    kept: dict[UUID, list[T]] = {}
    for one in found:
        kept.setdefault(one.evaluation_id, []).append(one)
    return kept


def _labels(sessions: Sequence[FormSession]) -> dict[str, str]:
    """The steps about a side of life that any version went through, as the newest form calls and orders them."""
    found: dict[str, str] = {}
    for session in reversed(sessions):
        for step in session.steps():
            if step.kind in _SIDES_OF_LIFE:
                found.setdefault(step.code, step.label)
    return found


def _of_steps(session: FormSession, fields: Sequence[ExploredField]) -> dict[str, OfStep]:
    """What a version held of the steps that it went through."""
    held = {one.step: one for one in fields}
    return {
        step.code: OfStep(field=held[step.code], own=_own(session, step))
        for step in session.steps()
        if step.code in held and step.kind in _SIDES_OF_LIFE
    }


def _own(session: FormSession, step: Step) -> str:
    """What the person chose to say of this side of life, in the words of the form."""
    chosen = [one for one in session.questions(step) if one.said_by_person and one.kind is Kind.CHOICE]
    given = (
        answer_text(one, session.answers[one.code]) for one in chosen if is_answered(session.answers.get(one.code))
    )
    return ", ".join(given)


def _evaluation_moment(one: Evaluation) -> Moment:
    state = "arrêtée" if one.is_frozen else "brouillon"
    nature = f"{KINDS[one.kind].removeprefix('Évaluation ')}, {state}"
    return Moment(id=one.id, number=one.number, day=one.frozen_on or one.started_on, nature=nature)


def _plan_moment(plan: Pacep, own: Sequence[Event]) -> Moment:
    nature = STATES[plan_state(plan, own)].lower()
    return Moment(id=plan.id, number=plan.number, day=plan.submitted_on or plan.started_on, nature=nature)
