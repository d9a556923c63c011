"""What pages and other slices read of plans: the page's own view, the plan in force, the open actions."""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.db import pacep as paceps
from spip_desktop.db import paper as papers
from spip_desktop.db import prescription as prescription_rows
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import OPEN_ACTIONS, Action, ActionMode, Objective, Pacep
from spip_desktop.domain.pacep_coverage import Gap, gaps
from spip_desktop.domain.pacep_follow import Moment, moments, to_ask
from spip_desktop.domain.pacep_lines import PlanLine, that_work_on, where_they_stand
from spip_desktop.domain.pacep_review import Review
from spip_desktop.domain.pacep_rules import Sources, submission_problems, warnings
from spip_desktop.domain.pacep_states import PlanState, state_of
from spip_desktop.domain.paper import IssuedDocument
from spip_desktop.domain.prescription_states import PrescriptionLine
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.pacep_review import end_of, review_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a person's plan, as it stands today, with its dated facts."""

    plan: Pacep
    state: PlanState
    events: tuple[Event, ...]

    @property
    def since(self) -> date:
        """The day of the fact that brought the version where it is; of its first word for a draft."""
        found = last(self.events, self.state.value)
        return found.happened_on if found else self.plan.started_on

    @property
    def questions(self) -> tuple[Objective, ...]:
        """The objectives whose last action is done: reached, or not?"""
        held = self.plan.is_frozen and self.state is not PlanState.REPLACED
        return to_ask(self.plan, self.events) if held else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """All that the page shows. `version` is None when no plan was ever started.

    `sources` is the evaluation of the version shown, the newest where there is no plan yet. `in_force` is the
    version that holds today, `review` when it is looked at again; `newer_evaluation` one that came after that of
    the draft. `officers` names whoever entered a fact.
    """

    person_id: UUID
    version: Version | None
    lock: int
    sources: Sources
    missing: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    versions: tuple[Version, ...]
    in_force: Version | None
    newer_evaluation: Sources | None
    review: Review | None
    issued: tuple[IssuedDocument, ...]
    officers: dict[UUID, str]

    def moments(self, lineage: UUID) -> tuple[Moment, ...]:
        """All that was noted of an objective or an action, latest first."""
        return moments(((one.plan, one.events) for one in self.versions), lineage)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction:
    """An action still to be done, with the objective and axis it serves; a sheet may start from an external one."""

    pacep_id: UUID
    state: PlanState
    axis_title: str
    objective_lineage: UUID
    objective_wording: str
    action: Action

    @property
    def external(self) -> bool:
        return self.action.mode is ActionMode.EXTERNAL

    @property
    def due(self) -> date | None:
        return self.action.due


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainView:
    """The plan from the words of an interview to the return of a partner.

    `sheets`: those prepared for each action, by its lineage; empty for who may not read them.
    """

    plan: PlanView
    gaps: tuple[Gap, ...]
    sheets: Mapping[UUID, tuple[PrescriptionLine, ...]]


