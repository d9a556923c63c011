"""« Entretiens »: those of one person, and the note of one."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.interview.list_page import InterviewsPage
from spip_desktop.ui.interview.note_page import InterviewPage
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "person.interviews": InterviewsPage,
    "interview": InterviewPage,
}
