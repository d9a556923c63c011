"""The catalogue of what a partner may read (resources/reference/fields.toml), field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from spip_desktop.domain.definition import Definition, Table, read
from spip_desktop.domain.text import NBSP
from spip_desktop.paths import resource


class FieldClass(StrEnum):
    """A has a legal basis (R. 240-6, 12°, in milieu fermé under 26), B needs the agreement, C never leaves."""

    LEGAL = "A"
    AGREEMENT = "B"
    NEVER = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`source` says where the value comes from (record.attribute); `typed`: it is written on the sheet itself."""

    code: str
    label: str
    source: str
    field_class: FieldClass
    legal: str = ""
    max_length: int = 0
    typed: bool = False

    def needs_agreement(self, *, legal_basis: bool) -> bool:
        """Whether a tick is needed: class A needs none where the legal basis of the sheet applies."""
        return self.field_class is not FieldClass.LEGAL or not legal_basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    definition: Definition
    checked: date
    by_code: Mapping[str, Field]


@cache
def shipped() -> Fields:
    path = resource("reference", "fields.toml")
    return parse(path.read_bytes(), path.name)


def parse(content: bytes, name: str) -> Fields:
    """The catalogue from its bytes; DefinitionError (file, line, reason) when it cannot be used."""
    top = read(content, name)
    definition = Definition("reference", top.code(), top.number("version"), content)
    checked = top.required_day("checked")
    top.text("title")
    top.text("legal", "")
    by_code: dict[str, Field] = {}
    for table in top.tables("entries"):
        field = _field(table)
        if field.code in by_code:
            table.refuse("code", f"code en double «{NBSP}{field.code}{NBSP}»")
        by_code[field.code] = field
    top.close()
    return Fields(definition=definition, checked=checked, by_code=by_code)


def _field(table: Table) -> Field:
    field = Field(
        code=table.code(),
        label=table.text("label"),
        source=table.text("source"),
        field_class=FieldClass(table.one_of("class", tuple(FieldClass))),
        legal=table.text("legal", ""),
        max_length=table.number("max_length", 0),
        typed=table.flag("typed"),
    )
    if field.field_class is FieldClass.LEGAL and not field.legal:
        table.refuse("legal", "une rubrique de classe A cite son fondement")
    table.close()
    return field
