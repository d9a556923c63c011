"""« Échéances »: the rules, where each comes from, on or off; the calendar of holidays."""

from collections.abc import Callable

from spip_desktop.ui.deadlines.page import DeadlinesPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"deadlines": DeadlinesPage}
