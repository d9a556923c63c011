"""The page « Évaluation » of a person."""

from collections.abc import Callable

from spip_desktop.ui.evaluation.keying import KEY_IN, KEY_IN_OWN, KEYING, OWN_KEYING
from spip_desktop.ui.evaluation.page import KIND, EvaluationPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services

PAGES: dict[str, Callable[[Services, Guard], Page]] = {KIND: EvaluationPage}

__all__ = ["KEYING", "KEY_IN", "KEY_IN_OWN", "OWN_KEYING", "PAGES"]
