"""« Arrivants »: the list of the day."""

from collections.abc import Callable

from spip_desktop.ui.arrivals.page import ArrivalsPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"arrivals": ArrivalsPage}
