"""« Doublons possibles »: two dossiers that may be one person's, put side by side, merged or kept apart."""

from collections.abc import Callable

from spip_desktop.ui.duplicates.page import DuplicatesPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"persons.duplicates": DuplicatesPage}
