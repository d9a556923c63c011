"""« Rendez-vous » of a person, « Agenda » of an officer, the outcomes to note, what the agenda knows besides."""

from collections.abc import Callable

from spip_desktop.ui.appointment.agenda_page import AgendaPage
from spip_desktop.ui.appointment.batch_page import BatchPage
from spip_desktop.ui.appointment.outcomes_page import OutcomesPage
from spip_desktop.ui.appointment.person_page import PersonAppointmentsPage
from spip_desktop.ui.appointment.setup_page import AgendaSetupPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "person.appointments": PersonAppointmentsPage,
    "agenda": AgendaPage,
    "agenda.batch": BatchPage,
    "agenda.outcomes": OutcomesPage,
    "agenda.setup": AgendaSetupPage,
}
