"""The form of the evaluation, as the service words it."""

from collections.abc import Callable

from spip_desktop.ui.forms.page import KIND, FormLibraryPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {KIND: FormLibraryPage}
