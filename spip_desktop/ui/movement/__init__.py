"""How fields, needs and objectives have moved through the versions of one person's evaluation and PACEP."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.movement.page import KIND, MovementPage
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {KIND: MovementPage}
