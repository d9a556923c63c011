"""« À reporter »: what is typed again in APPI, GENESIS or PRISME, block after block."""

from collections.abc import Callable

from spip_desktop.ui.carrying.page import CarryingPage
from spip_desktop.ui.carrying.person_page import PersonCarryingPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {
    "carrying": CarryingPage,
    "person.carrying": PersonCarryingPage,
}
