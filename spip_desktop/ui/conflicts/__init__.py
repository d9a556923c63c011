"""« Conflits »: what was changed here and on another station in the same place, put side by side and settled."""

from collections.abc import Callable

from spip_desktop.ui.conflicts.page import ConflictsPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"transfers.conflicts": ConflictsPage}
