"""Reading `visible_if`, and refusing what could never be seen."""

from dataclasses import dataclass, field

from spip_desktop.domain.definition import Table
from spip_desktop.domain.text import NBSP
from spip_desktop.forms.schema import Condition, Kind, Question, Subject, Visibility

#: What must be true of each question or fact for something to be seen.
Needs = dict[tuple[Subject, str], frozenset[str]]


@dataclass
class Known:
    """What has been read so far: a condition may only look back."""

    facts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Questions read, with the codes that they may be answered with (none for free text).
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    visible_if: dict[str, Visibility] = field(default_factory=dict)
    #: Questions with several answers at once: two conditions on one of them do not exclude each other.
    several: set[str] = field(default_factory=set)
    #: Every question of the form, to tell a later one from an unknown one.
    later: set[str] = field(default_factory=set)

    def add(self, question: Question, codes: tuple[str, ...]) -> None:
        self.questions[question.code] = codes
        self.visible_if[question.code] = question.visible_if
        if question.kind is Kind.CHOICES:
            self.several.add(question.code)


def visibility(table: Table, known: Known) -> Visibility:
    """`{ fact|question = …, is = […] }`, or `{ all = [those] }`, or `{ any = [those] }`."""
    found = table.table("visible_if")
    if found is None:
        return Visibility()
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
    if not _reachable(result, known):
        table.refuse("visible_if", "ces conditions se contredisent, rien ne serait jamais affiché")
    return result


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
        later = "vient après" if code in known.later else "est inconnue"
        table.refuse(subject, f"la question «{NBSP}{code}{NBSP}» {later}")
    if not known.questions[code]:
        table.refuse(subject, f"la question «{NBSP}{code}{NBSP}» n’a pas de réponses fixées d’avance")
    return known.questions[code]


def _reachable(wanted: Visibility, known: Known) -> bool:
    """Whether no answer or fact would have to be two things at once, ancestors included."""
    if not wanted.every:
        return any(_reachable(Visibility((one,)), known) for one in wanted.conditions)
    return _needs(wanted, known, {}) is not None


def _needs(wanted: Visibility, known: Known, so_far: Needs) -> Needs | None:
    """What must hold, or None when it cannot; `any` groups of ancestors are left aside."""
    needs = dict(so_far)
    for one in wanted.conditions if wanted.every else ():
        key = (one.subject, one.code)
        if one.code not in known.several:
            needs[key] = needs.get(key, frozenset(one.values)) & frozenset(one.values)
            if not needs[key]:
                return None
        if one.subject is Subject.QUESTION:
            above = _needs(known.visible_if[one.code], known, needs)
            if above is None:
                return None
            needs = above
    return needs
