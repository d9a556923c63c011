"""The conditions of a sheet as dated data: names, law, figures. domain/eligibility_checks.py computes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from spip_desktop.domain.definition import Definition, Table, read
from spip_desktop.domain.eligibility_checks import CHECKS, FIRST_CHECKS, WITH_LIMIT, Condition
from spip_desktop.domain.text import NBSP
from spip_desktop.paths import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """`figures`: years, months or days, as each name says."""

    definition: Definition
    title: str
    checked: date
    figures: Mapping[str, int]
    rules: tuple[Condition, ...]

    def rule(self, code: str) -> Condition | None:
        return next((one for one in self.rules if one.code == code), None)


@cache
def shipped(code: str) -> RuleSet:
    path = resource("rules", f"{code}.toml")
    return parse(path.read_bytes(), path.name)


@cache
def codes() -> frozenset[str]:
    """The sets of rules that we ship."""
    return frozenset(path.stem for path in resource("rules").glob("*.toml"))


def parse(content: bytes, name: str) -> RuleSet:
    """The rules from their bytes; DefinitionError (file, line, reason) when they cannot be used."""
    top = read(content, name)
    definition = Definition("rules", top.code(), top.number("version"), content)
    title, checked = top.text("title"), top.required_day("checked")
    table = top.table("figures")
    figures = {} if table is None else {key: table.number(key) for key in table.names()}
    rules: list[Condition] = []
    for one in top.tables("rules"):
        rule = _rule(one)
        if any(rule.code == other.code for other in rules):
            one.refuse("code", f"code en double «{NBSP}{rule.code}{NBSP}»")
        rules.append(rule)
    top.close()
    return RuleSet(definition=definition, title=title, checked=checked, figures=figures, rules=tuple(rules))


def _rule(table: Table) -> Condition:
    code = table.code()
    rule = Condition(
        code=code,
        label=table.text("label"),
        help=table.text("help"),
        source=table.text("source"),
        legal=table.text("legal", ""),
        check=table.one_of("check", sorted(CHECKS), FIRST_CHECKS.get(code)),
        limit=table.number("limit", 0),
        only_for=frozenset(table.texts("only_for")),
        measures=frozenset(table.texts("measures")),
    )
    if rule.check in WITH_LIMIT and rule.limit <= 0:
        table.refuse("check", f"«{NBSP}{rule.check}{NBSP}» demande un chiffre (limit)")
    if rule.check == "measure" and not rule.measures:
        table.refuse("check", "cette condition nomme des mesures (measures)")
    table.close()
    return rule
