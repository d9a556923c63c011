"""« Blocs à reporter » of the settings: which kinds are in use, for which system, from which day on."""

from collections.abc import Callable

from spip_desktop.ui.carrying_setup.page import CarryingSetupPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"carrying.setup": CarryingSetupPage}
