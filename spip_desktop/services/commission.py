"""The commissions: prepared, issued, decided, read. One name for the services of the slice."""

from spip_desktop.services.access import AccessService
from spip_desktop.services.commission_course import CommissionCourseService
from spip_desktop.services.commission_draft import CommissionDraftService
from spip_desktop.services.commission_ground import CommissionGround
from spip_desktop.services.commission_paper import CommissionPaperService
from spip_desktop.services.commission_reading import CommissionReadingService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation import EvaluationService
from spip_desktop.services.pacep import PacepService


class CommissionService:
    """`draft` writes, `course` records what happens to a passage, `papers` prints, `reading` reads."""

    def __init__(
        self, context: Context, access: AccessService, evaluations: EvaluationService, plans: PacepService
    ) -> None:
        ground = CommissionGround(context, access)
        self.reading = CommissionReadingService(ground)
        self.draft = CommissionDraftService(ground)
        self.papers = CommissionPaperService(ground, evaluations, plans)
        self.course = CommissionCourseService(ground, self.papers)
