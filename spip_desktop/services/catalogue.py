"""Measures and obligations as the dated lists name them, and what they allow (V11)."""

from datetime import date
from functools import cache

from spip_desktop import reference
from spip_desktop.domain.obligation import KEPT_IN_CUSTODY, MAY_BE_KEPT, ObligationRule

#: What a list offers: (code, label).
Options = tuple[tuple[str, str], ...]
#: Code pénal, art. 132-44: they bind without being ordered.
CONTROL = "controle"


class Catalogue:
    """The two lists that the penal situation reads; a retired code keeps its label."""

    def measure_label(self, code: str) -> str:
        return reference.load("measures").label(code)

    def measure_short(self, code: str) -> str:
        """« DDSE », as one says it; the whole name where there is no shorter one."""
        entry = reference.load("measures").get(code)
        return (entry.text("short") if entry else "") or self.measure_label(code)

    def measures(self, day: date, keep: str = "") -> Options:
        return reference.load("measures").options(day, keep)

    def obligation_label(self, code: str) -> str:
        """« 13° Ne pas entrer en relation avec certaines personnes »."""
        entry = reference.load("obligations").get(code)
        return f"{entry.text('number')} {entry.label}" if entry else code

    def obligation_place(self, code: str) -> int:
        """Where a code stands in the articles; one that is unknown comes last."""
        entries = reference.load("obligations").entries
        return next((place for place, one in enumerate(entries) if one.code == code), len(entries))

    def control_measures(self) -> tuple[str, ...]:
        """The codes of art. 132-44."""
        entries = reference.load("obligations").entries
        return tuple(one.code for one in entries if one.text("family") == CONTROL)

    def obligations(self, day: date, measure_kind: str) -> Options:
        """The special obligations that this measure may carry on that day, by their number in the article."""
        rules = _rules()
        return tuple(
            (one.code, f"{one.text('number')} {one.label}")
            for one in reference.load("obligations").on(day)
            if one.text("family") != CONTROL and measure_kind not in rules[one.code].forbidden
        )

    def obligation_rule(self, code: str) -> ObligationRule | None:
        return _rules().get(code)

    def kept_in_custody(self, *, contested: bool = False) -> frozenset[str]:
        """The bans that stay during an incarceration; `contested` adds 18° and 18° bis, as the service reads them."""
        return KEPT_IN_CUSTODY | MAY_BE_KEPT if contested else KEPT_IN_CUSTODY


@cache
def _rules() -> dict[str, ObligationRule]:
    """The rule of each code; a measure that carries no obligation at all is forbidden to every one."""
    bare = frozenset(one.code for one in reference.load("measures").entries if one.text("obligations") == "aucune")
    return {
        one.code: ObligationRule(
            code=one.code,
            measures=frozenset(one.texts("for_measures")),
            forbidden=bare | frozenset(one.texts("not_for")),
            condition=_continued(one.text("condition")),
            source=one.legal,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
        )
        for one in reference.load("obligations").entries
    }


def _continued(sentence: str) -> str:
    """A sentence as it goes on after « À vérifier : »."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")
