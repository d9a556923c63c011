"""The shared view: pages for the person followed, alone in the window."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.shared import page, plan
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {page.KIND: page.SharedPage, plan.KIND: plan.PlanPage}
