"""The PACEP: written, put to the person, carried out, printed. One name for the services of the slice."""

from uuid import UUID

from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.pacep_course import Answer, PacepCourseService, Visa
from spip_desktop.services.pacep_draft import PacepDraftService
from spip_desktop.services.pacep_paper import PacepPaperService
from spip_desktop.services.pacep_reading import ChainView, OpenAction, PacepReadingService, PlanView, Version
from spip_desktop.services.pacep_review import PacepReviewService
from spip_desktop.services.pacep_shared import SharedPlanService
from spip_desktop.services.printing import Printable
from spip_desktop.services.synthesis import SynthesisService


class PacepService:
    """`draft` writes, `course` records what happens to a plan, `papers` prints, `reading` reads, `review` dates.

    `shared` is what the person reads of the plan on the screen, and answers.
    """

    def __init__(self, context: Context, access: AccessService, synthesis: SynthesisService) -> None:
        self.reading = PacepReadingService(context, access)
        self.draft = PacepDraftService(context, access)
        self.papers = PacepPaperService(context, access, synthesis)
        self.review = PacepReviewService(context, access)
        self.course = PacepCourseService(context, access, self.papers)
        self.shared = SharedPlanService(context, access, self.papers, self.course)

    def view(self, person_id: UUID, pacep_id: UUID | None = None) -> PlanView:
        return self.reading.view(person_id, pacep_id)

    def current(self, person_id: UUID) -> Version | None:
        """The version in force."""
        return self.reading.current(person_id)

    def open_actions(self, person_id: UUID) -> tuple[OpenAction, ...]:
        """The actions still to be done, those of the plan in force first."""
        return self.reading.open_actions(person_id)


__all__ = [
    "Answer", "ChainView", "CopyKept", "OpenAction", "PacepService", "PlanView", "Printable", "Version", "Visa",
]  # fmt: skip
