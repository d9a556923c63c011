"""Writing a plan: started from an evaluation, from the former version or from nothing; changed by hand as one types."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.db import pacep as paceps
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.store import AUTOSAVE, Transaction
from spip_desktop.domain import pacep_edit as edit
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Action, ActionMode, ActionState, Axis, Level, Objective, ObjectiveState, Pacep
from spip_desktop.domain.pacep_rules import date_problem, field_problem
from spip_desktop.domain.pacep_states import KIND
from spip_desktop.domain.text import clean
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.lines import Saved
from spip_desktop.services.situation import require_basis

#: The fields of the plan itself that are typed or chosen on the page.
PLAN_FIELDS = frozenset(
    {
        "level", "level_reason", "strategy", "next_review", "what_matters", "strengths", "next_meeting",
        "no_evaluation_reason", "version_reason",
    }
)  # fmt: skip
PART_FIELDS = frozenset(
    {
        "title", "need", "family", "wording", "indicator", "later", "due", "state", "mode", "kind", "label", "who",
        "person_does", "frequency", "result",
    }
)  # fmt: skip
SEVERAL_LINES = frozenset({"level_reason", "strategy", "strengths", "no_evaluation_reason"})
#: Reasons written about a need (`need.<lineage>.why`), or about a line that lacks something (`gap.<lineage>.why`).
_BY_LINEAGE = {"need": "needs_without_axis", "gap": "gaps"}
_STATES: dict[type, type] = {Action: ActionState, Objective: ObjectiveState}


class PacepDraftService:
    """Each method is one act on a draft; Refusal `frozen` once the version was put to the person."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    # -- a new draft -----------------------------------------------------------------------------------------

    def start(self, person_id: UUID) -> UUID:
        """A new draft with nothing chosen, beside the newest evaluation if there is one.

        Refusals: `pacep_draft_exists` while another draft is open, `no_active_basis` (V01).
        """
        with self._writing("start_pacep") as tx:
            known = self._known(tx, person_id)
            require_basis(tx, person_id)
            evaluations = paceps.evaluations_of(tx, person_id)
            id_ = tx.ids.new()
            plan = Pacep(
                id=id_,
                lineage=known[-1].lineage if known else id_,
                person_id=person_id,
                number=_next_number(known),
                evaluation_id=evaluations[-1].id if evaluations else None,
                from_version=known[-1].id if known else None,
                started_on=tx.clock.today(),
            )
            PACEPS.save(tx, plan)
            tx.note(KIND, id_)
            return id_

    def new_version(self, pacep_id: UUID) -> UUID:
        """A new draft from a version: axes, objectives and open actions with their lineages, as they stand today.

        Refusals: those of `start`.
        """
        with self._writing("new_pacep_version") as tx:
            former = PACEPS.get(tx, pacep_id)
            known = self._known(tx, former.person_id)
            require_basis(tx, former.person_id)
            today = paceps.as_it_stands(tx, former)
            plan = edit.next_version(today, tx.ids, _next_number(known), tx.clock.today())
            evaluations = paceps.evaluations_of(tx, former.person_id)
            plan = replace(plan, evaluation_id=evaluations[-1].id if evaluations else None)
            PACEPS.save(tx, plan)
            tx.note(KIND, plan.id)
            return plan.id

    def attach_evaluation(self, pacep_id: UUID, evaluation_id: UUID | None) -> None:
        """Write the plan beside another evaluation of the same person; what was tied stays, by lineage."""
        with self._writing("attach_evaluation") as tx:
            plan = self._draft(tx, pacep_id)
            known = {one.id for one in paceps.evaluations_of(tx, plan.person_id)}
            if evaluation_id is not None and evaluation_id not in known:
                raise Refusal("not_found", kind="evaluation")
            PACEPS.save(tx, replace(plan, evaluation_id=evaluation_id))
            tx.note(KIND, pacep_id)

    def bin(self, pacep_id: UUID) -> None:
        """Put a draft in the bin; « Annuler » is `restore`."""
        with self._writing("bin_pacep") as tx:
            self._draft(tx, pacep_id)
            PACEPS.bin(tx, pacep_id)
            tx.note(KIND, pacep_id)

    def restore(self, pacep_id: UUID) -> None:
        with self._writing("restore_pacep") as tx:
            self._known(tx, self._draft(tx, pacep_id).person_id)
            PACEPS.restore(tx, pacep_id)
            tx.note(KIND, pacep_id)

    # -- what is typed ---------------------------------------------------------------------------------------

    def save_fields(self, pacep_id: UUID, changes: Mapping[str, object], lock: int | None = None) -> Saved:
        """Save fields by code: `level`, `<part id>.title`, `need.<lineage>.why`; one small transaction.

        What cannot be accepted comes back with its field; the rest is saved. A day already past is refused.
        """
        return self._save(pacep_id, changes, lock, self._context.clock.today())

    def take_fields_back(self, pacep_id: UUID, before: Mapping[str, object]) -> Saved:
        """Give fields back what they held before, a day meanwhile past included."""
        return self._save(pacep_id, before, None, date.min)

    def _save(self, pacep_id: UUID, changes: Mapping[str, object], lock: int | None, today: date) -> Saved:
        with self._writing(AUTOSAVE) as tx:
            before = PACEPS.stored(tx, pacep_id)
            plan = self._draft(tx, pacep_id)
            refused = []
            for code, content in changes.items():
                name = _BY_LINEAGE.get(code.partition(".")[0]) or code.rpartition(".")[2]
                value = _cleaned(name, content)
                if problem := field_problem(name, value) or date_problem(name, value, today):
                    refused.append(Problem(problem.code, code, problem.data))
                else:
                    plan = _with_field(plan, code, value)
            if plan == before.value:
                return Saved(tx.now, before.lock, tuple(refused))
            PACEPS.save(tx, plan, lock=lock)
            tx.note(KIND, pacep_id)
            return Saved(tx.now, before.lock + 1, tuple(refused))

    # -- axes, objectives, actions -----------------------------------------------------------------------------

    def add_axis(self, pacep_id: UUID, title: str = "") -> UUID:
        """An empty axis at the end; the officer orders them."""
        id_ = self._context.ids.new()
        self._change(pacep_id, "add_axis", lambda plan: edit.add_axis(plan, Axis(id=id_, lineage=id_, title=title)))
        return id_

    def add_objective(self, pacep_id: UUID, axis_id: UUID) -> UUID:
        id_ = self._context.ids.new()
        objective = Objective(id=id_, lineage=id_)
        self._change(pacep_id, "add_objective", lambda plan: edit.add_objective(plan, axis_id, objective))
        return id_

    def add_action(self, pacep_id: UUID, objective_id: UUID, mode: ActionMode) -> UUID:
        """An action of the service (internal) or with a partner (external): the officer says which."""
        id_ = self._context.ids.new()
        action = Action(id=id_, lineage=id_, mode=mode)
        self._change(pacep_id, "add_action", lambda plan: edit.add_action(plan, objective_id, action))
        return id_

    def move(self, pacep_id: UUID, part_id: UUID, steps: int) -> int:
        """Move a part up (negative) or down among those beside it; how many places it did move."""
        places: list[int] = []

        def moved(plan: Pacep) -> Pacep:
            after = edit.move(plan, part_id, steps)
            places.append(edit.place_of(after, part_id) - edit.place_of(plan, part_id))
            return after

        self._change(pacep_id, "move_part", moved)
        return places[0]

    def bin_part(self, pacep_id: UUID, part_id: UUID) -> None:
        today = self._context.clock.today()
        self._change(pacep_id, "bin_part", lambda plan: edit.bin_part(plan, part_id, today))

    def restore_part(self, pacep_id: UUID, part_id: UUID) -> None:
        self._change(pacep_id, "restore_part", lambda plan: edit.restore_part(plan, part_id))

    def tie(self, pacep_id: UUID, axis_id: UUID, finding_lineage: UUID) -> None:
        """Say that an axis works on a finding of the evaluation."""
        self._change(pacep_id, "tie_finding", lambda plan: edit.tie(plan, axis_id, finding_lineage))

    def untie(self, pacep_id: UUID, axis_id: UUID, finding_lineage: UUID) -> None:
        self._change(pacep_id, "untie_finding", lambda plan: edit.untie(plan, axis_id, finding_lineage))

    # -- inside ------------------------------------------------------------------------------------------------

    def _writing(self, act: str) -> AbstractContextManager[Transaction]:
        self._context.actor.require(Right.WRITE_PACEP)
        return self._context.store.transaction(self._context.actor, act)

    def _change(self, pacep_id: UUID, act: str, change: Callable[[Pacep], Pacep]) -> None:
        with self._writing(act) as tx:
            before = self._draft(tx, pacep_id)
            after = change(before)
            if after != before:
                PACEPS.save(tx, after)
                tx.note(KIND, pacep_id)

    def _draft(self, tx: Transaction, pacep_id: UUID) -> Pacep:
        plan = PACEPS.get(tx, pacep_id)
        self._access.require(tx, plan.person_id)
        if plan.is_frozen:
            raise Refusal("frozen", kind=KIND)
        return plan

    def _known(self, tx: Transaction, person_id: UUID) -> list[Pacep]:
        """The person's versions, where no draft is open."""
        PERSONS.get(tx, person_id)
        self._access.require(tx, person_id)
        known = paceps.of_person(tx, person_id)
        if any(not plan.is_frozen for plan in known):
            raise Refusal("pacep_draft_exists")
        return known


