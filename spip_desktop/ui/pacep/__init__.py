"""The PACEP on the screen: the plan, and the chain it is a link of."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.pacep.chain import KIND, ChainPage
from spip_desktop.ui.pacep.page import PacepPage
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"person.pacep": PacepPage, KIND: ChainPage}
