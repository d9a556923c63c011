"""The prescription sheet: one page, its answer on the back or as a slip below, and an annex for what does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spip_desktop.documents.kit.flow import Block, Columns, Framed, Gap, Heading, Inline, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import Hidden, Option, SignatureBox, Ticks
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts
from spip_desktop.documents.kit.text import Span, quoted
from spip_desktop.documents.prescription_answer import Entries, answer_blocks, entries_of, slip
from spip_desktop.documents.prescription_front import Arrangement, arranged
from spip_desktop.domain import dates
from spip_desktop.domain.filled_form import IDENTITY
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.officer import of_the_referent
from spip_desktop.domain.sheet import Letterhead, SheetBlock, SheetContent, SheetReturn, SheetSize, leaks

DEMONSTRATION = "DÉMONSTRATION, personne fictive"
DRAFT = "PROJET, ne pas remettre"
TO_FILL_IN = "À remplir à l’écran, à enregistrer, à renvoyer"
WAITING = "en attente"
_LABELS = (102.0, 117.0)  # widths of the labels in the left and the right column


def render(
    sheet: SheetContent,
    *,
    issued: date | None,
    number: str,
    code: str,
    draft: bool,
    demo: bool,
    identity: str = "",
) -> bytes:
    """The sheet as PDF bytes, the same for the same input.

    A draft has no number, no signature block and says so on every page; `issued` is then the day it is made.
    A ready sheet needs `issued`, `number` and `code` (as domain.ids makes them, without separators). With `identity`
    (domain.filled_form) its back is to be filled in on a screen.
    """
    if not draft:
        _check(sheet, issued, number, code)
    return _Sheet(sheet, issued, "" if draft else number, "" if draft else code, draft, demo, identity).rendered()


def render_answer(sheet: SheetContent, *, issued: date, number: str, code: str, demo: bool, identity: str) -> bytes:
    """The answer alone, to be filled in on a screen: it says nothing of the person."""
    _check(sheet, issued, number, code)
    return _Sheet(sheet, issued, number, code, draft=False, demo=demo, identity=identity).answer_alone()


def _check(sheet: SheetContent, issued: date | None, number: str, code: str) -> None:
    if issued is None or not number or not code:
        raise ValueError("a ready sheet has a date, a number and an answer code")
    if leaks(sheet):
        raise ValueError("a neutral sheet names what it must not")


@dataclass(frozen=True, slots=True)
class _Sheet:
    content: SheetContent
    issued: date | None
    number: str
    code: str
    draft: bool
    demo: bool
    identity: str = ""

    def rendered(self) -> bytes:
        document = Paper(self.content.title)
        front = self._furniture(self.content.foot, paper().foot)
        room = front.bottom - front.top - front.head_height
        slip_height = self._slip_height(front.width)
        # Half a point to spare: sums of heights are not exact, and the last line would go to another page.
        free = room - slip_height - 0.5 * bool(slip_height)
        found = arranged(self.content, lambda tried: Stack(self._front(tried, signed=True)).height(front.width) <= free)
        shown = self._front(found, signed=not self.draft)
        if slip_height:
            used = Stack(shown).height(front.width)
            shown += [Gap(max(0, free - used)), *self._slip()]
        document.add(shown, front)
        if self.content.answer and not slip_height:
            self._add_back(document, self.content.answer)
        if found.annex:
            document.add(self._annex(found), self._furniture(self.content.foot, paper().foot))
        return document.rendered()

    def answer_alone(self) -> bytes:
        if self.content.answer is None:
            raise ValueError("this sheet asks for no answer")
        document = Paper(self.content.answer.title)
        self._add_back(document, self.content.answer)
        return document.rendered()

    def _add_back(self, document: Paper, answer: SheetReturn) -> None:
        entries = entries_of(answer) if self.identity else Entries({})
        back = answer_blocks(answer, self._number_line(), self._code, entries)
        if self.identity:
            back = [*back, Hidden(IDENTITY, self.identity)]
        document.add(back, self._furniture(answer.foot, paper().sheet, TO_FILL_IN if self.identity else ""))

    def _slip(self) -> list[Block]:
        """The answer at the foot of the front, to tear off; nothing on a sheet with a back or without an answer."""
        if self.content.answer is None or self.content.size is not SheetSize.ONE_SIDE:
            return []
        return slip(self.content.answer, self._number_line(), self._code)

    def _slip_height(self, width: float) -> float:
        blocks = self._slip()
        return Stack(blocks).height(width) + blocks[0].before if blocks else 0

    @property
    def _code(self) -> str:
        return grouped(self.code, 3) or WAITING

    def _furniture(self, foot: str, type_: Type, above: str = "") -> Furniture:
        day = dates.short(self.issued)
        issued = f"Version {self.content.version}, établie le {day}"
        if self.draft:
            issued = f"Projet du {day}" if day else "Projet"
        return Furniture(
            margin=paper().sheet_margin,
            small=paper().foot,
            top=28.3,
            above_left=DEMONSTRATION if self.demo else "",
            above_right=above or (DRAFT if self.draft else ""),
            foot=[(foot, type_)] if foot else [],
            last_left=issued,
        )

    def _number_line(self) -> tuple[Span, Span]:
        return Span("Fiche n°\u00a0"), Span(grouped(self.number, 4) or WAITING, bold=True)

    def _front(self, found: Arrangement, *, signed: bool) -> list[Block]:
        content = self.content
        facts = [
            [Span("N°\u00a0"), Span(grouped(self.number, 4) or WAITING, bold=True)],
            [Span("Code de réponse "), Span(self._code, bold=True)],
        ]
        if self.issued:
            facts.append([Span("Établie le "), Span(dates.short(self.issued), bold=True)])
        return [
            Heading(Span(content.title, bold=True), paper().title, 1),
            Rule(STRONG, before=3, after=2.8),
            Inline(facts, paper().foot, gap=18),
            Columns([_letterhead(content.sender), _letterhead(content.recipient)], before=4.5),
            *self._replaced(),
            *self._asks(),
            *_blocks(found.blocks),
            *self._agreement(signed=signed),
        ]

    def _replaced(self) -> list[Block]:
        """Which version the partner holds, and what this one changes."""
        content, type_ = self.content, paper().sheet
        if not content.replaces:
            return []
        words = [Span(f"{content.replaces} Ce qui change\u00a0: "), Span(", ".join(content.changes), bold=True)]
        return [Framed(Paragraph(words, type_), padding=4, before=6)]

    def _asks(self) -> list[Block]:
        content, type_ = self.content, paper().sheet
        options = [Option(ask.label, ask.ticked) for ask in content.asks]
        blocks: list[Block] = [_title(content.asks_title), Ticks(options, type_)]
        if content.objective:
            words = [Span(f"{content.objective_label}\u00a0: "), Span(quoted(content.objective), bold=True)]
            blocks.append(Paragraph(words, type_, before=4.5))
        if content.not_asked:
            blocks.append(Paragraph(content.not_asked, type_, before=3))
        return blocks

    def _agreement(self, *, signed: bool) -> list[Block]:
        content, type_ = self.content, paper().sheet
        blocks: list[Block] = [_title(content.agreement_title), Paragraph(content.agreement, type_)]
        if not signed:
            waiting = Paragraph("Bloc de signature imprimé quand la fiche est prête.", type_)
            return [*blocks, Framed(waiting, padding=5.5, before=8)]
        boxes = [
            SignatureBox("Date et signature de la personne", type_, 48),
            SignatureBox(f"Date et signature {of_the_referent(content.referent)}", type_, 48),
        ]
        read = Ticks([Option("fiche lue à voix haute", content.read_aloud)], type_, before=6)
        return [*blocks, read, Columns(boxes, before=3.75)]

    def _annex(self, found: Arrangement) -> list[Block]:
        number = Paragraph(self._number_line(), paper().sheet, at_right=True)
        title = Heading(Span("Annexe", bold=True), paper().title, 1)
        blocks: list[Block] = [
            Columns([title, Stack([Gap(6), number])], shares=(2, 1)),
            Rule(STRONG, before=3, after=6),
        ]
        for entry in found.annex:
            blocks.append(_title(f"n°\u00a0{entry.number}. {entry.title}"))
            blocks += [Paragraph(value, paper().sheet, before=2) for value in entry.values]
        return blocks


def _title(words: str) -> Heading:
    return Heading(Span(words, bold=True), paper().head, before=8.1, rule=HAIRLINE, after=3.3)


def _letterhead(part: Letterhead) -> Stack:
    type_ = paper().sheet
    lines = [Paragraph(line, type_) for line in part.lines]
    heading = Paragraph(part.heading, Type(paper().foot.size, 11.4))
    return Stack([heading, Paragraph(Span(part.name, bold=True), type_), *lines])


def _blocks(blocks: Sequence[SheetBlock]) -> list[Block]:
    found: list[Block] = []
    waiting: Stack | None = None
    for block in blocks:
        stack = Stack(_block(block), before=8.1)
        if not block.half:
            found.append(stack)
        elif waiting is None:
            waiting = stack
            found.append(stack)
            continue
        else:
            found[-1] = Columns([waiting, stack], before=8.1)
        waiting = None
    return found


def _block(block: SheetBlock) -> list[Block]:
    type_ = paper().sheet
    parts: list[Block] = [_title(block.title)]
    if block.left or block.right:
        sides = [
            Facts([Fact(one.label, one.values, one.note) for one in side], type_, label)
            for side, label in zip((block.left, block.right), _LABELS, strict=True)
        ]
        parts.append(Columns(sides))
    for sentence in block.sentences:
        parts.append(Paragraph(sentence.sentence, type_, before=2 if block.left or block.right else 0))
    return parts
