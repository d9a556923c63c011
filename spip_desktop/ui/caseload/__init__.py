"""« Mon tableau »."""

from collections.abc import Callable

from spip_desktop.ui.caseload.page import CaseloadPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"caseload": CaseloadPage}
