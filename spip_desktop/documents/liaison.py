"""« Fiche de liaison »: what the next service must know first, on two pages at most, in black and white."""

from datetime import date

from spip_desktop.documents.kit.flow import Block, Columns, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import SignatureBox
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts
from spip_desktop.documents.kit.text import Span
from spip_desktop.documents.pacep import DEMONSTRATION
from spip_desktop.domain import dates
from spip_desktop.domain.handover_paper import Liaison, LiaisonFact, LiaisonPart
from spip_desktop.domain.text import french_spaces

TITLE = "Fiche de liaison"
MOST_PAGES = 2
_FOOT = (
    "De service pénitentiaire à service pénitentiaire. Les papiers sous pli fermé sont nommés ici, jamais leur "
    "contenu. Les confidences ne partent pas. Repères indicatifs\u00a0: seule la fiche pénale du greffe fait foi."
)
#: How many values a line may have: as many as two pages hold.
_ROOM = (14, 10, 7, 5, 3, 2, 1)
_LABEL = 118
#: The papers and the places to sign stay together, up to this height (points), on the width of the text.
_TALL, _WIDTH = 420, 500


def render(liaison: Liaison, *, day: date, demo: bool) -> bytes:
    """The PDF bytes: the fullest that holds on two pages."""
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left=DEMONSTRATION if demo else "",
        foot=[(french_spaces(_FOOT), paper().foot)],
        last_left=f"Établie le {dates.short(day)}",
    )
    for most in _ROOM:
        document = Paper(TITLE)
        document.add(_blocks(liaison.within(most)), furniture)
        if document.page_count <= MOST_PAGES:
            break
    return document.rendered()


def _blocks(liaison: Liaison) -> list[Block]:
    type_ = paper().sheet
    blocks: list[Block] = [
        Heading(Span(TITLE, bold=True), paper().title, 1),
        Paragraph([Span(liaison.person, bold=True), Span(f", {liaison.born}" if liaison.born else "")], Type(12, 16)),
        Rule(STRONG, before=5, after=5),
        _facts(liaison.head, type_),
    ]
    parts = [_part(part) for part in liaison.parts]
    signatures = [SignatureBox(words, type_, 44) for words in (liaison.given_by, liaison.taken_by)]
    last = Stack([*(parts.pop() if parts else ()), Columns(signatures, before=10)], before=8)
    together: list[Block] = [last] if last.height(_WIDTH) <= _TALL else [*last.blocks]
    return [*blocks, *(block for part in parts for block in part), *together]


def _part(part: LiaisonPart) -> list[Block]:
    """One table a fact: the page may turn between two."""
    title = Heading(Span(part.title, bold=True), Type(11, 14), before=8, rule=HAIRLINE, after=3)
    return [title, *(_facts((one,), paper().sheet) for one in part.facts)]


def _facts(facts: tuple[LiaisonFact, ...], type_: Type) -> Facts:
    return Facts([_fact(one) for one in facts], type_, _LABEL)


def _fact(one: LiaisonFact) -> Fact:
    return Fact(one.label, one.values) if one.whole else Fact(one.label, (), note="\n".join(one.values))
