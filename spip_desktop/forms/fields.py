"""The catalogue of what a partner may read (resources/reference/fields.toml), field by field, partner by partner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from spip_desktop.domain.definition import Definition, Table, read
from spip_desktop.domain.disclosure import LegalGround
from spip_desktop.domain.text import NBSP
from spip_desktop.paths import resource


class FieldClass(StrEnum):
    """A has a legal basis for this partner, B needs the agreement, C never leaves."""

    LEGAL = "A"
    AGREEMENT = "B"
    NEVER = "C"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`source` says where the value comes from (record.attribute); `typed`: it is written on the sheet itself.

    `only_for` are the kinds of partner that may read it by agreement; empty: any.
    """

    code: str
    label: str
    source: str
    field_class: FieldClass
    legal: str = ""
    max_length: int = 0
    typed: bool = False
    only_for: frozenset[str] = frozenset()

    def needs_agreement(self, *, legal_basis: bool) -> bool:
        """Whether a tick is needed: class A needs none where the legal basis of the sheet applies."""
        return self.field_class is not FieldClass.LEGAL or not legal_basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Every field with the class that holds for any partner, and the grounds that open some to some partners."""

    definition: Definition
    checked: date
    by_code: Mapping[str, Field]
    grounds: tuple[LegalGround, ...] = ()

    def ground(self, kinds: Iterable[str]) -> LegalGround | None:
        """The legal ground that covers every one of these kinds of partner; none for a sheet to any partner."""
        wanted = frozenset(kinds)
        return next((one for one in self.grounds if wanted and wanted <= one.recipients), None)

    def read_by(self, kinds: Iterable[str]) -> Mapping[str, Field]:
        """The fields with their class for these kinds of partner, the strictest of them."""
        wanted = frozenset(kinds)
        ground = self.ground(wanted)
        return {code: _for(one, wanted, ground) for code, one in self.by_code.items()}


def _for(field: Field, kinds: frozenset[str], ground: LegalGround | None) -> Field:
    if ground and field.code in ground.fields:
        return replace(field, field_class=FieldClass.LEGAL, legal=ground.legal)
    if field.only_for and not (kinds and kinds <= field.only_for):
        return replace(field, field_class=FieldClass.NEVER)
    return field


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
    grounds = tuple(_ground(one, by_code) for one in top.tables("grounds"))
    top.close()
    return Fields(definition=definition, checked=checked, by_code=by_code, grounds=grounds or _of_the_first(by_code))


def _field(table: Table) -> Field:
    field = Field(
        code=table.code(),
        label=table.text("label"),
        source=table.text("source"),
        field_class=FieldClass(table.one_of("class", tuple(FieldClass))),
        legal=table.text("legal", ""),
        max_length=table.number("max_length", 0),
        typed=table.flag("typed"),
        only_for=frozenset(table.texts("only_for")),
    )
    if field.field_class is FieldClass.LEGAL and not field.legal:
        table.refuse("legal", "une rubrique de classe A cite son fondement")
    table.close()
    return field


def _ground(table: Table, by_code: Mapping[str, Field]) -> LegalGround:
    codes = table.texts("fields")
    for code in codes:
        if code not in by_code:
            table.refuse("fields", f"rubrique inconnue «{NBSP}{code}{NBSP}»", code)
    ground = LegalGround(
        code=table.code(),
        legal=table.text("legal"),
        recipients=frozenset(table.texts("recipients")),
        milieux=frozenset(table.texts("milieux")),
        from_age=table.number("from_age", 0),
        under_age=table.number("under_age", 0),
        fields=frozenset(codes),
    )
    if not ground.recipients:
        table.refuse("recipients", "un fondement dit à quels partenaires il s’applique")
    table.close()
    return ground


def _of_the_first(by_code: Mapping[str, Field]) -> tuple[LegalGround, ...]:
    """The first catalogue had one sheet: its class A was that of the mission locale (R. 240-6, 12°)."""
    legal = {one.code for one in by_code.values() if one.field_class is FieldClass.LEGAL}
    if not legal:
        return ()
    ground = LegalGround(
        code="retour_emploi_jeunes",
        legal="code pénitentiaire, art. R. 240-6, 12°",
        recipients=frozenset({"mission_locale"}),
        milieux=frozenset({"MF"}),
        from_age=18,
        under_age=26,
        fields=frozenset(legal),
    )
    return (ground,)
