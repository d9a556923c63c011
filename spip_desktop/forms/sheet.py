"""A partner's sheet as data: its blocks, what it asks, what the person ticks, how the partner answers.

The loader refuses a field of class C, and a field of class B that no tick and no general agreement covers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from spip_desktop.domain.definition import Definition, Table, read
from spip_desktop.domain.sheet import Answer, AnswerKind, AnswerPart
from spip_desktop.domain.text import NBSP
from spip_desktop.forms import fields as catalogue
from spip_desktop.forms.fields import Field, FieldClass
from spip_desktop.paths import resource


class PlaceOnSheet(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    SENTENCE = "sentence"


class Only(StrEnum):
    """When a field is shown at all: in custody, on the official letterhead, between 26 and 29 with RQTH."""

    CUSTODY = "custody"
    OFFICIAL = "official"
    RQTH_BAND = "rqth_band"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOnSheet:
    """`always`: a class B field without a tick of its own, which only the first version of a sheet had."""

    field: Field
    label: str
    place: PlaceOnSheet
    note: str = ""
    only: tuple[Only, ...] = ()
    always: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    code: str
    title: str
    half: bool
    fields: tuple[FieldOnSheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One tick of the person: the class B fields (codes) that it lets the partner read."""

    code: str
    label: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAsk:
    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterheadForm:
    """`neutral` names neither the service nor justice; `milieux` where it may be used; `returns`: has a back."""

    code: str
    label: str
    neutral: bool
    milieux: tuple[str, ...]
    returns: bool
    sender: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnForm:
    title: str
    parts: tuple[AnswerPart, ...]
    signer: tuple[str, ...]
    foot: str
    foot_neutral: str
    send_to_neutral: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForm:
    """`foot_legal` is for class A on its legal basis, `foot_agreement` for everything on agreement.

    `objective_field` is the code of the objective in the catalogue; a sheet without one prints it under no tick.
    """

    definition: Definition
    title: str
    checked: date
    partner_kind: str
    letterheads: tuple[LetterheadForm, ...]
    asks_title: str
    asks: tuple[SheetAsk, ...]
    max_asks: int
    objective_label: str
    objective_max: int
    objective_field: str
    not_asked: str
    not_asked_neutral: str
    blocks: tuple[Block, ...]
    ticks: tuple[Tick, ...]
    agreement_title: str
    agreement: str
    read_aloud: str
    foot_legal: str
    foot_agreement: str
    answer: ReturnForm

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def version(self) -> int:
        return self.definition.version

    def fields(self) -> Iterator[FieldOnSheet]:
        for block in self.blocks:
            yield from block.fields

    def letterhead(self, code: str) -> LetterheadForm | None:
        return next((one for one in self.letterheads if one.code == code), None)


@cache
def shipped(code: str) -> SheetForm:
    """A sheet of resources/sheets, against the shipped catalogue of fields."""
    return load(resource("sheets", f"{code}.toml"), catalogue.shipped().by_code)


def load(path: Path, fields: Mapping[str, Field]) -> SheetForm:
    return parse(path.read_bytes(), path.name, fields)


def parse(content: bytes, name: str, fields: Mapping[str, Field]) -> SheetForm:
    """A sheet from its bytes; DefinitionError (file, line, reason), for a class C field among others."""
    top = read(content, name)
    code, version = top.code(), top.number("version")
    asks = tuple(_ask(one) for one in top.tables("asks"))
    blocks = tuple(_block(one, fields) for one in top.tables("blocks"))
    objective = _objective(top, fields)
    sheet = SheetForm(
        definition=Definition("sheet", code, version, content),
        title=top.text("title"),
        checked=top.required_day("checked"),
        partner_kind=top.text("partner_kind"),
        letterheads=tuple(_letterhead(one) for one in top.tables("letterheads")),
        asks_title=top.text("asks_title"),
        asks=asks,
        max_asks=_max_asks(top, asks),
        objective_label=top.text("objective_label"),
        objective_max=top.number("objective_max"),
        objective_field=objective,
        not_asked=top.text("not_asked"),
        not_asked_neutral=top.text("not_asked_neutral"),
        blocks=blocks,
        ticks=_ticks(top, blocks, objective),
        agreement_title=top.text("agreement_title"),
        agreement=top.text("agreement"),
        read_aloud=top.text("read_aloud"),
        foot_legal=top.text("foot_legal"),
        foot_agreement=top.text("foot_agreement"),
        answer=_return(top),
    )
    top.close()
    return sheet


