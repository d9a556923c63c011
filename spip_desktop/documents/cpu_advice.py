"""« Avis du SPIP pour la CPU »: half a page of words, on one A4 page that stays in the prison."""

from collections.abc import Sequence
from datetime import date

from spip_desktop.documents.kit.flow import Block, Columns, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import SignatureBox
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.pen import PAGE_HEIGHT
from spip_desktop.documents.kit.table import Fact, Facts
from spip_desktop.documents.kit.text import Span
from spip_desktop.documents.pacep import DEMONSTRATION
from spip_desktop.domain import dates
from spip_desktop.domain.board_paper import CpuAdvice

TITLE = "Avis du SPIP pour la CPU"
#: The title in the file, which names no service.
_FILED = "Avis pour la CPU"
PRESUMED = "Personne présumée innocente\u00a0: les faits ne sont pas abordés."
#: What the words of the service may take, titles included.
_HALF = PAGE_HEIGHT / 2
_FOOT = (
    "Avis du SPIP, commission pluridisciplinaire unique (D. 211-34 du code pénitentiaire). "
    "La décision est celle de la commission, dans GENESIS. Réservé à ses membres\u00a0; ne pas laisser en cellule."
)


def render(advice: CpuAdvice, *, day: date, draft: bool, demo: bool) -> tuple[bytes, int]:
    """The PDF bytes, and how many lines are over the half page (0 when it holds)."""
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left=DEMONSTRATION if demo else "",
        above_right="PROJET, ne pas remettre" if draft else "",
        foot=[(_FOOT, paper().foot)],
        last_left=f"{'Projet' if draft else 'Établi'} le {dates.short(day)}",
    )
    words = _words(advice)
    blocks = [*_head(advice), *words]
    if not draft:
        box = SignatureBox(f"{advice.prepared_by}, le {dates.short(day)}", paper().cell, 44)
        blocks.append(Columns([box, Stack([])], before=16))
    document = Paper(_FILED)
    document.add(blocks, furniture)
    return document.rendered(), _lines_over(words, furniture.width)


def _head(advice: CpuAdvice) -> list[Block]:
    facts = [
        Fact("Personne", [advice.person]),
        Fact("Détention", [advice.custody]),
        Fact("Commission du", [advice.held]),
        Fact("Thème", [advice.theme]),
        Fact("Service", [advice.service]),
        Fact("Préparé par", [advice.prepared_by]),
        Fact("Personne informée", [advice.informed]),
    ]
    blocks: list[Block] = [
        Heading(Span(TITLE, bold=True), paper().title, 1),
        Rule(STRONG, before=6, after=8),
        Facts([fact for fact in facts if fact.values[0]], paper().cell, 117),
    ]
    if advice.presumed_innocent:
        blocks.append(Paragraph(Span(PRESUMED, bold=True), paper().cell, before=6))
    return blocks


def _words(advice: CpuAdvice) -> list[Block]:
    type_ = paper().cell
    blocks = _part("Ce qui existe", [Paragraph(one, type_) for one in advice.known])
    if advice.situation:
        blocks += _part("Situation", [Paragraph(advice.situation, type_)])
    if advice.person_view:
        blocks += _part("Ce qu’en dit la personne", [Paragraph(advice.person_view, type_)])
    return blocks + _part("Avis du SPIP", [Paragraph(advice.advice, type_)])


def _part(title: str, blocks: Sequence[Block]) -> list[Block]:
    return [Heading(Span(title, bold=True), Type(12, 15), before=12, rule=HAIRLINE, after=5), *blocks]


def _lines_over(blocks: Sequence[Block], width: float) -> int:
    """How many lines the words are over half a page, rounded up."""
    over = sum(block.before + block.height(width) for block in blocks) - _HALF
    leading = paper().cell.leading
    return max(0, int(-(-over // leading)))
