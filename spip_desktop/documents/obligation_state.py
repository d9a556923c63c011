"""« État des obligations » for the judge: facts, measure by measure, on one page when they hold."""

from datetime import date

from spip_desktop.documents.kit.flow import Block, Columns, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import SignatureBox
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts, Grid
from spip_desktop.documents.kit.text import Span, Words
from spip_desktop.documents.pacep import DEMONSTRATION
from spip_desktop.domain import dates
from spip_desktop.domain.obligation_paper import ObligationState, StateLine, StatePart
from spip_desktop.domain.text import NBSP

TITLE = "État des obligations"
_FOOT = (
    "Faits constatés par le service, sans appréciation. Les repères dits indicatifs ne remplacent pas la décision. "
    "Document destiné au magistrat."
)
_WIDTHS, _LABEL = (42, 58), 96


def render(state: ObligationState, *, day: date, demo: bool) -> bytes:
    """The PDF bytes."""
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left=DEMONSTRATION if demo else "",
        foot=[(_FOOT, paper().foot)],
        last_left=f"État au {dates.short(day)}",
    )
    blocks = [*_head(state, day), *(block for part in state.parts for block in _part(part))]
    box = SignatureBox(f"{state.prepared_by}, le {dates.short(day)}", paper().sheet, 40)
    document = Paper(TITLE)
    document.add([*blocks, Columns([Stack([]), box], before=14)], furniture)
    return document.rendered()


def _head(state: ObligationState, day: date) -> list[Block]:
    facts = [
        Fact("Personne", [f"{state.person}, naissance le {state.born}" if state.born else state.person]),
        Fact("Cadre", [state.frame]),
        Fact("Service", [state.service]),
        Fact("Établi par", [f"{state.prepared_by}, le {dates.short(day)}"]),
    ]
    return [
        Heading(Span(TITLE, bold=True), paper().title, 1),
        Rule(STRONG, before=6, after=6),
        Facts([fact for fact in facts if fact.values[0]], paper().sheet, _LABEL),
    ]


def _part(part: StatePart) -> list[Block]:
    blocks: list[Block] = [
        Heading(Span(part.title, bold=True), Type(11, 14), before=11, rule=HAIRLINE, after=3),
    ]
    if part.lines:
        rows = [[_named(line), "\n".join(line.facts)] for line in part.lines]
        heads = ("Obligation", "Ce qui est constaté")
        blocks.append(Grid(heads, rows, _WIDTHS, paper().sheet, paper().foot, before=2, padding=3))
    for title, lines in part.counted:
        named = Paragraph(Span(title, bold=True), paper().sheet, before=6)
        named.keeps_next = bool(lines)
        blocks += [named, *(Paragraph(line, paper().sheet) for line in lines)]
    return blocks


def _named(line: StateLine) -> Words:
    """The obligation, its article, and what the decision said of it."""
    said = [Span(line.name, bold=True)]
    if line.number:
        said.append(Span(f" (art.{NBSP}{line.number})"))
    if line.precision:
        said.append(Span(f"\n{line.precision}"))
    return said
