"""Reading `visible_if`, and refusing what could never be seen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from spip_desktop.domain.definition import Table
from spip_desktop.domain.text import NBSP
from spip_desktop.forms.schema import ALWAYS, Condition, Kind, Question, Subject, Visibility, Way, Ways

#: More ways than any form needs; past it nobody could say when a question is asked.
_MOST_WAYS = 100


@dataclass
class Known:
    """What has been read so far: a condition may only look back."""

    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Questions read, with the codes that they may be answered with (none for free text).
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: How each of them comes to be seen, what it hangs on included.
    ways: dict[str, Ways] = field(default_factory=dict)
    #: Questions with several answers at once, with those of their answers that stand with others.
    several: dict[str, frozenset[str]] = field(default_factory=dict)
    #: Every question of the form, to tell a later one from an unknown one.
    later: set[str] = field(default_factory=set)

    def add(self, question: Question, codes: tuple[str, ...]) -> None:
        self.questions[question.code] = codes
        self.ways[question.code] = question.ways
        if question.kind is Kind.CHOICES:
            self.several[question.code] = frozenset(one.code for one in question.options if not one.alone)


def visibility(table: Table, known: Known) -> tuple[Visibility, Ways]:
    """`{ fact|question = …, is = […] }`, or `{ all = [those] }`, or `{ any = [those] }`, and the ways to be seen."""
    found = table.table("visible_if")
    if found is None:
        return Visibility(), ALWAYS
    group = next((key for key in ("all", "any") if found.has(key)), "")
    if group:
        tables = found.tables(group)
        if not tables:
            found.refuse(group, "cette liste de conditions est vide")
        conditions = tuple(_condition(one, known) for one in tables)
    else:
        conditions = (_condition(found, known, closing=False),)
    found.close()
    result = Visibility(conditions, every=group != "any")
    return result, _ways(table, result, known)


def _condition(table: Table, known: Known, *, closing: bool = True) -> Condition:
    subject = Subject.FACT if table.has("fact") else Subject.QUESTION
    code = table.text(subject)
    values = table.texts("is")
    possible = _possible(table, subject, code, known)
    if not values:
        table.refuse("is", "cette condition n’attend aucune valeur")
    for value in values:
        if value not in possible:
            table.refuse("is", f"«{NBSP}{value}{NBSP}» n’est pas une réponse possible de «{NBSP}{code}{NBSP}»")
    if closing:
        table.close()
    return Condition(subject, code, values)


def _possible(table: Table, subject: Subject, code: str, known: Known) -> tuple[str, ...]:
    if subject is Subject.FACT:
        if code not in known.facts:
            table.refuse(subject, f"fait inconnu «{NBSP}{code}{NBSP}»")
        return known.facts[code]
    if code not in known.questions:
        later = "ne vient pas avant celle-ci" if code in known.later else "est inconnue"
        table.refuse(subject, f"la question «{NBSP}{code}{NBSP}» {later}")
    if not known.questions[code]:
        table.refuse(subject, f"la question «{NBSP}{code}{NBSP}» n’a pas de réponses fixées d’avance")
    return known.questions[code]


def _ways(table: Table, wanted: Visibility, known: Known) -> Ways:
    """Every way for these conditions to hold together with those of the questions they look at."""
    of_each = [_ways_of(table, one, known) for one in wanted.conditions]
    if not wanted.every:
        if not all(of_each):
            table.refuse("visible_if", "l’une de ces conditions ne peut jamais être remplie")
        return _shortest(table, (way for ways in of_each for way in ways))
    found = ALWAYS
    for ways in of_each:
        both = (one | other for one, other in product(found, ways))
        found = _shortest(table, (way for way in both if _holds(way, known)))
    if not found:
        table.refuse("visible_if", "ces conditions se contredisent, rien ne serait jamais affiché")
    return found


def _ways_of(table: Table, condition: Condition, known: Known) -> Ways:
    above = known.ways[condition.code] if condition.subject is Subject.QUESTION else ALWAYS
    with_it = (way | {condition} for way in above)
    return _shortest(table, (way for way in with_it if _holds(way, known)))


def _shortest(table: Table, ways: Iterable[Way]) -> Ways:
    """The ways, without those that only ask for more than another one."""
    kept: list[Way] = []
    for way in sorted(set(ways), key=len):
        if not any(other <= way for other in kept):
            kept.append(way)
        if len(kept) > _MOST_WAYS:
            table.refuse("visible_if", "trop de conditions s’enchaînent pour dire quand ceci est posé")
    return frozenset(kept)


def _holds(way: Way, known: Known) -> bool:
    """Whether no answer or fact would have to be two things at once."""
    subjects = {(one.subject, one.code) for one in way}
    return all(_one_holds(way, subject, code, known) for subject, code in subjects)


def _one_holds(way: Way, subject: Subject, code: str, known: Known) -> bool:
    wanted = [frozenset(one.values) for one in way if (one.subject, one.code) == (subject, code)]
    if frozenset.intersection(*wanted):
        return True
    together = known.several.get(code, frozenset()) if subject is Subject.QUESTION else frozenset()
    return all(one & together for one in wanted)
