"""The agenda: days read, what the service set, what leaves it. One name for the services of the slice."""

from spip_desktop.services.access import AccessService
from spip_desktop.services.agenda_paper import AgendaPaperService
from spip_desktop.services.agenda_reading import AgendaReadingService
from spip_desktop.services.agenda_setup import AgendaSetupService
from spip_desktop.services.appointment_ground import AppointmentGround
from spip_desktop.services.context import Context


class AgendaService:
    """`reading` gives the days, `setup` keeps places, absences and permanences, `papers` prints and exports."""

    def __init__(self, context: Context, access: AccessService) -> None:
        ground = AppointmentGround(context, access)
        self.reading = AgendaReadingService(ground)
        self.setup = AgendaSetupService(ground)
        self.papers = AgendaPaperService(ground, self.reading)
