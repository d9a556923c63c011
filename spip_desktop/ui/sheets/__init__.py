"""« Modèles de fiche »: what the service rewords or adds without code."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.sheets.page import SheetLibraryPage
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"sheets": SheetLibraryPage}
