"""From TOML to a form, strictly: whatever could not be shown or answered is refused with its line."""

from functools import cache
from pathlib import Path

from spip_desktop.domain.definition import Definition, DefinitionError, Table, read
from spip_desktop.domain.text import NBSP
from spip_desktop.forms.conditions import Known, visibility
from spip_desktop.forms.schema import (
    CODED,
    NO,
    YES,
    Banner,
    Fact,
    Form,
    Kind,
    Option,
    Prompt,
    PromptKind,
    Question,
    Step,
    StepKind,
    Variant,
)
from spip_desktop.paths import resource

#: Longest answers, in signs, where the question does not say.
_LENGTHS = {Kind.NOTE: 20_000, Kind.TEXT: 2_000}
_WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.CHOICES})


@cache
def shipped(code: str) -> Form:
    """A form of resources/forms; DefinitionError (file, line, reason) when it cannot be used."""
    return load(resource("forms", f"{code}.toml"))


def load(path: Path) -> Form:
    return parse(path.read_bytes(), path.name)


def parse(content: bytes, name: str) -> Form:
    """A form from its bytes: a shipped file or the copy that a store keeps."""
    top = read(content, name)
    known = Known()
    code, version = top.code(), top.number("version")
    facts = _facts(top, known)
    banners = tuple(_banner(table, known) for table in top.tables("banners"))
    steps = _steps(top, known)
    form = Form(
        definition=Definition("form", code, version, content),
        title=top.text("title"),
        source=top.text("source", ""),
        checked=top.required_day("checked"),
        facts=facts,
        banners=banners,
        variants=tuple(_variant(table, steps) for table in top.tables("variants")),
        steps=steps,
    )
    top.close()
    return form


def _facts(top: Table, known: Known) -> tuple[Fact, ...]:
    facts = []
    for table in top.tables("facts"):
        fact = Fact(code=table.code(), label=table.text("label"), values=table.texts("values"))
        if not fact.values:
            table.refuse("values", f"le fait «{NBSP}{fact.code}{NBSP}» n’a aucune valeur")
        if fact.code in known.facts:
            table.refuse("code", f"code en double «{NBSP}{fact.code}{NBSP}»")
        table.close()
        known.facts[fact.code] = fact.values
        facts.append(fact)
    return tuple(facts)


def _banner(table: Table, known: Known) -> Banner:
    banner = Banner(text=table.text("text"), visible_if=visibility(table, known))
    table.close()
    return banner


def _steps(top: Table, known: Known) -> tuple[Step, ...]:
    tables = top.tables("steps")
    if not tables:
        top.refuse("steps", "le formulaire n’a aucune étape")
    known.later = {
        str(code)
        for step in tables
        for question in step.peek("questions")
        if isinstance(code := question.get("code"), str)
    }
    steps: list[Step] = []
    for table in tables:
        step = _step(table, known)
        if any(step.code == other.code for other in steps):
            table.refuse("code", f"code en double «{NBSP}{step.code}{NBSP}»")
        steps.append(step)
    return tuple(steps)


def _step(table: Table, known: Known) -> Step:
    step = Step(
        code=table.code(),
        label=table.text("label"),
        kind=StepKind(table.one_of("kind", tuple(StepKind))),
        help=table.text("help", ""),
        needs_state=table.flag("needs_state"),
        prompts=tuple(_prompt(one, known) for one in table.tables("prompts")),
        questions=tuple(_question(one, known) for one in table.tables("questions")),
    )
    if sum(question.kind is Kind.NOTE for question in step.questions) > 1:
        table.refuse("questions", f"l’étape «{NBSP}{step.code}{NBSP}» a plus d’une note libre")
    if not step.questions:
        table.refuse("questions", f"l’étape «{NBSP}{step.code}{NBSP}» n’a aucune question")
    table.close()
    return step


def _prompt(table: Table, known: Known) -> Prompt:
    kind = PromptKind(table.one_of("kind", tuple(PromptKind)))
    prompt = Prompt(kind=kind, text=table.text("text"), visible_if=visibility(table, known))
    table.close()
    return prompt


def _question(table: Table, known: Known) -> Question:
    code = table.code()
    if code in known.questions:
        table.refuse("code", f"code en double «{NBSP}{code}{NBSP}»")
    kind = Kind(table.one_of("kind", tuple(Kind)))
    question = Question(
        code=code,
        kind=kind,
        label=table.text("label"),
        help=table.text("help", ""),
        options=_options(table, kind),
        required=table.flag("required"),
        max_length=_max_length(table, kind),
        visible_if=visibility(table, known),
        source=table.text("source", ""),
    )
    table.close()
    known.add(question, _codes(question))
    return question


def _options(table: Table, kind: Kind) -> tuple[Option, ...]:
    options: list[Option] = []
    for one in table.tables("options"):
        option = Option(code=one.code(), label=one.text("label"), alone=one.flag("alone"))
        if any(option.code == other.code for other in options):
            one.refuse("code", f"réponse en double «{NBSP}{option.code}{NBSP}»")
        one.close()
        options.append(option)
    if kind in _WITH_OPTIONS and not options:
        table.refuse("options", "cette question à choix n’a aucune réponse possible")
    if kind not in _WITH_OPTIONS and options:
        table.refuse("options", f"une question de nature «{NBSP}{kind}{NBSP}» n’a pas de réponses à choisir")
    return tuple(options)


def _max_length(table: Table, kind: Kind) -> int:
    if kind not in _LENGTHS:
        if table.has("max_length"):
            table.refuse("max_length", f"une question de nature «{NBSP}{kind}{NBSP}» n’a pas de longueur")
        return 0
    longest = table.number("max_length", _LENGTHS[kind])
    if longest < 1:
        table.refuse("max_length", "la longueur doit être d’au moins 1")
    return longest


def _codes(question: Question) -> tuple[str, ...]:
    """The values that a condition may look for."""
    if question.kind not in CODED:
        return ()
    if question.kind is Kind.YES_NO:
        return (YES, NO)
    return (YES,) if question.kind is Kind.TICK else tuple(option.code for option in question.options)


def _variant(table: Table, steps: tuple[Step, ...]) -> Variant:
    variant = Variant(
        code=table.code(),
        label=table.text("label"),
        steps=table.texts("steps"),
        chosen_fields=table.number("chosen_fields", 0),
    )
    for code in variant.steps:
        if all(step.code != code for step in steps):
            table.refuse("steps", f"étape inconnue «{NBSP}{code}{NBSP}»", code)
    if variant.chosen_fields > sum(step.kind is StepKind.FIELD for step in steps):
        table.refuse("chosen_fields", "il n’y a pas autant de champs à choisir")
    table.close()
    return variant


__all__ = ["DefinitionError", "load", "parse", "shipped"]