def _ask(table: Table) -> SheetAsk:
    ask = SheetAsk(code=table.code(), label=table.text("label"))
    table.close()
    return ask


def _max_asks(top: Table, asks: tuple[SheetAsk, ...]) -> int:
    most = top.number("max_asks")
    if not 1 <= most <= len(asks):
        top.refuse("max_asks", f"de 1 à {len(asks)} demandes au plus")
    return most


def _letterhead(table: Table) -> LetterheadForm:
    letterhead = LetterheadForm(
        code=table.code(),
        label=table.text("label"),
        neutral=table.flag("neutral"),
        milieux=table.texts("milieux"),
        returns=table.flag("returns", default=True),
        sender=table.text("sender"),
        recipient=table.text("recipient"),
    )
    table.close()
    return letterhead


def _block(table: Table, fields: Mapping[str, Field]) -> Block:
    block = Block(
        code=table.code(),
        title=table.text("title"),
        half=table.flag("half"),
        fields=tuple(_field(one, fields) for one in table.tables("fields")),
    )
    if not block.fields:
        table.refuse("fields", f"le bloc «{NBSP}{block.code}{NBSP}» n’a aucune rubrique")
    table.close()
    return block


def _field(table: Table, fields: Mapping[str, Field]) -> FieldOnSheet:
    code = table.code("field")
    field = fields.get(code)
    if field is None:
        table.refuse("field", f"rubrique inconnue «{NBSP}{code}{NBSP}»")
    if field.field_class is FieldClass.NEVER:
        table.refuse("field", f"la rubrique «{NBSP}{field.label}{NBSP}» ne se transmet jamais (classe C)")
    only = table.texts("only")
    for one in only:
        if one not in tuple(Only):
            table.refuse("only", f"condition inconnue «{NBSP}{one}{NBSP}»")
    shown = FieldOnSheet(
        field=field,
        label=table.text("label", field.label),
        place=PlaceOnSheet(table.one_of("place", tuple(PlaceOnSheet))),
        note=table.text("note", ""),
        only=tuple(Only(one) for one in only),
        always=table.flag("always"),
    )
    table.close()
    return shown


def _objective(top: Table, fields: Mapping[str, Field]) -> str:
    code = top.text("objective_field", "")
    if code and (code not in fields or fields[code].field_class is not FieldClass.AGREEMENT):
        top.refuse("objective_field", f"«{NBSP}{code}{NBSP}» n’est pas une rubrique de classe B", code)
    return code


def _ticks(top: Table, blocks: tuple[Block, ...], objective: str) -> tuple[Tick, ...]:
    """The ticks; each class B field that is not always shown stands in exactly one of them."""
    waiting = {
        one.field.code
        for block in blocks
        for one in block.fields
        if one.field.field_class is FieldClass.AGREEMENT and not one.always
    } | ({objective} - {""})
    ticks = []
    for table in top.tables("ticks"):
        tick = Tick(code=table.code(), label=table.text("label"), fields=table.texts("fields"))
        for code in tick.fields:
            if code not in waiting:
                table.refuse("fields", f"«{NBSP}{code}{NBSP}» n’attend pas d’accord sur cette fiche", code)
            waiting.remove(code)
        table.close()
        ticks.append(tick)
    if waiting:
        code = min(waiting)
        top.refuse("blocks", f"la rubrique «{NBSP}{code}{NBSP}» (classe B) n’a pas de case d’accord", code)
    return tuple(ticks)


def _return(top: Table) -> ReturnForm:
    table = top.table("answer")
    if table is None:
        top.refuse("answer", "le verso manque")
    answer = ReturnForm(
        title=table.text("title"),
        parts=tuple(_part(one) for one in table.tables("parts")),
        signer=table.texts("signer"),
        foot=table.text("foot"),
        foot_neutral=table.text("foot_neutral"),
        send_to_neutral=table.text("send_to_neutral", ""),
    )
    table.close()
    return answer


def _part(table: Table) -> AnswerPart:
    part = AnswerPart(title=table.text("title"), answers=tuple(_answer(one) for one in table.tables("answers")))
    table.close()
    return part


def _answer(table: Table) -> Answer:
    answer = Answer(
        kind=AnswerKind(table.one_of("kind", tuple(AnswerKind))),
        labels=table.texts("labels"),
        written=table.texts("written"),
        count=table.number("count", 0),
    )
    for label in answer.written:
        if label not in answer.labels:
            table.refuse("written", f"«{NBSP}{label}{NBSP}» n’est pas parmi les réponses", label)
    table.close()
    return answer
