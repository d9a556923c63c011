"""« Synthèse de la CPI »: two pages at most, with the voices of each profession and what was decided."""

from collections.abc import Sequence
from datetime import date

from spip_desktop.documents.cpu_advice import PRESUMED
from spip_desktop.documents.kit.flow import Block, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import Blank
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts, Grid
from spip_desktop.documents.kit.text import Span, Words
from spip_desktop.documents.pacep import DEMONSTRATION
from spip_desktop.domain import dates
from spip_desktop.domain.board_paper import CpiSynthesis, Lines

TITLE = "Synthèse de la CPI"
_PAGES = 2
_FOOT = (
    "Document interne au SPIP, couvert par le secret professionnel (R. 122-4 et D. 113-45 du code pénitentiaire). "
    "Il ne sort pas du service."
)
_VOICES, _DECISIONS = (28, 72), (58, 26, 16)


def render(synthesis: CpiSynthesis, *, day: date, draft: bool, demo: bool) -> tuple[bytes, tuple[str, ...]]:
    """The PDF bytes, and the titles of the parts that are past the second page (none when it holds)."""
    state = "projet du" if draft else "soumise au DPIP le"
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left=DEMONSTRATION if demo else "",
        above_right="PROJET" if draft else "",
        foot=[(_FOOT, paper().foot)],
        last_left=f"Version {synthesis.version}, {state} {dates.short(day)}",
    )
    blocks = [*_head(synthesis), *_situation(synthesis), *_analysis(synthesis.analysis), *_voices(synthesis)]
    blocks += [*_retained(synthesis), _end(synthesis, draft)]
    document = Paper(TITLE)
    document.add(blocks, furniture)
    return document.rendered(), document.parts_past(_PAGES)


def _head(synthesis: CpiSynthesis) -> list[Block]:
    facts = [
        Fact("Personne", [synthesis.person]),
        Fact("Cadre", [synthesis.frame]),
        Fact("Séance du", [synthesis.held]),
        Fact("Objet", [synthesis.theme]),
        Fact("Présidée par", [synthesis.chair]),
        Fact("Présents", ["\u00a0; ".join(synthesis.members) or "à noter"]),
        Fact("Service", [synthesis.service]),
        Fact("Rédigée par", [synthesis.prepared_by]),
    ]
    blocks: list[Block] = [
        Heading(Span(TITLE, bold=True), paper().title, 1),
        Rule(STRONG, before=6, after=6),
        Facts([fact for fact in facts if fact.values[0]], paper().sheet, 92),
    ]
    if synthesis.presumed_innocent:
        blocks.append(Paragraph(Span(PRESUMED, bold=True), paper().sheet, before=4))
    return blocks


def _situation(synthesis: CpiSynthesis) -> list[Block]:
    blocks = _part("Ce qui existe", [Paragraph(one, paper().sheet) for one in synthesis.known])
    if synthesis.situation:
        blocks += _part("Situation", [Paragraph(synthesis.situation, paper().sheet)])
    return blocks


def _analysis(lists: Sequence[Lines]) -> list[Block]:
    """The lists of the evaluation arrêtée, each a title and its lines."""
    if not lists:
        return []
    blocks: list[Block] = []
    for one in lists:
        blocks.append(Paragraph(Span(one.title, bold=True), paper().sheet, before=3 if blocks else 0))
        blocks += [Paragraph(f"–\u00a0{line}", paper().sheet) for line in one.lines]
    return _part("Analyse de l’évaluation", blocks)


def _voices(synthesis: CpiSynthesis) -> list[Block]:
    blocks: list[Block] = []
    if synthesis.voices:
        rows: list[list[Words]] = [[Span(who, bold=True), what] for who, what in synthesis.voices]
        grid = Grid(("Qui", "Ce qui est apporté"), rows, _VOICES, paper().sheet, paper().foot, padding=2.5)
        blocks += _part("Points de vue par profession", [grid])
    if synthesis.person_view:
        blocks += _part("Ce qu’en dit la personne", [Paragraph(synthesis.person_view, paper().sheet)])
    return blocks


def _retained(synthesis: CpiSynthesis) -> list[Block]:
    blocks = _part("Ce que la commission retient", [Paragraph(synthesis.advice, paper().sheet)])
    decided: list[Block] = [Paragraph("Aucune décision.", paper().sheet)]
    if synthesis.decisions:
        rows: list[list[Words]] = [[what, who, Span(due, bold=True)] for what, who, due in synthesis.decisions]
        decided = [Grid(("Décision", "Qui", "Pour le"), rows, _DECISIONS, paper().sheet, paper().foot, padding=2.5)]
    return [*blocks, *_part("Décisions", decided)]


def _end(synthesis: CpiSynthesis, draft: bool) -> Block:
    """What the person was told and the visa, together: a visa alone on a page would bear on nothing."""
    blocks: list[Block] = [Paragraph(f"Personne informée\u00a0: {synthesis.informed}.", paper().sheet)]
    if not draft:
        blocks += [Gap(16), Blank("Visa du DPIP, nom, date et signature", paper().sheet), Gap(6)]
    return Stack(blocks, before=6)


def _part(title: str, blocks: Sequence[Block]) -> list[Block]:
    return [Heading(Span(title, bold=True), Type(11, 14), before=9, rule=HAIRLINE, after=3), *blocks]
