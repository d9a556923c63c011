"""« Aide » (F1): the keys, and what the program does by itself."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.help.page import HelpPage
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"help": HelpPage}
