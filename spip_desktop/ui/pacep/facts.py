"""The panels of the PACEP by name: an answer, a visa, the day it holds, the progress of a line."""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Objective, Pacep
from spip_desktop.domain.pacep_follow import followed_parts
from spip_desktop.domain.pacep_states import EventCode
from spip_desktop.services.pacep_shared import FACT_DRAFTS
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import Parse
from spip_desktop.ui.pacep import course
from spip_desktop.wiring import Services

KIND = FACT_DRAFTS
_CORRECTS = "corrige "
#: Names of panels, as the draft keeps them; those of one line are followed by its lineage.
AGREEMENT, VISA, FORCE = EventCode.AGREEMENT.value, EventCode.VISA.value, EventCode.IN_FORCE.value
#: Whether an objective whose last action is done is reached.
REACHED = "atteint"


#: Panels that need nothing but the plan.
_PLAIN: dict[str, Callable[[course.Ground], FactPanel]] = {
    FORCE: course.force_panel,
    EventCode.SENT.value: course.sent_panel,
    EventCode.REVIEW_PUT_OFF.value: course.put_off_panel,
    EventCode.REVIEW_ADVANCED.value: course.advance_panel,
}


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
        if bare in _PLAIN:
            return _PLAIN[bare](ground)
        return _of_line(ground, *bare.split(" ", 1))


def line_name(name: str, lineage: UUID) -> str:
    """The name of a panel about one line of the plan."""
    return f"{name} {lineage}"


def _of_line(ground: course.Ground, name: str, lineage: str) -> FactPanel:
    part = next(one for one in followed_parts(ground.plan) if one.lineage == UUID(lineage))
    if name == REACHED and isinstance(part, Objective):
        return course.reached_panel(ground, part)
    if name == EventCode.PROGRESS:
        return course.progress_panel(ground, part)
    return course.leaving_panel(ground, part, back=name == EventCode.TAKEN_BACK)
