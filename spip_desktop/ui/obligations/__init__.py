"""« Obligations »: what is followed of each, the work and the hours out, and the papers about them."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.obligations.page import KIND, ObligationsPage
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {KIND: ObligationsPage}
