"""« Mes obligations »: for the person, in plain words and large type; in the cell variant, nothing tells why."""

from datetime import date

from spip_desktop.documents.kit.flow import Block, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.text import Span
from spip_desktop.documents.pacep import DEMONSTRATION, foot_of_copy
from spip_desktop.domain import dates
from spip_desktop.domain.obligation_paper import OwnLine, OwnObligations
from spip_desktop.domain.plan_content import CopyKept

TITLE, CELL_TITLE = "Mes obligations", "Ce que j’ai à faire"
_WHAT = {
    CopyKept.CELL: "Voici ce que vous avez à faire. Le reste vous est expliqué en entretien.",
    CopyKept.REGISTRY: "Voici ce que la justice vous demande. Posez vos questions en entretien.",
    CopyKept.HOME: "Voici ce que la justice vous demande. Posez-nous vos questions.",
}
_UNTOLD = "Ce qui vous est demandé vous est expliqué en entretien. Vous pouvez le relire au greffe."
_NOTHING = "Rien à faire pour le moment. Posez vos questions en entretien."
_HELP = "Si quelque chose devient difficile, dites-le-nous avant. Gardez vos papiers\u00a0: ils servent de preuve."


def render(own: OwnObligations, *, day: date, demo: bool) -> bytes:
    """The PDF bytes."""
    cell = own.kept is CopyKept.CELL
    title = CELL_TITLE if cell else TITLE
    furniture = Furniture(
        margin=paper().person_margin,
        small=Type(paper().foot.size, 15),
        top=34,
        above_left=DEMONSTRATION if demo else "",
        foot=[(Span(foot_of_copy(own.kept), bold=True), Type(paper().sheet.size, 13.5))],
        last_left=f"Le {dates.short(day)}",
    )
    blocks: list[Block] = [
        Gap(4),
        Heading(Span(title, bold=True), paper().person_title, 1),
        Paragraph(f"{own.person}, le {own.day}", paper().person, before=1),
        Rule(STRONG, before=8.5, after=2),
        Paragraph(_opening(own), paper().person, before=8),
        *(_line(line) for line in own.lines),
        Paragraph(Span(_HELP, bold=True), paper().person, before=16),
    ]
    document = Paper(title)
    document.add(blocks, furniture)
    return document.rendered()


def _opening(own: OwnObligations) -> str:
    if own.lines:
        return _WHAT[own.kept]
    return _UNTOLD if own.untold else _NOTHING


def _line(line: OwnLine) -> Stack:
    """One thing to do, never cut over two pages."""
    heading = Heading(Span(line.title, bold=True), paper().person_head, before=0, after=1)
    return Stack([heading, *(Paragraph(words, paper().person) for words in line.words)], before=12)
