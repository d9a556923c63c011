"""From TOML to a form, strictly: whatever could not be shown or answered is refused with its line."""

from functools import cache, lru_cache
from pathlib import Path

from spip_desktop.domain.definition import Definition, DefinitionError, Table, read
from spip_desktop.domain.text import NBSP, clean
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
#: What a page or a paper has room for, in signs.
_TITLE, _LABEL, _HELP, _SPOKEN = 40, 120, 240, 400
_LONGEST_ANSWER = 100_000
#: What a step keeps beside its answers: no question may be called so.
_RESERVED = frozenset(
    {"state", "note", "marks", "rulers", "again_on", "noted_on", "interview_on", "no_need_reason"}
    | {"said_on", "said_how"}
)


@cache
def shipped(code: str) -> Form:
    """A form of resources/forms; DefinitionError (file, line, reason) when it cannot be used."""
    return load(resource("forms", f"{code}.toml"))


def load(path: Path) -> Form:
    return parse(path.read_bytes(), path.name)


@lru_cache(maxsize=16)
def of_the_store(content: bytes, code: str) -> Form:
    """The copy that a store keeps."""
    return parse(content, f"{code}.toml")


def parse(content: bytes, name: str) -> Form:
    """A form from its bytes; DefinitionError (file, line, reason) when it cannot be used."""
    top = read(content, name)
    known = Known(later=_every_question(top))
    code, version = top.code(), top.number("version")
    if version < 1:
        top.refuse("version", "le numéro de version doit être d’au moins 1")
    facts = _facts(top, known)
    banners = tuple(_banner(table, known) for table in top.tables("banners"))
    steps = _steps(top, known)
    form = Form(
        definition=Definition("form", code, version, content),
        title=_words(top, "title", _LABEL),
        source=top.text("source", ""),
        checked=top.required_day("checked"),
        facts=facts,
        banners=banners,
        variants=_variants(top, steps),
        steps=steps,
    )
    top.close()
    return form


def _facts(top: Table, known: Known) -> tuple[Fact, ...]:
    facts = []
    for table in top.tables("facts"):
        fact = Fact(code=table.code(), label=_words(table, "label", _LABEL), values=table.texts("values"))
        if len(set(fact.values)) < len(fact.values):
            table.refuse("values", f"le fait «{NBSP}{fact.code}{NBSP}» a deux fois la même valeur")
        if not fact.values:
            table.refuse("values", f"le fait «{NBSP}{fact.code}{NBSP}» n’a aucune valeur")
        if fact.code in known.facts:
            table.refuse("code", f"code en double «{NBSP}{fact.code}{NBSP}»")
        table.close()
        known.facts[fact.code] = fact.values
        facts.append(fact)
    return tuple(facts)


def _banner(table: Table, known: Known) -> Banner:
    seen, ways = visibility(table, known)
    banner = Banner(text=_words(table, "text", _SPOKEN), visible_if=seen, ways=ways)
    table.close()
    return banner


def _every_question(top: Table) -> set[str]:
    """The codes of all questions, read or not yet."""
    steps = (step.get("questions", []) for step in top.peek("steps"))
    questions = (one for found in steps if isinstance(found, list) for one in found if isinstance(one, dict))
    return {code for one in questions if isinstance(code := one.get("code"), str)}


def _steps(top: Table, known: Known) -> tuple[Step, ...]:
    tables = top.tables("steps")
    if not tables:
        top.refuse("steps", "le formulaire n’a aucune étape")
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
        label=_words(table, "label", _TITLE),
        kind=StepKind(table.one_of("kind", tuple(StepKind))),
        help=_words(table, "help", _HELP, ""),
        own_label=_words(table, "own_label", _LABEL, ""),
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
    seen, ways = visibility(table, known)
    prompt = Prompt(kind=kind, text=_words(table, "text", _SPOKEN), visible_if=seen, ways=ways)
    table.close()
    return prompt


def _question(table: Table, known: Known) -> Question:
    code = table.code()
    if code in known.questions:
        table.refuse("code", f"code en double «{NBSP}{code}{NBSP}»")
    if code in _RESERVED:
        table.refuse("code", f"le code «{NBSP}{code}{NBSP}» est pris par le logiciel")
    kind = Kind(table.one_of("kind", tuple(Kind)))
    seen, ways = visibility(table, known)
    question = Question(
        code=code,
        kind=kind,
        label=_words(table, "label", _LABEL),
        help=_words(table, "help", _HELP, ""),
        options=_options(table, kind),
        required=table.flag("required"),
        max_length=_max_length(table, kind),
        visible_if=seen,
        ways=ways,
        source=_words(table, "source", _HELP, ""),
        said_by_person=table.flag("said_by_person"),
    )
    table.close()
    known.add(question, _codes(question))
    return question


def _options(table: Table, kind: Kind) -> tuple[Option, ...]:
    options: list[Option] = []
    for one in table.tables("options"):
        option = Option(code=one.code(), label=_words(one, "label", _LABEL), alone=one.flag("alone"))
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
    if not 1 <= longest <= _LONGEST_ANSWER:
        table.refuse("max_length", f"la longueur doit être d’au moins 1 et d’au plus {_LONGEST_ANSWER}")
    return longest


def _codes(question: Question) -> tuple[str, ...]:
    """The values that a condition may look for."""
    if question.kind not in CODED:
        return ()
    if question.kind is Kind.YES_NO:
        return (YES, NO)
    return (YES,) if question.kind is Kind.TICK else tuple(option.code for option in question.options)


def _variants(top: Table, steps: tuple[Step, ...]) -> tuple[Variant, ...]:
    found: list[Variant] = []
    for table in top.tables("variants"):
        variant = _variant(table, steps)
        if any(variant.code == other.code for other in found):
            table.refuse("code", f"code en double «{NBSP}{variant.code}{NBSP}»")
        found.append(variant)
    return tuple(found)


def _variant(table: Table, steps: tuple[Step, ...]) -> Variant:
    variant = Variant(
        code=table.code(),
        label=_words(table, "label", _LABEL),
        steps=table.texts("steps"),
        chosen_fields=table.number("chosen_fields", 0),
    )
    for code in variant.steps:
        if all(step.code != code for step in steps):
            table.refuse("steps", f"étape inconnue «{NBSP}{code}{NBSP}»", code)
    if not variant.steps:
        table.refuse("steps", f"la forme «{NBSP}{variant.code}{NBSP}» n’a aucune étape")
    if not 0 <= variant.chosen_fields <= sum(step.kind is StepKind.FIELD for step in steps):
        table.refuse("chosen_fields", "il n’y a pas autant de champs à choisir")
    table.close()
    return variant


def _words(table: Table, key: str, most: int, default: str | None = None) -> str:
    """A text that fits where it stands, of signs that can be read."""
    found = table.text(key, default)
    if len(found) > most:
        table.refuse(key, f"«{NBSP}{key}{NBSP}» a {len(found)} signes, {most} au plus")
    if clean(found) != found:
        table.refuse(key, f"«{NBSP}{key}{NBSP}» contient un signe qui ne se lit pas, ou un saut de ligne")
    return found


__all__ = ["DefinitionError", "load", "of_the_store", "parse", "shipped"]
