"""Every condition that the rules of a sheet may name (resources/rules), and what each computes from the facts.

A rule of a service is data: which condition, its words, its source, its figure. Sources: domain.md §4.3.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from spip_desktop.domain import dates, eligibility
from spip_desktop.domain.eligibility import Answer, Facts, RuleResult, Thresholds
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.text import NBSP


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One rule as data. `limit` is the figure of its check, in the unit its check says.

    `only_for` are the asks for which it counts (none: always); `measures` the codes that it looks for.
    """

    code: str
    label: str
    help: str
    source: str
    legal: str = ""
    check: str = ""
    limit: int = 0
    only_for: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()


_Said = tuple[Answer, str]
_Check = Callable[[Facts, Condition], _Said]
_NO_BASIS = "ni mesure ni écrou en cours"


def answers(conditions: Iterable[Condition], facts: Facts, figures: Thresholds) -> tuple[RuleResult, ...]:
    """The answer to each condition, in order."""
    return tuple(_answer(one, facts, figures) for one in conditions)


def _answer(condition: Condition, facts: Facts, figures: Thresholds) -> RuleResult:
    check = condition.check
    if condition.only_for and condition.only_for.isdisjoint(facts.asks):
        found = RuleResult(code="", label="", answer=Answer.NOT_CONCERNED, input="ce n’est pas demandé")
    elif check in _FIRST:
        found = _FIRST[check](facts, figures)
    else:
        answer, said = _CHECKS[check](facts, condition)
        found = RuleResult(code="", label="", answer=answer, input=said)
    return replace(
        found,
        code=condition.code,
        label=found.label if check in _OWN_WORDS and found.label else condition.label,
        legal=condition.legal,
        source=condition.source,
        check=check,
    )


#: Their name follows the person or the figures: « Condamnée », « Moins de 30 ans, avec RQTH ».
_OWN_WORDS = frozenset({"age_band", "convicted", "window"})
_FIRST: Mapping[str, Callable[[Facts, Thresholds], RuleResult]] = {
    "adult": eligibility.adult,
    "age_band": eligibility.age_band,
    "convicted": lambda facts, _: eligibility.convicted(facts),
    "window": eligibility.window_rule,
    "open_milieu": lambda facts, _: eligibility.open_milieu(facts),
    "near_employment": lambda facts, _: eligibility.near_employment(facts),
    "prepared": lambda facts, _: eligibility.prepared(facts),
    "served": lambda facts, _: eligibility.served(facts),
    "agreed": lambda facts, _: eligibility.agreed(facts),
}


def _detained(facts: Facts, _: Condition) -> _Said:
    return {
        Milieu.CUSTODY: (Answer.YES, "personne détenue"),
        Milieu.OPEN: (Answer.NO, "milieu ouvert"),
        None: (Answer.TO_CHECK, _NO_BASIS),
    }[facts.milieu]


def _in_the_open(facts: Facts, _: Condition) -> _Said:
    return {
        Milieu.OPEN: (Answer.YES, "milieu ouvert"),
        Milieu.CUSTODY: (Answer.NO, "personne détenue"),
        None: (Answer.TO_CHECK, _NO_BASIS),
    }[facts.milieu]


def _human(facts: Facts, condition: Condition) -> _Said:
    """Only a person can tell: the officer answers, with one line of reason."""
    opinion = facts.opinions.get(condition.code)
    if opinion is None or opinion.answer not in ("oui", "non"):
        return Answer.TO_CHECK, "à dire par le CPIP"
    when = f"CPIP, {dates.short(opinion.on)}" if opinion.on else "CPIP"
    if not opinion.reason.strip():
        return Answer.TO_CHECK, f"{when}, motif à écrire"
    return (Answer.YES if opinion.answer == "oui" else Answer.NO), when


def _document(facts: Facts, _: Condition) -> _Said:
    if facts.document_valid is None:
        return Answer.TO_CHECK, "aucune pièce notée"
    return (Answer.YES if facts.document_valid else Answer.NO), facts.document


def _sentence_at_most(facts: Facts, condition: Condition) -> _Said:
    """The quantum of the one sentence, in months (INSERRE1: five years)."""
    months = facts.sentence_months
    if months is None:
        return Answer.TO_CHECK, "peine non notée, ou plusieurs peines"
    return (Answer.YES if months <= condition.limit else Answer.NO), f"peine de {_months(months)}"


def _remaining_at_most(facts: Facts, condition: Condition) -> _Said:
    """What is left until the foreseeable release, in months (ADERES1: a figure of the service)."""
    release = facts.release.day if facts.release else None
    if facts.milieu is Milieu.OPEN:
        return Answer.NOT_CONCERNED, "milieu ouvert"
    if release is None or release < facts.today:
        return Answer.TO_CHECK, "date de sortie non connue"
    short = release <= dates.add_months(facts.today, condition.limit)
    return (Answer.YES if short else Answer.NO), f"sortie prévisible le {dates.short(release)}"


def _measure(facts: Facts, condition: Condition) -> _Said:
    """A measure of one of these kinds runs."""
    if not facts.measures:
        return Answer.TO_CHECK, "aucune mesure notée"
    found = condition.measures.intersection(facts.measures)
    return (Answer.YES, ", ".join(sorted(found))) if found else (Answer.NO, ", ".join(facts.measures))


def _hours(facts: Facts, _: Condition) -> _Said:
    return (Answer.YES, f"{facts.hours}{NBSP}heures") if facts.hours else (Answer.TO_CHECK, "heures non notées")


def _months(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [f"{years}{NBSP}an{'s' if years > 1 else ''}" if years else "", f"{rest}{NBSP}mois" if rest else ""]
    return " ".join(one for one in parts if one) or f"moins d’un{NBSP}mois"


_CHECKS: Mapping[str, _Check] = {
    "detained": _detained,
    "in_the_open": _in_the_open,
    "human": _human,
    "document": _document,
    "sentence_at_most": _sentence_at_most,
    "remaining_at_most": _remaining_at_most,
    "measure": _measure,
    "hours": _hours,
}
CHECKS = frozenset(_FIRST) | frozenset(_CHECKS)
#: The checks that need a figure, and those that need codes of measures.
WITH_LIMIT = frozenset({"sentence_at_most", "remaining_at_most"})
#: The first rules did not name their checks.
FIRST_CHECKS: Mapping[str, str] = {
    "ML1": "adult", "ML2": "age_band", "ML3": "convicted", "ML4": "window", "ML5": "open_milieu",
    "ML6": "near_employment", "ML7": "prepared", "ML8": "served", "ML9": "agreed",
}  # fmt: skip
