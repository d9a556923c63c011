"""« Note d’entretien »: one interview as it was written, with what was added to it since."""

from datetime import date

from spip_desktop.documents.kit.flow import Block, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.text import Span
from spip_desktop.documents.pacep import DEMONSTRATION
from spip_desktop.domain import dates
from spip_desktop.domain.interview_paper import NotePaper
from spip_desktop.wording.interview import PAPER_FOOT, PAPER_TITLE


def render(note: NotePaper, *, day: date, demo: bool) -> bytes:
    """The PDF bytes; `day` is when it is made."""
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left=DEMONSTRATION if demo else "",
        above_right="BROUILLON, la note s’écrit encore" if note.draft else "",
        foot=[(PAPER_FOOT, paper().foot)],
        last_left=f"{note.person}. Imprimé le {dates.short(day)}",  # a page that came loose says whose it is
    )
    document = Paper(PAPER_TITLE)
    document.add([*_head(note), *_told(note), *_added(note)], furniture)
    return document.rendered()


def _head(note: NotePaper) -> list[Block]:
    return [
        Heading(Span(note.title, bold=True), paper().title, 1),
        Paragraph(note.person, paper().cell, before=1),
        Rule(STRONG, before=6, after=2),
    ]


def _told(note: NotePaper) -> list[Block]:
    """The label stays with the first lines of what it names."""
    return [
        block
        for label, said in note.told
        for block in (Heading(Span(label, bold=True), Type(9.5, 12), before=8, after=1), Paragraph(said, paper().cell))
    ]


def _added(note: NotePaper) -> list[Block]:
    if not note.added:
        return []
    heading = Heading(Span("Compléments", bold=True), Type(11, 14), before=14, rule=HAIRLINE, after=3)
    signed = [
        Stack([Paragraph(Span(who, bold=True), paper().sheet), Paragraph(said, paper().cell)], before=6)
        for said, who in note.added
    ]
    return [heading, *signed]
