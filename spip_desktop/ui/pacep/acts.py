"""What the officer does to a draft, each act with what takes it back."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from spip_desktop.domain.pacep import ActionMode
from spip_desktop.domain.pacep_rules import part_field
from spip_desktop.services.pacep import PacepService

Do = Callable[[Callable[[], object], str, Callable[[], object] | None], bool]


class PlanActs(QObject):
    """Acts on the draft shown. `do` runs one, tells it and offers to take it back; the page reloads itself."""

    focus_asked = Signal(str)  # the field to type in next
    opened = Signal(object)  # the part whose form opens

    def __init__(self, service: PacepService, do: Do, parent: QObject) -> None:
        super().__init__(parent)
        self._draft, self._do = service.draft, do
        self.plan_id: UUID | None = None

    def add_axis(self) -> None:
        self._add(lambda plan: self._draft.add_axis(plan), "Axe ajouté", "title")

    def add_objective(self, axis_id: UUID) -> None:
        self._add(lambda plan: self._draft.add_objective(plan, axis_id), "Objectif ajouté", "wording")

    def add_action(self, objective_id: UUID, mode: ActionMode) -> None:
        self._add(lambda plan: self._draft.add_action(plan, objective_id, mode), "Action ajoutée", "label")

    def move(self, part_id: UUID, steps: int) -> None:
        plan, made = self._plan(), list[int]()
        self._do(
            lambda: made.append(self._draft.move(plan, part_id, steps)),
            "",
            lambda: self._draft.move(plan, part_id, -made[0]),
        )
        self.focus_asked.emit(str(part_id))

    def remove(self, part_id: UUID, said: str) -> None:
        plan = self._plan()
        self._do(lambda: self._draft.bin_part(plan, part_id), said, lambda: self._draft.restore_part(plan, part_id))

    def take_back(self, part_id: UUID) -> None:
        """Out of the bin of the draft."""
        plan = self._plan()
        self._do(
            lambda: self._draft.restore_part(plan, part_id),
            "Repris de la corbeille",
            lambda: self._draft.bin_part(plan, part_id),
        )
        self.focus_asked.emit(str(part_id))

    def tie(self, axis_id: UUID, lineage: UUID) -> None:
        plan = self._plan()
        self._do(
            lambda: self._draft.tie(plan, axis_id, lineage),
            "Constat rattaché",
            lambda: self._draft.untie(plan, axis_id, lineage),
        )

    def untie(self, axis_id: UUID, lineage: UUID) -> None:
        plan = self._plan()
        self._do(
            lambda: self._draft.untie(plan, axis_id, lineage),
            "Constat détaché",
            lambda: self._draft.tie(plan, axis_id, lineage),
        )

    def save(self, code: str, value: object, before: object) -> None:
        """Save one field at once, with its former value to take it back."""
        plan = self._plan()
        self._do(
            lambda: self._draft.save_fields(plan, {code: value}),
            "",
            lambda: self._draft.take_fields_back(plan, {code: before}),
        )

    def attach(self, evaluation_id: UUID | None, before: UUID | None) -> None:
        plan = self._plan()
        self._do(
            lambda: self._draft.attach_evaluation(plan, evaluation_id),
            "Évaluation rattachée",
            lambda: self._draft.attach_evaluation(plan, before),
        )

    def _add(self, add: Callable[[UUID], UUID], said: str, first: str) -> None:
        plan, made = self._plan(), list[UUID]()
        done = self._do(lambda: made.append(add(plan)), "", lambda: self._draft.bin_part(plan, made[0]))
        if done:
            self.opened.emit(made[0])
            self.focus_asked.emit(part_field(made[0], first))

    def _plan(self) -> UUID:
        assert self.plan_id is not None
        return self.plan_id
