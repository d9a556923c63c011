"""Charge de travail."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.workload.page import WorkloadPage
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"workload": WorkloadPage}
