"""The rules of the échéances as dated data (resources/rules/deadlines)."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from spip_desktop.domain.deadline import FLAGS, LEAD_DAYS, TRIGGERS, Rule, RuleKind, Subject
from spip_desktop.domain.deadline_calendar import Unit
from spip_desktop.domain.definition import Definition, Table, read
from spip_desktop.domain.text import NBSP
from spip_desktop.paths import resource

#: How a delay is written in a file, and its unit.
_DELAYS = {
    "days": Unit.DAYS,
    "weeks": Unit.WEEKS,
    "months": Unit.MONTHS,
    "working_days": Unit.WORKING_DAYS,
    "office_days": Unit.OFFICE_DAYS,
}
#: No page of the program shows that these were done: the officer says so.
_DONE_HERE = frozenset({Subject.MEASURE, Subject.CUSTODY, Subject.BASIS})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSet:
    """One file of rules."""

    definition: Definition
    title: str
    checked: date
    rules: tuple[Rule, ...]


@cache
def shipped() -> tuple[DeadlineSet, ...]:
    """Every file that we ship; DefinitionError (file, line, reason) when one cannot be used."""
    paths = sorted(resource("rules", "deadlines").glob("*.toml"))
    found = tuple(parse(path.read_bytes(), path.name) for path in paths)
    codes = [rule.code for one in found for rule in one.rules]
    assert len(codes) == len(set(codes)), "two files have a rule of the same code"
    return found


def every_rule() -> tuple[Rule, ...]:
    """The rules that we ship, in the order of their files."""
    return tuple(rule for one in shipped() for rule in one.rules)


def parse(content: bytes, name: str) -> DeadlineSet:
    """The rules of a file from its bytes; DefinitionError when they cannot be used."""
    top = read(content, name)
    definition = Definition("deadlines", top.code(), top.number("version"), content)
    title, checked = top.text("title"), top.required_day("checked")
    rules: list[Rule] = []
    for table in top.tables("rules"):
        rule = _rule(table, checked)
        if any(rule.code == other.code for other in rules):
            table.refuse("code", f"code en double «{NBSP}{rule.code}{NBSP}»")
        rules.append(rule)
    top.close()
    return DeadlineSet(definition=definition, title=title, checked=checked, rules=tuple(rules))


def _rule(table: Table, checked: date) -> Rule:
    subject = Subject(table.one_of("of", Subject))
    kind = RuleKind(table.one_of("kind", RuleKind))
    every = table.number("every_months", 0)
    count, unit = (every, Unit.MONTHS) if every else _delay(table)
    rule = Rule(
        code=table.code(),
        label=table.text("label"),
        why=table.text("why"),
        action=table.text("action"),
        help=table.text("help", ""),
        of=subject,
        trigger=table.one_of("trigger", sorted(TRIGGERS[subject])),
        count=count,
        unit=unit,
        kind=kind,
        legal=table.text("legal", ""),
        ref=table.text("ref", ""),
        checked=table.day("checked") or checked,
        certain=table.flag("certain"),
        on=not table.flag("off"),
        since=table.day("from"),
        until=table.day("until"),
        kinds=frozenset((*table.texts("measures"), *table.texts("partners"))) | _unknown_kind(table),
        needs=_flags(table, "needs", subject),
        unless=_flags(table, "unless", subject),
        proof=table.text("proof", ""),
        every_months=every,
        lead=table.number("lead", LEAD_DAYS),
        done_here=table.flag("done_here", subject in _DONE_HERE),
        page=table.text("page", ""),
        only_act=table.flag("only_act"),
        report=table.flag("report"),
    )
    if rule.is_law and not (rule.legal and rule.ref):
        table.refuse("kind", "une règle de droit donne son texte (legal) et sa référence (ref)")
    table.close()
    return rule


def _delay(table: Table) -> tuple[int, Unit]:
    given = [name for name in _DELAYS if table.has(name)]
    if len(given) != 1:
        table.refuse("trigger", f"un seul délai parmi{NBSP}: {', '.join(_DELAYS)}, every_months")
    return table.number(given[0]), _DELAYS[given[0]]


def _flags(table: Table, key: str, subject: Subject) -> frozenset[str]:
    found = frozenset(table.texts(key))
    for one in found - FLAGS.get(subject, frozenset()):
        table.refuse(key, f"rien ne se sait de «{NBSP}{one}{NBSP}»", one)
    return found


def _unknown_kind(table: Table) -> frozenset[str]:
    """The partner of a sheet may be none yet: such a sheet has no kind."""
    return frozenset({""}) if table.flag("without_kind") else frozenset()
