"""The conditions of a sheet as dated data: names, law, figures. What they compute is in domain/eligibility.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from spip_desktop.domain.definition import Definition, read
from spip_desktop.domain.text import NBSP
from spip_desktop.paths import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    code: str
    label: str
    help: str
    source: str
    legal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """`figures`: years, months or days, as each name says."""

    definition: Definition
    title: str
    checked: date
    figures: Mapping[str, int]
    rules: tuple[Rule, ...]

    def rule(self, code: str) -> Rule | None:
        return next((one for one in self.rules if one.code == code), None)


@cache
def shipped(code: str) -> RuleSet:
    path = resource("rules", f"{code}.toml")
    return parse(path.read_bytes(), path.name)


def parse(content: bytes, name: str) -> RuleSet:
    """The rules from their bytes; DefinitionError (file, line, reason) when they cannot be used."""
    top = read(content, name)
    definition = Definition("rules", top.code(), top.number("version"), content)
    title, checked = top.text("title"), top.required_day("checked")
    table = top.table("figures")
    figures = {} if table is None else {key: table.number(key) for key in table.names()}
    rules: list[Rule] = []
    for one in top.tables("rules"):
        rule = Rule(
            code=one.code(),
            label=one.text("label"),
            help=one.text("help"),
            source=one.text("source"),
            legal=one.text("legal", ""),
        )
        if any(rule.code == other.code for other in rules):
            one.refuse("code", f"code en double «{NBSP}{rule.code}{NBSP}»")
        one.close()
        rules.append(rule)
    top.close()
    return RuleSet(definition=definition, title=title, checked=checked, figures=figures, rules=tuple(rules))
