"""The panels of the PACEP by name: an answer, a visa, the day it holds, the progress of a line."""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Action, Objective, Pacep
from spip_desktop.domain.pacep_states import EventCode
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import Parse
from spip_desktop.ui.pacep import course
from spip_desktop.wiring import Services

KIND = "pacep_fact"
_CORRECTS = "corrige "
#: Names of panels, as the draft keeps them; progress is followed by the lineage of what it is about.
AGREEMENT, VISA, FORCE = EventCode.AGREEMENT.value, EventCode.VISA.value, EventCode.IN_FORCE.value
PROGRESS = f"{EventCode.PROGRESS.value} "


class PlanFacts(FactDesk):
    """Builds the panel asked for, one at a time."""

    def __init__(self, services: Services, parse_date: Parse, report: Callable[[Exception], object]) -> None:
        super().__init__(services.desk, services.clock, KIND, report)
        self._services, self._parse = services, parse_date

    def ask_about(self, name: str, plan: Pacep, *, correcting: bool = False) -> None:
        """Open the panel of a fact about a plan."""
        name = (_CORRECTS if correcting else "") + name
        self.ask(name, plan.id, self._made(name, plan))

    def come_back_to(self, plan: Pacep) -> None:
        """Open again what was being filled about this plan."""
        self.come_back(plan.id, lambda name: self._made(name, plan))

    def _made(self, name: str, plan: Pacep) -> FactPanel:
        ground = course.Ground(self._services.pacep, plan, self._parse, self._services.clock.today())
        bare = name.removeprefix(_CORRECTS)
        if bare == AGREEMENT:
            return course.agreement_panel(ground, correcting=bare != name)
        if bare == VISA:
            actor = self._services.context.actor
            stamps, alone = actor.may(Right.VISA), not actor.store_has_dpip
            return course.visa_panel(ground, may_stamp=stamps, no_dpip=alone, correcting=bare != name)
        if bare == FORCE:
            return course.force_panel(ground)
        return course.progress_panel(ground, _part(plan, UUID(bare.removeprefix(PROGRESS))))


def _part(plan: Pacep, lineage: UUID) -> Objective | Action:
    parts: list[Objective | Action] = []
    for _, objective in plan.live_objectives():
        parts += [objective, *objective.actions]
    return next(one for one in parts if one.lineage == lineage)
