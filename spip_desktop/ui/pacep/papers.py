"""The papers of a plan, as the page asks for them: to be signed, what changed, the copy of the person."""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.services.printing import Printable
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.pacep import course
from spip_desktop.ui.printing import PrintLine
from spip_desktop.wiring import Services


class PlanPapers:
    """`open_panel` shows a question in the page, `tell` a refusal; `printing` is the line that chooses the printer."""

    def __init__(
        self,
        services: Services,
        guard: Guard,
        open_panel: Callable[[FactPanel], object],
        tell: Callable[[Refusal], object],
    ) -> None:
        self._papers, self._guard = services.pacep.papers, guard
        self._open_panel, self._tell = open_panel, tell
        self.printing = PrintLine(services.printing)

    def ask_plan(self, plan: Pacep) -> None:
        """« Projet » of a draft, « À signer » as issued of a frozen version."""
        make = self._papers.to_sign if plan.is_frozen else self._papers.project
        self._show(lambda: make(plan.id))

    def print_changes(self, plan_id: UUID) -> None:
        """« Ce qui a changé depuis », for the judge."""
        self._show(lambda: self._papers.changes(plan_id))

    def ask_copy(self, plan_id: UUID) -> None:
        """The copy for the cell or the one kept at the registry under écrou; straight on elsewhere."""
        papers = self._papers
        home = papers.usual_copy(plan_id) is CopyKept.HOME
        kinds = (CopyKept.HOME,) if home else (CopyKept.CELL, CopyKept.REGISTRY)
        words = {kept: tuple(found.word for found in papers.words_to_read(plan_id, kept)) for kept in kinds}
        if home and not words[CopyKept.HOME]:
            self._show(lambda: papers.copy(plan_id, CopyKept.HOME))
            return
        self._open_panel(course.copy_panel(words, lambda kept, read: self._copy(plan_id, kept, read)))

    def _copy(self, plan_id: UUID, kept: CopyKept, words_read: bool) -> None:
        paper = self._papers.copy(plan_id, kept, words_read=words_read)
        self._show(lambda: paper)

    def _show(self, make: Callable[[], Printable]) -> None:
        paper = self._guard.run(make, refused=self._tell)
        if paper is not None:
            self.printing.ask(paper)
