"""« Au fil des versions » on paper: one A4 page on its side, a column a version, in states and words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from spip_desktop.documents.kit.flow import Block, Heading, Paragraph, Rule
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Grid
from spip_desktop.documents.kit.text import Span, Words
from spip_desktop.domain import dates
from spip_desktop.domain.movement import Line, What
from spip_desktop.wording.movement import MOVEMENT_TITLE, SAYS_NOTHING, WHATS, line_words, more_words, state_words

_FIRST = 2.2  # how many columns wide the names of the lines are


class Dated(Protocol):
    """One version."""

    @property
    def number(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def nature(self) -> str: ...


class Shown(Protocol):
    """What is printed."""

    @property
    def evaluations(self) -> Sequence[Dated]: ...
    @property
    def plans(self) -> Sequence[Dated]: ...
    @property
    def fields(self) -> Sequence[Line]: ...
    @property
    def needs(self) -> Sequence[Line]: ...
    @property
    def objectives(self) -> Sequence[Line]: ...


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much is put on the page: the newest versions, in this type, with what stands below the states or not."""

    versions: int
    type: Type
    more: bool = True


#: Tried one after the other until the page holds everything; the last may take a second page.
_FITS = (
    _Fit(10, Type(8.5, 10.5)), _Fit(10, Type(7.5, 9)), _Fit(10, Type(7, 8.4)), _Fit(7, Type(7.5, 9)),
    _Fit(4, Type(7.5, 9)), _Fit(4, Type(7.5, 9), more=False),
)  # fmt: skip


def render(shown: Shown, name: str, *, day: date, demo: bool) -> bytes:
    """The PDF bytes; `name` is whose they are, `day` when they are printed."""
    for fit in _FITS:
        document, pages = _laid_out(shown, name, fit, day=day, demo=demo)
        if pages == 1:
            break
    return document.rendered()


def _laid_out(shown: Shown, name: str, fit: _Fit, *, day: date, demo: bool) -> tuple[Paper, int]:
    document = Paper(MOVEMENT_TITLE)
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=24,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        foot=[(f"Document interne au SPIP. {SAYS_NOTHING}", paper().foot)],
        last_left=f"Imprimé le {dates.short(day)}",
        landscape=True,
    )
    blocks: list[Block] = [
        Heading(Span(MOVEMENT_TITLE, bold=True), paper().title, 1),
        Paragraph(Span(name, bold=True), paper().cell, before=2),
        Rule(STRONG, before=4, after=4),
        *_part("Évaluation", shown.evaluations, (*shown.fields, *shown.needs), fit),
        *_part("PACEP", shown.plans, shown.objectives, fit),
    ]
    return document, document.add(blocks, furniture)


def _part(title: str, versions: Sequence[Dated], lines: Sequence[Line], fit: _Fit) -> Iterator[Block]:
    if not versions:
        return
    left_out = max(0, len(versions) - fit.versions)
    kept = versions[left_out:]
    heads = [title, *(f"Version {one.number}, {dates.short(one.day)}, {one.nature}" for one in kept)]
    rows: list[list[Words]] = []
    what: What | None = None
    for line in lines:
        if line.what is not what and what is not None:
            rows.append([Span(WHATS[line.what], bold=True)])
        what = line.what
        rows.append([line_words(line), *(_cell(line, at, fit) for at in range(left_out, len(versions)))])
    yield Grid(heads, rows, [_FIRST, *[1.0] * len(kept)], fit.type, fit.type, before=4, padding=1.5, gap=6)
    if left_out:
        said = "La version plus ancienne n’est pas imprimée." if left_out == 1 else (
            f"Les {left_out} versions plus anciennes ne sont pas imprimées."
        )  # fmt: skip
        yield Paragraph(said, fit.type, before=2)


def _cell(line: Line, at: int, fit: _Fit) -> list[Span]:
    said = line.said[at]
    found = [Span(state_words(said), bold=line.moved(at))]
    if fit.more and (more := more_words(said)):
        found.append(Span(f"\n{more}"))
    return found
