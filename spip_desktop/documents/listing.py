"""A list on paper: a title, columns, rows, over as many A4 pages as needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spip_desktop.documents.kit.flow import Block, Heading, Paragraph, Rule
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Grid
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain import dates


@dataclass(frozen=True, slots=True)
class Column:
    """A head and its share of the width, among the shares of the others."""

    head: str
    share: float = 1


def render(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    day: date,
    demo: bool,
    subtitle: str = "",
    foot: str = "Document de travail du service. À ne pas laisser en vue, à détruire après usage.",
) -> bytes:
    """The list as PDF bytes. `title` is also the document's: it must name nobody; each row has a text a column."""
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=28.3,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        foot=[(foot, paper().foot)] if foot else [],
        last_left=f"Imprimé le {dates.short(day)}, {_count(len(rows))}",
    )
    blocks: list[Block] = [Heading(Span(title, bold=True), paper().title, 1)]
    if subtitle:
        blocks.append(Paragraph(subtitle, paper().sheet))
    blocks.append(Rule(STRONG, before=4, after=6))
    if rows:
        heads = [column.head for column in columns]
        shares = [column.share for column in columns]
        blocks.append(Grid(heads, rows, shares, paper().sheet, Type(9, 12), padding=3.5))
    else:
        blocks.append(Paragraph("Aucune ligne.", paper().sheet))
    document = Paper(title)
    document.add(blocks, furniture)
    return document.rendered()


def _count(rows: int) -> str:
    return f"{rows} lignes" if rows > 1 else f"{rows} ligne"
