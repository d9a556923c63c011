"""The evaluation, as pages and other services reach it."""

from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_changes import EvaluationChangesService
from spip_desktop.services.evaluation_course import EvaluationCourseService
from spip_desktop.services.evaluation_draft import EvaluationDraftService
from spip_desktop.services.evaluation_findings import EvaluationFindingService
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.evaluation_own import OwnViewService
from spip_desktop.services.evaluation_reading import EvaluationReadingService
from spip_desktop.services.interview_guide import InterviewGuideService


class EvaluationService:
    """`reading` shows, `draft` starts and fills, `findings` are made from the notes, `course` is what comes after.

    `changes` compares two versions, `guide` is the paper of the interview, `own` is what the person says themselves.
    """

    def __init__(self, context: Context, access: AccessService) -> None:
        ground = Ground(context, access)
        self.reading = EvaluationReadingService(ground)
        self.draft = EvaluationDraftService(ground)
        self.findings = EvaluationFindingService(ground)
        self.course = EvaluationCourseService(ground)
        self.changes = EvaluationChangesService(ground)
        self.guide = InterviewGuideService(ground)
        self.own = OwnViewService(ground)
