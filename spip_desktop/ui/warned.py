"""Warnings told once about an appointment: the same gesture accepts those that were read, and no other."""

from spip_desktop.domain.appointment import WARNINGS
from spip_desktop.domain.errors import Problem, Refusal


class Warned:
    """The warnings already told of one day and hour: told again only when these change."""

    def __init__(self) -> None:
        self._about: tuple[object, ...] = ()
        self._codes: frozenset[str] = frozenset()

    def about(self, *what: object) -> frozenset[str]:
        """The codes of those already told about that."""
        if what != self._about:
            self._about, self._codes = what, frozenset()
        return self._codes

    def told(self, refusal: Refusal) -> Refusal:
        """The refusal to show; where it holds warnings alone, it says that the same gesture accepts them."""
        warned = [one for one in refusal.problems if one.code in WARNINGS]
        self._codes |= {one.code for one in warned}
        if len(warned) < len(refusal.problems):
            return refusal
        return Refusal.of([*warned, Problem("appointment_again", warned[-1].field)])
