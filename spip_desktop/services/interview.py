"""Interviews: written and read. One name for the services of the slice."""

from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.interview_paper import InterviewPaperService
from spip_desktop.services.interview_reading import InterviewReadingService
from spip_desktop.services.interview_writing import InterviewWritingService


class InterviewService:
    """`writing` begins, saves, arrêtes and completes a note; `reading` reads; `papers` prints."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self.reading = InterviewReadingService(context, access, Ground(context, access))
        self.papers = InterviewPaperService(context, self.reading)
        self.writing = InterviewWritingService(context, access)
