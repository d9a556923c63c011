"""« Où j’en suis »: the person’s own view on paper, in plain words, without name, measure or reason."""

from spip_desktop.documents.kit.flow import Block, Columns, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.marks import Blank, Option, RuledLines, Ticks
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.interview_guide import OwnPaper, OwnSubject

TITLE = "Où j’en suis"
_HOW = (
    "Il n’y a ni bonne ni mauvaise réponse. Vous pouvez en laisser, ou demander qu’on écrive pour vous. "
    "0 veut dire pas du tout, 10 tout à fait."
)
_FOOT = "Vous pouvez rendre cette feuille à votre prochain rendez-vous. Vos réponses sont notées comme vous les dites."
_CELL = "Ce document ne mentionne pas le motif de votre détention. Vous pouvez le garder."
_LOWEST, _HIGHEST = 0, 10
_TYPE, _SMALL = Type(10.5, 13.5), Type(9.5, 12)


def render(view: OwnPaper) -> bytes:
    """The PDF bytes: two sides for eight subjects."""
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=24,
        above_right=f"Code {grouped(view.code, 3)}",
        foot=[(f"{_FOOT} {_CELL}" if view.detained else _FOOT, paper().sheet)],
    )
    blocks: list[Block] = [
        Heading(Span(TITLE, bold=True), paper().person_title, 1),
        Paragraph(_HOW, _TYPE, before=2),
        Rule(STRONG, before=6, after=0),
    ]
    for number, subject in enumerate(view.subjects, 1):
        blocks.append(_subject(number, subject))
    document = Paper(TITLE)
    document.add(blocks, furniture)
    return document.rendered()


def _subject(number: int, subject: OwnSubject) -> Stack:
    """One subject, never cut over two sides."""
    parts: list[Block] = [Heading(Span(f"{number}. {subject.title}", bold=True), paper().person_head)]
    if subject.statement:
        parts.append(Paragraph(subject.statement, _SMALL))
    if subject.choices:
        parts += [Gap(4), Ticks([Option(words) for words in subject.choices], _SMALL, gap=11)]
    *beside, last = subject.lines
    if beside:
        parts += [Gap(4), Columns([_to_write(one) for one in beside], gap=14)]
    if subject.rulers:
        parts += [Gap(7), Columns([_ruler(one) for one in subject.rulers], gap=14)]
    parts += [Gap(7), Blank(f"{last}\u00a0:", _SMALL)]
    return Stack(parts, before=11)


def _to_write(label: str) -> Stack:
    return Stack([Paragraph(f"{label}\u00a0:", _SMALL), RuledLines(2, 16)])


def _ruler(label: str) -> Stack:
    """A sentence and eleven boxes under it."""
    options = [Option(str(place)) for place in range(_LOWEST, _HIGHEST + 1)]
    return Stack([Paragraph(label, _SMALL), Gap(2), Ticks(options, _SMALL, side=8, inset=2.5, gap=7)])
