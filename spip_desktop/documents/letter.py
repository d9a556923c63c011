"""The parts that the letters to a person share: who writes to whom, a few words under their title."""

from spip_desktop.documents.kit.flow import Block, Heading, Paragraph, Stack
from spip_desktop.documents.kit.look import Type, paper
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain.sheet import Letterhead


def head(given: Letterhead) -> Stack:
    """One side of the head of a letter."""
    type_ = paper().sheet
    lines = [Paragraph(line, type_) for line in given.lines]
    return Stack([Paragraph(given.heading, paper().foot), Paragraph(Span(given.name, bold=True), type_), *lines])


def part(title: str, words: str) -> list[Block]:
    """A few words under their title."""
    return [Heading(Span(title, bold=True), Type(12, 15), before=14), Paragraph(words, paper().person, before=2)]