class PacepReadingService:
    """Reads ask for the right and for access to the dossier, and change nothing."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def view(self, person_id: UUID, pacep_id: UUID | None = None) -> PlanView:
        """What the page shows: the version asked for, else the draft, else the one in force, else the last."""
        with self._reading() as tx:
            self._check(tx, person_id)
            versions = _versions(tx, person_id)
            shown = _shown(versions, pacep_id)
            in_force = next((one for one in reversed(versions) if one.state is PlanState.IN_FORCE), None)
            plan = shown.plan if shown else None
            evaluations = paceps.evaluations_of(tx, person_id)
            newest = evaluations[-1].id if evaluations else None
            sources = paceps.sources(tx, plan.evaluation_id if plan else newest)
            today = tx.clock.today()
            draft = plan if plan and not plan.is_frozen else None
            return PlanView(
                person_id=person_id,
                version=shown,
                lock=PACEPS.stored(tx, plan.id).lock if plan else 0,
                sources=sources,
                missing=submission_problems(draft, sources, today) if draft else (),
                warnings=warnings(draft, today, end_of(tx, person_id, today)) if draft else (),
                versions=versions,
                in_force=in_force,
                newer_evaluation=paceps.sources(tx, newest) if draft and newest != draft.evaluation_id else None,
                review=review_now(tx, in_force.plan, in_force.events, today) if in_force else None,
                issued=tuple(papers.of(tx, plan.id)) if plan else (),
                officers=_signatures(tx, today),
            )

    def chain(self, person_id: UUID) -> ChainView:
        """Every link of the version shown first, and what each lacks."""
        plan = self.view(person_id)
        shown = plan.version.plan if plan.version else None
        may = self._context.actor.may(Right.READ_PRESCRIPTION)
        with self._reading() as tx:
            self._check(tx, person_id)
            sheets = _sheets(tx, person_id) if may else {}
        return ChainView(plan=plan, gaps=gaps(shown, plan.sources) if shown else (), sheets=sheets)

    def missing(self, pacep_id: UUID) -> tuple[Problem, ...]:
        """What keeps a draft from being submitted; read again after each autosave."""
        with self._reading() as tx:
            plan = PACEPS.get(tx, pacep_id)
            self._check(tx, plan.person_id)
            if plan.is_frozen:
                return ()
            return submission_problems(plan, paceps.sources(tx, plan.evaluation_id), tx.clock.today())

    def current(self, person_id: UUID) -> Version | None:
        """The version in force, each objective and action in its state of today; None when there is none."""
        with self._reading() as tx:
            self._check(tx, person_id)
            found = [one for one in _versions(tx, person_id) if one.state is PlanState.IN_FORCE]
            return found[-1] if found else None

    def open_actions(self, person_id: UUID) -> tuple[OpenAction, ...]:
        """Actions still to be done: those of the plan in force first, then those that only a newer version holds.

        A sheet may start from any of them: nothing is locked behind the plan's own steps.
        """
        with self._reading() as tx:
            self._check(tx, person_id)
            versions = [one for one in _versions(tx, person_id) if one.state is not PlanState.REPLACED]
        versions.sort(key=lambda one: (one.state is not PlanState.IN_FORCE, -one.plan.number))
        seen: set[UUID] = set()
        found: list[OpenAction] = []
        for version in versions:
            new = [one for one in _actions(version) if one.action.lineage not in seen]
            seen |= {action.lineage for _, _, action in version.plan.live_actions()}
            found += new
        return tuple(found)

    def action(self, pacep_id: UUID, action_lineage: UUID) -> OpenAction | None:
        """One action of one version, done or not; None when that version does not hold it."""
        with self._reading() as tx:
            plan = PACEPS.get(tx, pacep_id)
            self._check(tx, plan.person_id)
            version = next(one for one in _versions(tx, plan.person_id) if one.plan.id == pacep_id)
        return next((one for one in _all_actions(version) if one.action.lineage == action_lineage), None)

    def lines(self, person_id: UUID, lineages: Iterable[UUID]) -> tuple[PlanLine, ...]:
        """Where objectives and actions stand: in the version that the page opens by itself, else in a former one."""
        with self._reading() as tx:
            self._check(tx, person_id)
            return where_they_stand(_plans(_versions(tx, person_id)), lineages)

    def axes_by_finding(self, person_id: UUID) -> Mapping[UUID, tuple[PlanLine, ...]]:
        """The axes that work on each finding, by its lineage, in the version that the page opens by itself."""
        with self._reading() as tx:
            self._check(tx, person_id)
            return that_work_on(_plans(_versions(tx, person_id)))

    def _reading(self) -> AbstractContextManager[Transaction]:
        self._context.actor.require(Right.READ_PACEP)
        return self._context.store.reading()

    def _check(self, tx: Transaction, person_id: UUID) -> None:
        PERSONS.get(tx, person_id)
        self._access.require(tx, person_id)


def _sheets(tx: Transaction, person_id: UUID) -> dict[UUID, tuple[PrescriptionLine, ...]]:
    """The sheets of each action, by its lineage, oldest first."""
    action = {one.id: one.action_lineage for one in PRESCRIPTIONS.find(tx, person_id=person_id)}
    found: dict[UUID, tuple[PrescriptionLine, ...]] = {}
    for line in reversed(prescription_rows.lines(tx, person_id=person_id)):
        if lineage := action.get(line.id):
            found[lineage] = (*found.get(lineage, ()), line)
    return found


def _versions(tx: Transaction, person_id: UUID) -> tuple[Version, ...]:
    """Every version with what was entered about it, first to last."""
    found = paceps.today(tx, person_id)
    return tuple(Version(plan=plan, state=state_of(plan, own), events=own) for plan, own in found)


def _plans(versions: tuple[Version, ...]) -> list[Pacep]:
    """The plans, first the one that the page opens by itself, then from the newest back."""
    shown = _shown(versions, None)
    others = [one.plan for one in reversed(versions) if shown and one.plan.id != shown.plan.id]
    return [shown.plan, *others] if shown else []


def _shown(versions: tuple[Version, ...], pacep_id: UUID | None) -> Version | None:
    if pacep_id is not None:
        return next((one for one in versions if one.plan.id == pacep_id), None)
    alive = [one for one in versions if one.state is not PlanState.REPLACED] or list(versions)
    return alive[-1] if alive else None


def _actions(version: Version) -> list[OpenAction]:
    return [one for one in _all_actions(version) if one.action.state in OPEN_ACTIONS]


def _all_actions(version: Version) -> list[OpenAction]:
    return [
        OpenAction(
            pacep_id=version.plan.id,
            state=version.state,
            axis_title=axis.title,
            objective_lineage=objective.lineage,
            objective_wording=objective.wording,
            action=action,
        )
        for axis, objective, action in version.plan.live_actions()
    ]


def _signatures(tx: Transaction, today: date) -> dict[UUID, str]:
    """How each officer of the store signs."""
    return {one.id: one.signature(today) for one in OFFICERS.find(tx)}
