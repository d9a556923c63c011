"""The blocks of « À reporter » as dated data (resources/rules/carrying): where each goes, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from spip_desktop.domain.carrying import OFFERED, BlockKind, Of, System
from spip_desktop.domain.definition import Definition, Table, read
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.text import NBSP
from spip_desktop.forms import fields
from spip_desktop.forms.fields import FieldClass
from spip_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class SystemGround:
    """What the law lets a system hold of what no partner may read (class C)."""

    legal: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The file."""

    definition: Definition
    checked: date
    kinds: tuple[BlockKind, ...]
    grounds: Mapping[System, SystemGround]

    def hides(self, kind: BlockKind) -> frozenset[str]:
        """The names of a kind of block that its present system may not hold: they are left out of its words."""
        return frozenset(name for name in kind.fields if not _held(OFFERED[kind.of][name], kind.system, self.grounds))


@cache
def shipped() -> Blocks:
    path = resource("rules", "carrying", "blocks.toml")
    return parse(path.read_bytes(), path.name)


def parse(content: bytes, name: str) -> Blocks:
    """The blocks of a file from its bytes; DefinitionError (file, line, reason) when they cannot be used."""
    top = read(content, name)
    definition = Definition("carrying", top.code(), top.number("version"), content)
    top.text("title")
    checked = top.required_day("checked")
    grounds: dict[System, SystemGround] = {}
    for table in top.tables("grounds"):
        system = System(table.one_of("system", System))
        grounds[system] = _ground(table)
    kinds: list[BlockKind] = []
    for table in top.tables("kinds"):
        kind = _kind(table, checked, grounds)
        if any(kind.code == other.code for other in kinds):
            table.refuse("code", f"code en double «{NBSP}{kind.code}{NBSP}»")
        kinds.append(kind)
    top.close()
    return Blocks(definition=definition, checked=checked, kinds=tuple(kinds), grounds=grounds)


def _ground(table: Table) -> SystemGround:
    known = fields.shipped().by_code
    named = table.texts("fields")
    for one in named:
        if one not in known:
            table.refuse("fields", f"rubrique inconnue «{NBSP}{one}{NBSP}»", one)
    found = SystemGround(table.text("legal"), frozenset(named))
    table.close()
    return found


def _kind(table: Table, checked: date, grounds: Mapping[System, SystemGround]) -> BlockKind:
    kind = BlockKind(
        code=table.code(),
        label=table.text("label"),
        of=Of(table.one_of("of", Of)),
        milieu=table.one_of("milieu", ("", *Milieu), ""),
        system=System(table.one_of("system", System)),
        rubric=table.text("rubric"),
        title=table.text("title"),
        lines=table.texts("lines"),
        certain=table.flag("certain"),
        on=not table.flag("off"),
        checked=table.day("checked") or checked,
    )
    if not kind.lines:
        table.refuse("lines", "le bloc n’a pas de texte")
    for name in sorted(kind.fields):
        where = "title" if f"{{{name}}}" in kind.title else "lines"
        if name not in OFFERED[kind.of]:
            table.refuse(where, f"«{NBSP}{name}{NBSP}» ne peut pas être dans ce bloc", name)
        if not _held(OFFERED[kind.of][name], kind.system, grounds):
            table.refuse(where, f"«{NBSP}{name}{NBSP}» ne sort jamais (classe C) et aucun texte ne l’ouvre", name)
    table.close()
    return kind


def _held(field: str, system: System, grounds: Mapping[System, SystemGround]) -> bool:
    """Whether a system may hold a field of the catalogue: class C only where a ground names it."""
    if not field or fields.shipped().by_code[field].field_class is not FieldClass.NEVER:
        return True
    return system in grounds and field in grounds[system].fields
