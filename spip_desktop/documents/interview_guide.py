"""The trame d'entretien: two A4 sides to write on beside the person; they name nobody, the code finds the place."""

from collections.abc import Mapping

from spip_desktop.documents.kit.flow import Block, Columns, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.marks import Blank, Option, RuledLines, Ticks
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.interview_guide import GuideBlock, InterviewGuide

TITLE = "Trame d’entretien"
SIDES = 2
_HOW = (
    "Ni nom ni numéro d’écrou. En marge\u00a0: «\u00a0…\u00a0» ses mots, étoile à retenir,\u00a0? à reprendre. "
    "Rien n’oblige à tout demander, ni à suivre l’ordre."
)
_FOOT = "À recopier puis à détruire. Tapez le code dans la recherche (Ctrl+K)\u00a0: la saisie suit cet ordre."
_MOST_LINES, _STEP = 8, 18.5
_SMALL = Type(8.5, 11)


def render(guide: InterviewGuide) -> tuple[bytes, int]:
    """The PDF bytes and how many sides they make: as many lines to write on as two sides hold, evenly."""
    lines = dict.fromkeys((block.number for block in guide.blocks), 1)
    full: set[int] = set()
    # What is ticked needs fewer words; one line more to each in turn, last side first, until it goes over.
    while len(full) < len(lines):
        for block in reversed(guide.blocks):
            most = _MOST_LINES if not block.ticks and not block.choices else _MOST_LINES // 2
            wanted = lines | {block.number: lines[block.number] + 1}
            if block.number in full or lines[block.number] >= most or _laid_out(guide, wanted)[1] > SIDES:
                full.add(block.number)
            else:
                lines = wanted
    document, sides = _laid_out(guide, lines)
    return document.rendered(), sides


def _laid_out(guide: InterviewGuide, lines: Mapping[int, int]) -> tuple[Paper, int]:
    document = Paper(TITLE)
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=24,
        above_left=f"{TITLE}, version {guide.version}",
        above_right=f"Code {grouped(guide.code, 3)}",
        foot=[(_FOOT, paper().foot)],
    )
    blocks = [*_head(guide)]
    for block in guide.blocks:
        blocks += _block(block, lines[block.number])
    return document, document.add(blocks, furniture)


def _head(guide: InterviewGuide) -> list[Block]:
    title = [Span(f"{TITLE}  ", bold=True), Span(grouped(guide.code, 3), bold=True)]
    blocks: list[Block] = [
        Heading(title, paper().title, 1),
        Columns([Blank("Entretien du", paper().sheet), Blank("Mon repère (sans nom)", paper().sheet)], before=4),
        Paragraph(_HOW, _SMALL, before=4),
    ]
    if guide.warning:
        blocks.append(Paragraph(Span(guide.warning, bold=True), paper().sheet, before=2))
    return [*blocks, Rule(STRONG, before=4, after=0)]


def _block(block: GuideBlock, lines: int) -> list[Block]:
    """A numbered block that is never cut over two sides."""
    parts: list[Block] = [
        Heading(Span(f"{block.number}  {block.title}", bold=True), paper().head),
        Paragraph(" ".join((block.question, *block.more)), _SMALL),
        RuledLines(lines, _STEP),
    ]
    if block.ticks:
        parts += [Gap(4), Ticks([Option(words) for words in block.ticks], _SMALL, gap=10)]
    for choice in block.choices:
        options = [Option(words) for words in choice.options]
        parts += [Gap(2), Columns([Paragraph(choice.label, _SMALL), Ticks(options, _SMALL)], gap=6, shares=(26, 74))]
    return [Stack(parts, before=7)]
