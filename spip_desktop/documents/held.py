"""What is held on a person, on paper: a title a category, a line a field, hidden words as « [masqué] »."""

from collections.abc import Callable, Sequence

from spip_desktop.documents.kit.flow import Block, Gap, Heading, Paragraph
from spip_desktop.documents.kit.look import HAIRLINE, Type, paper
from spip_desktop.documents.kit.table import Fact, Facts
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain import dates
from spip_desktop.domain.held import HeldRecord, Passage

SECTION, CATEGORY = Type(14, 18), Type(11, 14)
#: Signs: a longer text stands on lines of its own, under its label.
_LONG = 180
#: Rows in a table, and points for the labels.
_ROWS, _LABEL = 12, 150
Words = Callable[[Passage], str]


def as_they_are(passage: Passage) -> str:
    return passage.words


def section(title: str) -> Heading:
    return Heading(Span(title, bold=True), SECTION, 1, before=18, rule=HAIRLINE, after=6)


def category(title: str) -> Heading:
    return Heading(Span(title, bold=True), CATEGORY, 2, before=12, after=2)


def records(several: Sequence[HeldRecord], words: Words = as_they_are) -> list[Block]:
    """Every record of a category, each under its day where it has one."""
    return [block for number, one in enumerate(several) for block in _record(one, number, words)]


def _record(one: HeldRecord, number: int, words: Words) -> list[Block]:
    blocks: list[Block] = [Gap(6)] if number else []
    if one.day:
        blocks.append(Heading(Span(dates.short(one.day), bold=True), paper().cell, 3, before=4))
    short: list[list[str]] = []
    for passage in one.passages:
        said = words(passage)
        if len(said) <= _LONG:
            short.append([passage.label, said])
            continue
        blocks += [*_table(short), Paragraph(Span(passage.label, bold=True), paper().sheet, before=4)]
        blocks.append(Paragraph(said, paper().cell))
        short = []
    return [*blocks, *_table(short)]


def _table(rows: list[list[str]]) -> list[Block]:
    """A table for a dozen rows: it is never divided over two pages."""
    some = (rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS))
    return [Facts([Fact(label, (), said) for label, said in one], paper().sheet, _LABEL, before=2) for one in some]
