"""« Dessaisissement »: a dossier that goes to another service, or comes from one."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.handover.page import HandoverPage
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"person.handover": HandoverPage}
