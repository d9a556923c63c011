"""« Conservation »: what is no longer to be kept, what holds it back, its erasure and its certificates."""

from collections.abc import Callable

from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.retention.page import RetentionPage
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {"retention": RetentionPage}
