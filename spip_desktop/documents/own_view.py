"""« Où j’en suis »: the person’s own view on paper, in plain words, without name, measure or reason."""

from spip_desktop.documents.kit.flow import Block, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.marks import Option, RuledLines, Ticks
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.interview_guide import OwnView

TITLE = "Où j’en suis"
_HOW = (
    "Il n’y a ni bonne ni mauvaise réponse. Vous pouvez en laisser, ou demander qu’on écrive pour vous. "
    "0 veut dire pas du tout, 10 tout à fait."
)
_FOOT = "À rendre à la fin de l’entretien. Vos réponses sont notées comme vous les dites\u00a0; rien n’est additionné."
_LOWEST, _HIGHEST = 0, 10


def render(view: OwnView) -> bytes:
    """The PDF bytes: two sides for eight fields."""
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=28,
        above_right=f"Code {grouped(view.code, 3)}",
        foot=[(_FOOT, paper().sheet)],
    )
    blocks: list[Block] = [
        Heading(Span(TITLE, bold=True), paper().person_title, 1),
        Paragraph(_HOW, paper().person, before=2),
        Rule(STRONG, before=8, after=4),
    ]
    for number, statement in enumerate(view.statements, 1):
        blocks.append(_statement(view, number, statement))
    document = Paper(TITLE)
    document.add(blocks, furniture)
    return document.rendered()


def _statement(view: OwnView, number: int, statement: str) -> Stack:
    """One sentence with its two rulers and its line, never cut over two sides."""
    type_ = Type(11, 14.5)
    parts: list[Block] = [Heading(Span(f"{number}. {statement}", bold=True), paper().person_head)]
    for ruler in view.rulers:
        options = [Option(str(place)) for place in range(_LOWEST, _HIGHEST + 1)]
        parts += [Gap(4), Paragraph(ruler, type_), Ticks(options, type_, side=11, gap=14)]
    return Stack([*parts, Gap(4), Paragraph(view.last, type_), RuledLines(2, 22)], before=14)
