"""What the partner answers by hand: on the back of the sheet, or on a slip at the foot of its front."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spip_desktop.documents.kit.fillable import Entry, EntryKind
from spip_desktop.documents.kit.flow import Block, Columns, Framed, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import Blank, CutLine, Option, RuledLines, ScanCode, SignatureBox, Ticks
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain.sheet import Answer, AnswerKind, AnswerPart, SheetReturn
from spip_desktop.domain.sheet_answer import (
    AnswerField,
    AnswerFieldKind,
    blank_code,
    box_code,
    fields_of,
    signer_code,
)

_STEP = 21.75
_SCAN, _SLIP_SCAN = 54.0, 45.0


@dataclass(frozen=True, slots=True)
class Entries:
    """The fields of a PDF to fill in, by their code; none on a paper."""

    fields: Mapping[str, AnswerField]

    def line(self, code: str) -> Entry | None:
        field = self.fields.get(code)
        if field is None:
            return None
        kind = EntryKind.NOTE if field.kind is AnswerFieldKind.NOTE else EntryKind.LINE
        return Entry(name=code, kind=kind, said=field.title, limit=field.limit)

    def box(self, code: str, index: int, label: str) -> Entry | None:
        field = self.fields.get(code)
        if field is None:
            return None
        return Entry(name=box_code(code, index), kind=EntryKind.BOX, said=f"{field.label}\u00a0: {label}")


def entries_of(answer: SheetReturn) -> Entries:
    return Entries({one.code: one for one in fields_of(answer)})


_PAPER = Entries({})


def answer_blocks(answer: SheetReturn, number: Sequence[Span], code: str, entries: Entries = _PAPER) -> list[Block]:
    """The page from its title to the signature; with `entries`, to be filled in on a screen."""
    number_line = Paragraph(number, paper().sheet, at_right=True)
    title = Heading(Span(answer.title, bold=True), paper().title, 1)
    blocks: list[Block] = [
        Columns([title, Stack([Gap(6), number_line])], shares=(2, 1)),
        Rule(STRONG, before=3, after=12.75),
        _where(answer, code),
    ]
    for place, part in enumerate(answer.parts, 1):
        blocks += _part(part, place, entries)
    return [*blocks, _signature(answer, entries)]


def slip(answer: SheetReturn, number: Sequence[Span], code: str) -> list[Block]:
    """The answer as a slip below a line to cut along: its title, where it goes, what is asked, a signature."""
    foot = paper().foot
    which = Paragraph([*number, Span("   Code de réponse "), Span(code, bold=True)], foot, at_right=True)
    title = Heading(Span(answer.title, bold=True), paper().head, before=6)
    head = Columns([title, Stack([Gap(2), which])], shares=(1.2, 1))
    left = Stack([head, *(Paragraph(to, foot, before=2) for to in answer.send_to)])
    blocks: list[Block] = [CutLine(before=10), Columns([left, _scan(answer, _SLIP_SCAN)], shares=(9, 1), before=4)]
    for place, part in enumerate(answer.parts, 1):
        blocks += [Stack(one) for one in _answers(part, place, _PAPER, follows=True)]
    signs = Columns([Blank(label, paper().sheet) for label in answer.signer], before=17)
    return [*blocks, signs, Paragraph(answer.foot, foot, before=7)]


def _where(answer: SheetReturn, code: str) -> Framed:
    """Where and before when to send the answer, and the code that stands for the sheet."""
    line = Type(paper().sheet.size, 14.25)
    left: list[Block] = []
    if answer.send_before:
        left.append(Paragraph([Span("À renvoyer avant le "), Span(answer.send_before, bold=True)], line))
    left += [Paragraph(to, line) for to in answer.send_to]
    right = [
        Paragraph(answer.code_label, paper().foot, at_right=True),
        Paragraph(Span(code, bold=True), Type(17.25, 21), at_right=True),
    ]
    sides: list[Block] = [Stack(left), Stack([Gap(2), *right]), _scan(answer, _SCAN)]
    return Framed(Columns(sides, shares=(2, 2, 0.6), gap=9))


def _scan(answer: SheetReturn, side: float) -> Block:
    """The code for a hand scanner; its room is kept on a draft, which has none."""
    if not answer.scan:
        return Gap(side)
    return ScanCode(answer.scan, side, "Code QR de la réponse, le même que le code écrit", at_right=True)


def _part(part: AnswerPart, place: int, entries: Entries) -> list[Block]:
    before = 16 if place > 1 else 15
    title = Heading(Span(part.title, bold=True), paper().head, before=before, rule=HAIRLINE, after=0)
    return [title, *(Stack(one) for one in _answers(part, place, entries))]


def _answers(part: AnswerPart, place: int, entries: Entries, *, follows: bool = False) -> list[list[Block]]:
    return [
        _answer(answer, f"r{place}_{index}", entries, follows=follows or index > 1)
        for index, answer in enumerate(part.answers, 1)
    ]


def _answer(answer: Answer, code: str, entries: Entries, *, follows: bool) -> list[Block]:
    type_ = paper().sheet
    above = Gap(15 if follows else 11)
    if answer.kind is AnswerKind.BLANKS:
        blanks = [
            Blank(label, type_, entry=entries.line(blank_code(code, index)))
            for index, label in enumerate(answer.labels, 1)
        ]
        return [above, Columns(blanks)]
    if answer.kind is AnswerKind.LINES:
        return [Gap(3.75), RuledLines(answer.count, entry=entries.line(code))]
    options = [
        Option(
            label,
            blank=label in answer.written,
            entry=entries.box(code, index, label),
            line=entries.line(blank_code(code, index)),
        )
        for index, label in enumerate(answer.labels, 1)
    ]
    if answer.kind is AnswerKind.ROW:
        return [Gap(15 if follows else 4.5), Ticks(options, type_, side=9.75, inset=6)]
    return [Gap(9), Ticks(options, type_, side=9.75, inset=6, step=_STEP)]


def _signature(answer: SheetReturn, entries: Entries) -> Columns:
    names: list[Block] = [Gap(5.5)]
    for index, label in enumerate(answer.signer, 1):
        blank = Blank(label, paper().sheet, entry=entries.line(signer_code(index)))
        names += [blank, Gap(21 - paper().sheet.leading)]
    return Columns([Stack(names), SignatureBox("Signature", paper().sheet, 53)], before=18)
