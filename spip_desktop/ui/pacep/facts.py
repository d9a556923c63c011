"""The one panel open at the top of the page: kept as a draft while it is filled, back after a lock."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pacep import Action, Objective, Pacep
from spip_desktop.domain.pacep_states import EventCode
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.fields import Parse
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.pacep import course
from spip_desktop.wiring import Services

KIND = "pacep_fact"
_CORRECTS = "corrige "
_PANEL = "panel"
#: Names of panels, as the draft keeps them; progress is followed by the lineage of what it is about.
AGREEMENT, VISA, FORCE = EventCode.AGREEMENT.value, EventCode.VISA.value, EventCode.IN_FORCE.value
PROGRESS = f"{EventCode.PROGRESS.value} "


class FactDesk(QWidget):
    """Builds the panel asked for, one at a time."""

    recorded = Signal()
    left = Signal()
    saved = Signal(object)  # datetime
    failed = Signal(str)

    def __init__(self, services: Services, parse_date: Parse, report: Callable[[Exception], object]) -> None:
        super().__init__()
        self._services, self._parse = services, parse_date
        self.panel: course.FactPanel | None = None
        self._name = ""
        self._plan: Pacep | None = None
        self._lines = column(self, gap=0)
        self.autosave = Autosave(self._keep, self, report=report)
        self.autosave.saved.connect(self.saved)
        self.autosave.failed.connect(self.failed)
        self.hide()

    def ask(self, name: str, plan: Pacep, *, correcting: bool = False) -> None:
        """Open the panel of a fact about a plan, its first field in focus."""
        self._name, self._plan = (_CORRECTS if correcting else "") + name, plan
        self.open(self._made(name, plan, correcting=correcting))

    def open(self, panel: course.FactPanel) -> None:
        """Show a panel in place of the one there was."""
        self._clear()
        self.panel = panel
        panel.recorded.connect(self._on_recorded)
        panel.left.connect(self._on_left)
        panel.form.edited.connect(self.autosave.touch)
        self._lines.addWidget(panel)
        self.show()
        panel.show()
        panel.start()

    def come_back(self, plan: Pacep | None) -> None:
        """Open again what was being filled about this plan, as it was typed."""
        kept = {one.field: one.text for one in self._services.desk.of(KIND, plan.id)} if plan else {}
        name = kept.pop(_PANEL, "")
        if plan is None or not name:
            return
        bare = name.removeprefix(_CORRECTS)
        self.ask(bare, plan, correcting=bare != name)
        if self.panel:
            self.panel.form.set_drafts(kept)
            self.panel.show_needed()

    def flush(self) -> bool:
        return self.autosave.flush()

    def close_panel(self) -> None:
        """Put the panel away; its draft waits."""
        self.flush()
        self._clear()

    def _made(self, name: str, plan: Pacep, *, correcting: bool) -> course.FactPanel:
        ground = course.Ground(self._services.pacep, plan, self._parse, self._services.clock.today())
        if name == AGREEMENT:
            return course.agreement_panel(ground, correcting=correcting)
        if name == VISA:
            actor = self._services.context.actor
            stamps, alone = actor.may(Right.VISA), not actor.store_has_dpip
            return course.visa_panel(ground, may_stamp=stamps, no_dpip=alone, correcting=correcting)
        if name == FORCE:
            return course.force_panel(ground)
        return course.progress_panel(ground, _part(plan, UUID(name.removeprefix(PROGRESS))))

    def _keep(self, _: frozenset[str]) -> datetime | None:
        """Everything typed in the panel, with its name, until it is written or left."""
        if self.panel is None or self._plan is None:
            return None
        plan_id, fields = self._plan.id, self.panel.form.fields
        drafts = [Draft(KIND, plan_id, code, field.raw_text()) for code, field in fields.items()]
        self._services.desk.keep([Draft(KIND, plan_id, _PANEL, self._name), *drafts])
        return self._services.clock.now()

    def _on_recorded(self) -> None:
        self._forget()
        self.recorded.emit()

    def _on_left(self) -> None:
        self._forget()
        self.left.emit()

    def _forget(self) -> None:
        if self._plan is not None:
            self._services.desk.drop(KIND, self._plan.id)
        self._clear()

    def _clear(self) -> None:
        self.autosave.forget()
        self.panel = None
        clear(self._lines)
        self.hide()


def _part(plan: Pacep, lineage: UUID) -> Objective | Action:
    parts: list[Objective | Action] = []
    for _, objective in plan.live_objectives():
        parts += [objective, *objective.actions]
    return next(one for one in parts if one.lineage == lineage)
