"""« Le dossier en un PDF »: a first page with its contents, then the parts that were chosen, with their dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spip_desktop.documents import held
from spip_desktop.documents.kit.flow import Block, Heading, Paragraph, Rule
from spip_desktop.documents.kit.look import STRONG, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts, Grid
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain import dates
from spip_desktop.domain.held import Category
from spip_desktop.domain.text import NBSP
from spip_desktop.wording.held import DOSSIER_TITLE, SECTIONS

_FOOT = "Document interne au service, couvert par le secret professionnel. Les confidences n’y figurent jamais."
_CONTENTS = "Sommaire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What the paper says: whose, why it was made and by whom, how much of it, and the categories by section."""

    person: str
    number: str
    service: str
    made_by: str
    purpose: str
    content: str
    sections: Mapping[str, Sequence[Category]]


def render(dossier: Dossier, *, day: date, demo: bool) -> bytes:
    """The PDF bytes, tagged and with bookmarks; « Nom, n° de dossier, page x sur y » stands on every page."""
    furniture = _furniture(dossier, day, demo)
    body = [block for code, found in dossier.sections.items() for block in _section(SECTIONS[code], found)]
    laid = Paper(DOSSIER_TITLE)
    laid.add(body, furniture)
    front = Paper(DOSSIER_TITLE)
    before = front.add(_front(dossier, day, laid, 0), furniture)
    document = Paper(DOSSIER_TITLE)
    document.add(_front(dossier, day, laid, before), furniture)
    document.add(body, furniture)
    return document.rendered(outline=True)


def _furniture(dossier: Dossier, day: date, demo: bool) -> Furniture:
    return Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=28.3,
        above_left="DÉMONSTRATION, personne fictive" if demo else "",
        foot=[(_FOOT, paper().foot)],
        last_left=f"Établi le {dates.short(day)}",
        number=f"{dossier.person}, dossier n°{NBSP}{dossier.number}, page {{page}} sur {{pages}}",
    )


def _front(dossier: Dossier, day: date, laid: Paper, before: int) -> list[Block]:
    """The first page; the pages of the parts come after `before` pages."""
    facts = [
        Fact("Personne", [dossier.person]),
        Fact("Dossier n°", [dossier.number]),
        Fact("Service", [dossier.service]),
        Fact("Établi par", [f"{dossier.made_by}, le {dates.short(day)}"]),
        Fact("Motif", [dossier.purpose]),
        Fact("Contenu", [dossier.content]),
    ]
    rows = [
        [Span(title, bold=level == 1), Span(f"{page + before}", bold=level == 1)]
        for level, title, page in laid.headings()
        if level < 3
    ]
    return [
        Heading(Span(DOSSIER_TITLE, bold=True), paper().title, 1),
        Rule(STRONG, before=4, after=8),
        Facts(facts, paper().cell, 90),
        Heading(Span(_CONTENTS, bold=True), held.CATEGORY, 2, before=16, after=4),
        Grid(("Partie", "Page"), rows, (88, 12), paper().sheet, paper().foot, padding=1.5),
        Paragraph("Une partie qui n’a rien à montrer n’est pas dans ce sommaire.", paper().foot, before=6),
    ]


def _section(title: str, categories: Sequence[Category]) -> list[Block]:
    blocks: list[Block] = [held.section(title)]
    for one in categories:
        count = f" ({one.count})" if one.count > 1 else ""
        blocks += [held.category(f"{one.label}{count}"), *held.records(one.records)]
    return blocks
