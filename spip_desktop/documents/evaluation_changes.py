"""« Ce qui a changé » between two versions of an evaluation, on one page: before at the left, now at the right."""

from collections.abc import Iterable, Sequence
from datetime import date

from spip_desktop.documents.kit.flow import Block, Heading, Paragraph, Rule
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Grid
from spip_desktop.documents.kit.text import Span, Words
from spip_desktop.domain import dates
from spip_desktop.domain.evaluation_changes import AnswerChange, Comparison, FindingChange, FindingChangeKind
from spip_desktop.domain.text_diff import Op, Piece, around_changes, pieces_between, shortened, side
from spip_desktop.wording.evaluation_changes import (
    CHANGES_TITLE,
    FINDING_CHANGES,
    NO_CHANGE,
    NOT_GIVEN,
    asked_words,
    finding_words,
    path_words,
    version_words,
)

_FOOT = "Document interne au SPIP. En gras, ce qui n’est plus à gauche et ce qui est nouveau à droite."
_CUT = "Les textes sont coupés autour de ce qui change\u00a0: «\u00a0[…]\u00a0». L’écran les montre entiers."
_LISTED = "Trop de changements pour une page\u00a0: ce qui a changé est nommé, l’écran montre les mots."
_MOST_FINDINGS, _FINDING_SIGNS = 24, 60
_WIDTHS = (22, 39, 39)


def render(compared: Comparison, person: str, *, day: date, demo: bool, context: int, most: int) -> tuple[bytes, int]:
    """The PDF bytes and how many pages they make; `context` and `most` are the cutting of texts, in signs.

    With `most` 0 the changes are named, without their words.
    """
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=28.3,
        above_left="DÉMONSTRATION, personne fictive" if demo else "",
        foot=[(_FOOT, paper().foot)],
        last_left=f"Imprimé le {dates.short(day)}",
    )
    before, now = version_words(compared.before), version_words(compared.now)
    blocks: list[Block] = [
        Heading(Span(CHANGES_TITLE, bold=True), paper().title, 1),
        Paragraph(Span(person, bold=True), paper().cell, before=2),
        Paragraph(f"{before}.", paper().sheet),
        Paragraph(f"{now}.", paper().sheet),
        Rule(STRONG, before=4, after=4),
    ]
    if compared.nothing:
        blocks.append(Paragraph(Span(NO_CHANGE, bold=True), paper().cell))
    elif most:
        blocks += _changes(compared, context, most)
    else:
        blocks += _named(compared)
    if compared.not_reviewed:
        steps = ", ".join(compared.labels[code] for code in compared.not_reviewed)
        blocks.append(Paragraph(f"Repris sans avoir été revus\u00a0: {steps}.", paper().sheet, before=8))
    document = Paper(CHANGES_TITLE)
    pages = document.add(blocks, furniture)
    return document.rendered(), pages


def _part(title: str) -> Heading:
    return Heading(Span(title, bold=True), Type(11, 14), before=9, rule=HAIRLINE, after=3)


def _changes(compared: Comparison, context: int, most: int) -> list[Block]:
    heads = ("", f"Version {compared.before.number}", f"Version {compared.now.number}")
    blocks: list[Block] = []
    if compared.findings:
        rows = [_finding_row(compared, one, context, most) for one in compared.findings]
        blocks += [_part("Constats"), _grid(heads, rows)]
    for step in compared.labels:
        rows = [_answer_row(one, context, most) for one in compared.answers if one.step == step]
        if rows:
            blocks += [_part(compared.labels[step]), _grid(heads, rows)]
    if any("[…]" in _text(cell) for block in blocks if isinstance(block, Grid) for row in block.words for cell in row):
        blocks.append(Paragraph(_CUT, paper().foot, before=6))
    return blocks


def _grid(heads: Sequence[str], rows: Sequence[Sequence[Words]]) -> Grid:
    return Grid(heads, rows, _WIDTHS, paper().sheet, paper().foot, padding=2.5)


def _answer_row(change: AnswerChange, context: int, most: int) -> list[Words]:
    if not change.pieces:
        return [asked_words(change), change.before or NOT_GIVEN, Span(change.now or NOT_GIVEN, bold=True)]
    return [asked_words(change), *_sides(change.pieces, context, most)]


def _sides(pieces: Sequence[Piece], context: int, most: int) -> list[Words]:
    """The text before and the text now, what changed in bold."""
    found: list[Words] = []
    for gone in (True, False):
        shown = shortened(around_changes(side(pieces, gone), context), most)
        spans = [Span(one.text, bold=one.op is not Op.KEPT) for one in shown]
        found.append(spans if _text(spans).strip() else NOT_GIVEN)
    return found


def _finding_row(compared: Comparison, change: FindingChange, context: int, most: int) -> list[Words]:
    head = [Span(FINDING_CHANGES[change.kind], bold=True), Span(f"\n{compared.labels.get(change.finding.step, '')}")]
    before = "" if change.kind is FindingChangeKind.NEW else finding_words(change.before)
    stands = change.kind in (FindingChangeKind.NEW, FindingChangeKind.EVOLVED)
    now = finding_words(change.now) if stands else ""
    was, is_ = _sides(pieces_between(before, now), context, most)
    if path := path_words(change):
        is_ = [*_as_spans(is_), Span(f"\n{path}")] if now else path
    return [head, was, is_]


def _named(compared: Comparison) -> list[Block]:
    """When a page cannot hold the words: what changed, by its name."""
    type_ = paper().sheet
    blocks: list[Block] = [Paragraph(_LISTED, type_)]
    if compared.findings:
        blocks.append(_part("Constats"))
        for change in compared.findings[:_MOST_FINDINGS]:
            words = _text(_spans(shortened((Piece(Op.KEPT, finding_words(change.finding)),), _FINDING_SIGNS)))
            said = f"{FINDING_CHANGES[change.kind]}\u00a0: {words}"
            blocks.append(Paragraph(said, type_))
        left = len(compared.findings) - _MOST_FINDINGS
        if left > 0:
            blocks.append(Paragraph(f"Et {left} autres constats.", type_))
    if compared.answers:
        blocks.append(_part("Champs et réponses"))
    for step in compared.labels:
        names = [one.label for one in compared.answers if one.step == step]
        if names:
            spans = [Span(f"{compared.labels[step]}\u00a0: ", bold=True), Span(", ".join(names))]
            blocks.append(Paragraph(spans, type_, before=2))
    return blocks


def _spans(pieces: Iterable[Piece]) -> list[Span]:
    return [Span(one.text, bold=one.op is not Op.KEPT) for one in pieces]


def _as_spans(words: Words) -> list[Span]:
    if isinstance(words, str):
        return [Span(words)]
    return [words] if isinstance(words, Span) else list(words)


def _text(words: Words) -> str:
    return "".join(span.text for span in _as_spans(words))
