"""Strict reading of a sheet. The loader refuses a field that its partners may never read (class C), a field of class B
that no tick covers, and words that a neutral letterhead must not say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from spip_desktop.domain.definition import Definition, Table, read
from spip_desktop.domain.disclosure import IDENTITY
from spip_desktop.domain.partner import PartnerNature
from spip_desktop.domain.sheet import Answer, AnswerKind, AnswerPart, AnswerValue, SheetSize, telling
from spip_desktop.domain.text import NBSP
from spip_desktop.forms import fields as catalogue
from spip_desktop.forms.fields import Field, FieldClass, Fields
from spip_desktop.forms.sheet_form import (
    Block,
    FieldOnSheet,
    LetterheadForm,
    Only,
    PlaceOnSheet,
    ReturnForm,
    SheetAsk,
    SheetForm,
    Tick,
)
from spip_desktop.paths import resource

__all__ = [
    "Block", "FieldOnSheet", "LetterheadForm", "Only", "PlaceOnSheet", "ReturnForm", "SheetAsk", "SheetForm", "Tick",
    "every_shipped", "load", "of_the_service", "parse", "shipped",
    "shipped_or_none",
]  # fmt: skip


@cache
def shipped(code: str) -> SheetForm:
    """A sheet of resources/sheets, against the shipped catalogue of fields."""
    return load(resource("sheets", f"{code}.toml"), catalogue.shipped())


def shipped_or_none(code: str) -> SheetForm | None:
    """Ours of this code, or None when only the service has it."""
    return next((one for one in every_shipped() if one.code == code), None)


@cache
def every_shipped() -> tuple[SheetForm, ...]:
    """Every sheet of resources/sheets, by its code."""
    return tuple(shipped(path.stem) for path in sorted(resource("sheets").glob("*.toml")))


def load(path: Path, fields: Fields) -> SheetForm:
    return parse(path.read_bytes(), path.name, fields)


@lru_cache(maxsize=64)
def of_the_service(content: bytes, name: str) -> SheetForm:
    """A sheet that the service added, against the shipped catalogue of fields."""
    return parse(content, name, catalogue.shipped())


def parse(content: bytes, name: str, fields: Fields) -> SheetForm:
    """A sheet from its bytes; DefinitionError (file, line, reason), for a class C field among others."""
    top = read(content, name)
    code, version = top.code(), top.number("version")
    recipients = _recipients(top)
    readable, ground = fields.read_by(recipients), fields.ground(recipients)
    asks = tuple(_ask(one) for one in top.tables("asks"))
    blocks = tuple(_block(one, readable) for one in top.tables("blocks"))
    objective = _objective(top, readable)
    label = top.text("objective_label", "")
    sheet = SheetForm(
        definition=Definition("sheet", code, version, content),
        title=top.text("title"),
        checked=top.required_day("checked"),
        recipients=recipients,
        natures=_natures(top),
        recipient_label=top.text(
            "recipient_label", "Mission locale" if "mission_locale" in recipients else "Partenaire"
        ),
        rules=top.text("rules", code),
        size=SheetSize(top.one_of("size", tuple(SheetSize), SheetSize.BOTH_SIDES)),
        ground=ground,
        letterheads=tuple(_letterhead(one) for one in top.tables("letterheads")),
        asks_title=top.text("asks_title"),
        asks=asks,
        max_asks=_max_asks(top, asks),
        objective_label=label,
        objective_max=top.number("objective_max") if label else top.number("objective_max", 0),
        objective_field=objective,
        not_asked=top.text("not_asked"),
        not_asked_neutral=top.text("not_asked_neutral"),
        blocks=blocks,
        ticks=_ticks(top, blocks, objective),
        agreement_title=top.text("agreement_title"),
        agreement=top.text("agreement"),
        read_aloud=top.text("read_aloud"),
        foot_legal=top.text("foot_legal") if ground else top.text("foot_legal", ""),
        foot_agreement=top.text("foot_agreement"),
        answer=_return(top),
    )
    top.close()
    _check(top, sheet)
    return sheet


def _recipients(top: Table) -> tuple[str, ...]:
    """The kinds of partner; the first sheets had one."""
    if top.has("partner_kind"):
        return (top.text("partner_kind"),)
    return top.texts("recipients")


def _natures(top: Table) -> tuple[str, ...]:
    found = top.texts("natures")
    for one in found:
        if one not in tuple(PartnerNature):
            top.refuse("natures", f"nature inconnue «{NBSP}{one}{NBSP}»", one)
    return found


def _check(top: Table, sheet: SheetForm) -> None:
    """What no single key tells: the law is told apart from the agreement, and a neutral letterhead names nothing."""
    if not sheet.letterheads:
        top.refuse("letterheads", "une fiche a au moins un en-tête")
    if sheet.foot_legal == sheet.foot_agreement:
        top.refuse("foot_legal", "le pied fondé sur la loi et le pied fondé sur l’accord sont les mêmes")
    if sheet.objective_field and not sheet.has_objective:
        top.refuse("objective_field", "un objectif transmis a un libellé")
    for letterhead in sheet.letterheads:
        if letterhead.neutral:
            _check_neutral(top, sheet, letterhead)


def _check_neutral(top: Table, sheet: SheetForm, letterhead: LetterheadForm) -> None:
    """The words that the sheet itself always prints under a neutral letterhead (practice.md)."""
    answer = sheet.answer
    shown = [one for one in sheet.fields() if Only.OFFICIAL not in one.only]
    said = {
        "title": (sheet.title,),
        "asks_title": (sheet.asks_title,),
        "asks": tuple(one.label for one in sheet.asks),
        "objective_label": (sheet.objective_label,),
        "not_asked_neutral": (sheet.not_asked_neutral,),
        "agreement": (sheet.agreement_title, sheet.agreement),
        "foot_agreement": (sheet.foot_agreement,),
        "letterheads": (letterhead.sender, letterhead.recipient),
        "blocks": (*(one.title for one in sheet.blocks), *(one.label for one in shown), *(one.note for one in shown)),
        "answer": (answer.title, *answer.signer, answer.foot_neutral, answer.send_to_neutral, *_labels(answer)),
    }
    for key, texts in said.items():
        found = telling(texts)
        if found:
            top.refuse(key, f"l’en-tête neutre dirait «{NBSP}{found[0]}{NBSP}»")


def _labels(answer: ReturnForm) -> Iterator[str]:
    for part in answer.parts:
        yield part.title
        for one in part.answers:
            yield from one.labels


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
    if block.half and any(one.place is not PlaceOnSheet.SENTENCE for one in block.fields):
        table.refuse("half", f"un demi-bloc n’a que des phrases{NBSP}: deux colonnes n’y tiennent pas")
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


#: What the first sheets asked for without saying it, where the law did not let class A out.
_FIRST_LAW_TICKS = (
    Tick(code="piece", label="Pièce d’identité", fields=("piece_identite", "piece_validite"), law=True),
    Tick(
        code="sortie",
        label="Sortie, permission",
        fields=("sortie_prevue", "permission_possible", "quartier_categorie"),
        law=True,
    ),
)


def _ticks(top: Table, blocks: tuple[Block, ...], objective: str) -> tuple[Tick, ...]:
    """The ticks; each field that may wait for an agreement stands in exactly one of them."""
    shown = {one.field.code: one.field for block in blocks for one in block.fields if not one.always}
    by_law = {code for code, one in shown.items() if one.field_class is FieldClass.LEGAL} - IDENTITY
    by_agreement = shown.keys() - by_law - IDENTITY | ({objective} - {""})
    waiting = by_law | by_agreement
    ticks = []
    for table in top.tables("ticks"):
        tick = Tick(code=table.code(), label=table.text("label"), fields=table.texts("fields"))
        for code in tick.fields:
            if code not in waiting:
                table.refuse("fields", f"«{NBSP}{code}{NBSP}» n’attend pas d’accord sur cette fiche", code)
            waiting.remove(code)
        law = by_law.issuperset(tick.fields)
        if not law and not by_law.isdisjoint(tick.fields):
            table.refuse("fields", "une case ne mêle pas ce que la loi transmet et ce qui attend l’accord")
        table.close()
        ticks.append(replace(tick, law=law))
    first = [one for one in _FIRST_LAW_TICKS if set(one.fields) & waiting]
    waiting -= {code for one in first for code in one.fields}
    if waiting:
        code = min(waiting)
        top.refuse("blocks", f"la rubrique «{NBSP}{code}{NBSP}» n’a pas de case d’accord", code)
    return (*first, *ticks)


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
        send_to=table.text("send_to", ""),
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
        values=_values(table),
        past=table.texts("past"),
        up_to=_up_to(table),
    )
    if answer.values and (answer.kind is not AnswerKind.BLANKS or len(answer.values) != len(answer.labels)):
        table.refuse("values", "autant de valeurs que de libellés, et seulement pour des lignes à compléter")
    for label in answer.written:
        if label not in answer.labels:
            table.refuse("written", f"«{NBSP}{label}{NBSP}» n’est pas parmi les réponses", label)
    for key, labels in (("past", answer.past), ("up_to", (*answer.up_to, *answer.up_to.values()))):
        for label in labels:
            if label not in answer.labels:
                table.refuse(key, f"«{NBSP}{label}{NBSP}» n’est pas parmi les libellés", label)
    table.close()
    return answer


def _up_to(table: Table) -> dict[str, str]:
    """By label, the one that it does not exceed."""
    found = table.table("up_to")
    bounds = {label: found.text(label) for label in found.names()} if found else {}
    if found:
        found.close()
    return bounds


def _values(table: Table) -> tuple[AnswerValue, ...]:
    """What each line waits for; nothing said means a text."""
    found = table.texts("values")
    for one in found:
        if one not in tuple(AnswerValue):
            table.refuse("values", f"valeur inconnue «{NBSP}{one}{NBSP}» (text, date ou number)", one)
    return tuple(AnswerValue(one) for one in found)
