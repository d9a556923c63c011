"""« Ce qui a changé depuis »: two moments of a plan on one paper, before at the left, now at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spip_desktop.documents.kit.flow import Block, Heading, Paragraph, Rule
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Grid
from spip_desktop.documents.kit.text import Span, Words
from spip_desktop.documents.pacep import DEMONSTRATION
from spip_desktop.domain import dates

TITLE = "Ce qui a changé dans le plan"
NOTHING = "Aucun changement."
FOOT = "Les états, les dates et les mots sont ceux notés au plan\u00a0; rien n’est compté ni noté."
_WIDTHS = (36, 32, 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesContent:
    """Every word chosen. `lines`: what, before, now; `before` and `now` name the two moments."""

    person: str
    frame: str
    service: str
    before: str
    now: str
    lines: tuple[tuple[str, str, str], ...]


def render_changes(content: ChangesContent, *, day: date, demo: bool) -> bytes:
    """The PDF bytes; `day` is when it is printed."""
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=28.3,
        above_left=DEMONSTRATION if demo else "",
        foot=[(FOOT, paper().foot)],
        last_left=f"Imprimé le {dates.short(day)}",
    )
    under = ", ".join(part for part in (content.frame, content.service) if part)
    blocks: list[Block] = [
        Heading(Span(TITLE, bold=True), paper().title, 1),
        Paragraph(Span(content.person, bold=True), paper().cell, before=2),
        Paragraph(under, paper().sheet),
        Paragraph(f"Avant\u00a0: {content.before}.", paper().sheet),
        Paragraph(f"Maintenant\u00a0: {content.now}.", paper().sheet),
        Rule(STRONG, before=4, after=6),
    ]
    document = Paper(TITLE)
    document.add([*blocks, *_lines(content.lines)], furniture)
    return document.rendered()


def _lines(lines: Sequence[tuple[str, str, str]]) -> list[Block]:
    if not lines:
        return [Paragraph(Span(NOTHING, bold=True), paper().cell)]
    rows: list[list[Words]] = [[Span(what, bold=True), before, now] for what, before, now in lines]
    return [Grid(("Ce qui a changé", "Avant", "Maintenant"), rows, _WIDTHS, paper().cell, Type(9, 12), padding=4)]
