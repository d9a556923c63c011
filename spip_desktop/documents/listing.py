"""A list on paper: a title, columns, rows, over as many A4 pages as needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spip_desktop.documents.kit.flow import Block, Heading, Paragraph, Rule
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Grid
from spip_desktop.documents.kit.text import Span, Words
from spip_desktop.domain import dates


@dataclass(frozen=True, slots=True)
class Column:
    """A head and its share of the width, among the shares of the others."""

    head: str
    share: float = 1


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows under a title of their own; none where there is only one part. `columns`: where they are its own."""

    title: str
    rows: Sequence[Sequence[Words]]
    columns: Sequence[Column] = ()


_INTERNAL = "Document de travail du service. À ne pas laisser en vue, à détruire après usage."


def render(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Words]],
    *,
    day: date,
    demo: bool,
    subtitle: str = "",
    foot: str = _INTERNAL,
    landscape: bool = False,
    grouped: bool = False,
) -> bytes:
    """The list as PDF bytes. `title` is also the document's: it must name nobody; each row has a text a column.

    `landscape`: on its side, for many columns. `grouped`: a row whose first cell is empty belongs to the one above.
    """
    return render_parts(
        title, columns, [Part("", rows)], day=day, demo=demo, subtitle=subtitle, foot=foot, landscape=landscape,
        grouped=grouped,
    )  # fmt: skip


def render_parts(
    title: str,
    columns: Sequence[Column],
    parts: Sequence[Part],
    *,
    day: date,
    demo: bool,
    subtitle: str = "",
    foot: str = _INTERNAL,
    landscape: bool = False,
    grouped: bool = False,
    lines: int | None = None,
) -> bytes:
    """The same in several parts, each under its title. `lines`: how many there are, where a part goes on another."""
    counted = sum(len(part.rows) for part in parts) if lines is None else lines
    furniture = Furniture(
        landscape=landscape,
        margin=paper().sheet_margin,
        small=paper().foot,
        top=28.3,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        foot=[(foot, paper().foot)] if foot else [],
        last_left=f"Imprimé le {dates.short(day)}, {_count(counted)}",
    )
    blocks: list[Block] = [Heading(Span(title, bold=True), paper().title, 1)]
    if subtitle:
        blocks.append(Paragraph(subtitle, paper().sheet))
    blocks.append(Rule(STRONG, before=4, after=6))
    for part in parts:
        blocks += _blocks(columns, part, grouped=grouped)
    document = Paper(title)
    document.add(blocks, furniture)
    return document.rendered()


def _blocks(columns: Sequence[Column], part: Part, *, grouped: bool) -> list[Block]:
    blocks: list[Block] = []
    if part.title:
        blocks.append(Heading(Span(part.title, bold=True), Type(11, 14), before=10))
    if not part.rows:
        return [*blocks, Paragraph("Aucune ligne.", paper().sheet)]
    heads = [column.head for column in part.columns or columns]
    shares = [column.share for column in part.columns or columns]
    return [*blocks, Grid(heads, part.rows, shares, paper().sheet, Type(9, 12), padding=3.5, grouped=grouped)]


def _count(rows: int) -> str:
    return f"{rows} lignes" if rows > 1 else f"{rows} ligne"
