"""Measures and obligations as the dated lists of resources/reference/ name them."""

from datetime import date
from typing import Protocol

from spip_desktop.domain.obligation import ObligationRule


class Catalogue(Protocol):
    """What the penal situation needs of the dated lists; codes retired since still have their label."""

    def measure_label(self, code: str) -> str: ...

    def measures(self, day: date) -> tuple[tuple[str, str], ...]: ...

    def obligation_label(self, code: str) -> str: ...

    def obligations(self, day: date, measure_kind: str) -> tuple[tuple[str, str], ...]: ...

    def obligation_rule(self, code: str) -> ObligationRule | None: ...
