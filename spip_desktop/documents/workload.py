"""« Charge de travail » on paper: bars from 0 with the lines of reference, then the same facts as a table."""

from collections.abc import Mapping, Sequence
from datetime import date

from spip_desktop.documents.kit.bars import Bar, Bars
from spip_desktop.documents.kit.flow import Block, Gap, Heading, Paragraph, Rule
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Grid
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain import dates
from spip_desktop.domain.text import french_spaces
from spip_desktop.domain.workload import REFERENCES, OfficerLoad, Ratios
from spip_desktop.wording import workload as words


def render(
    officers: Sequence[OfficerLoad], ratios: Ratios, labels: Mapping[str, str], *, day: date, demo: bool
) -> bytes:
    """The PDF bytes; `labels` are those of the levels, `day` when it is made."""
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=28.3,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        foot=[(words.NOT_A_MEASURE, paper().foot)],
        last_left=f"Compté le {dates.short(day)}",
    )
    bars = [Bar(one.name, one.persons, str(one.persons)) for one in officers]
    said = ", ".join(f"{one.name} {one.persons}" for one in officers)
    alt = f"Personnes suivies par agent\u00a0: {said}. {french_spaces(words.LINES)}"
    blocks: list[Block] = [
        Heading(Span(words.TITLE, bold=True), paper().title, 1),
        Paragraph(words.NOT_A_MEASURE, paper().sheet),
        Rule(STRONG, before=4, after=6),
        Heading(Span("Personnes suivies, par agent", bold=True), Type(11, 14), before=6),
        Bars(bars, REFERENCES, alt, paper().sheet, before=6),
        Paragraph(french_spaces(words.LINES), paper().sheet, before=6),
        Gap(6),
        _table(officers, ratios, labels),
        Gap(6),
        *(Paragraph(f"{one.name}\u00a0: {words.formula(one, ratios)}", paper().sheet) for one in officers),
        Paragraph(french_spaces(words.HOW), paper().sheet, before=8),
    ]
    document = Paper(words.TITLE)
    document.add(blocks, furniture)
    return document.rendered()


def _table(officers: Sequence[OfficerLoad], ratios: Ratios, labels: Mapping[str, str]) -> Grid:
    heads = ["Agent", "Personnes", "dont MF", *(f"{labels[level]} ({ratios[level]})" for level in ratios), "Charge"]
    rows = [
        [
            one.name,
            str(one.persons),
            str(one.in_custody),
            *(str(one.by_level.get(level, 0)) for level in ratios),
            words.load_said(one, ratios),
        ]
        for one in officers
    ]
    return Grid(heads, rows, (2.4, 1.3, 1, *(1.4 for _ in ratios), 1.6), paper().sheet, Type(8.5, 11), padding=3.5)