def _next_number(known: list[Pacep]) -> int:
    return max((plan.number for plan in known), default=0) + 1


def _cleaned(name: str, content: object) -> object:
    """Typed text without control signs; a line break only where the text has several lines."""
    if isinstance(content, tuple):
        return tuple(text for one in content if (text := clean(str(one)).strip()))
    if type(content) is str:
        return clean(content, lines=name in SEVERAL_LINES).strip()
    return content


def _with_field(plan: Pacep, code: str, value: object) -> Pacep:
    """The plan with the field of that code; Refusal `not_found` when the part is gone, `choose_one` off the list."""
    first, _, rest = code.partition(".")
    if first in _BY_LINEAGE:
        told = getattr(plan, _BY_LINEAGE[first]) | {rest.partition(".")[0]: str(value)}
        return replace(plan, **{_BY_LINEAGE[first]: told})
    owner, _, name = code.rpartition(".")
    if not owner and name in PLAN_FIELDS:
        return replace(plan, **{name: _typed(name, value, plan)})  # type: ignore[arg-type]
    if owner and name in PART_FIELDS:
        part = edit.part_of(plan, UUID(owner))
        return edit.with_part(plan, part.id, **{name: _typed(name, value, part)})
    raise KeyError(code)


def _typed(name: str, value: object, owner: object) -> object:
    """Codes of closed lists as their StrEnum; empty takes the choice of a level back."""
    try:
        if name == "level":
            return Level(str(value)) if value else None
        if name == "mode":
            return ActionMode(str(value))
        if name == "state":
            return _STATES[type(owner)](str(value))
    except ValueError:
        raise Refusal("choose_one", name) from None
    if name in ("due", "next_review"):
        return value if isinstance(value, date) else None
    if name == "later":
        return bool(value)
    return value
