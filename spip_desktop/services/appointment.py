"""Appointments: made, handed over, held or missed, answered. One name for the services of the slice."""

from uuid import UUID

from spip_desktop.services.access import AccessService
from spip_desktop.services.appointment_batch import AppointmentBatchService
from spip_desktop.services.appointment_course import AppointmentCourseService
from spip_desktop.services.appointment_draft import AppointmentDraftService
from spip_desktop.services.appointment_ground import AppointmentGround
from spip_desktop.services.appointment_paper import AppointmentPaperService
from spip_desktop.services.appointment_reading import AppointmentReadingService, AppointmentView
from spip_desktop.services.appointment_reminder import AppointmentReminderService
from spip_desktop.services.context import Context


class AppointmentService:
    """`draft` makes one, `batch` several, `course` says what happens, `papers`, `reminders` print, `reading` reads."""

    def __init__(self, context: Context, access: AccessService) -> None:
        ground = AppointmentGround(context, access)
        self.reading = AppointmentReadingService(ground)
        self.draft = AppointmentDraftService(ground)
        self.batch = AppointmentBatchService(ground)
        self.course = AppointmentCourseService(ground)
        self.papers = AppointmentPaperService(ground)
        self.reminders = AppointmentReminderService(ground)

    def of_person(self, person_id: UUID) -> tuple[AppointmentView, ...]:
        """Every appointment of a person, the last to come first."""
        return self.reading.of_person(person_id)

    def next(self, person_id: UUID) -> AppointmentView | None:
        """The nearest appointment that is planned and has not begun."""
        return self.reading.next(person_id)
