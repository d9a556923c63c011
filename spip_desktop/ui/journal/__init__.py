"""« Journal »: who did what and when, whose dossiers were opened, the chain checked."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.journal.page import JournalPage
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"journal": JournalPage}
