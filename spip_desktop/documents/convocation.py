"""The convocation: where, when, what to bring, what to do when one cannot come; in plain words, on one page."""

from spip_desktop.documents.kit.flow import Block, Columns, Framed, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.marks import SignatureBox
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.text import Span
from spip_desktop.documents.letter import head, part
from spip_desktop.domain import dates
from spip_desktop.domain.appointment_paper import Convocation
from spip_desktop.domain.text import NBSP

TITLE = "Convocation"
_WHEN = Type(13, 18)


def render(given: Convocation, *, demo: bool) -> bytes:
    """The PDF bytes, the same for the same convocation."""
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        foot=[(given.foot, paper().foot)] if given.foot else [],
        last_left=f"Établie le {dates.short(given.made_on)}",
    )
    document = Paper(TITLE)
    document.add(_blocks(given), furniture)
    return document.rendered()


def _blocks(given: Convocation) -> list[Block]:
    type_ = paper().person
    blocks: list[Block] = [
        Columns([head(given.sender), head(given.recipient)]),
        Gap(26),
        Heading(Span(f"{TITLE}{NBSP}: {given.title[:1].lower()}{given.title[1:]}", bold=True), paper().title, 1),
        Rule(STRONG, before=4, after=10),
        Framed(_where(given), padding=10),
    ]
    if given.bring:
        blocks += part("Ce que vous apportez", given.bring)
    blocks += part(given.cannot, _cannot_come(given))
    if given.consequences:
        blocks += part("En cas d’absence", given.consequences)
    box = SignatureBox(given.signed_by, type_, 52)
    return [*blocks, Gap(16), Columns([Stack([]), box])]


def _where(given: Convocation) -> Stack:
    type_, when = paper().person, f"le {dates.long(given.day)} à {given.hour}"
    lines: list[Block] = [
        Paragraph(Span(given.opening.format(when=when), bold=True), _WHEN),
    ]
    if given.place:
        lines.append(Paragraph(Span(given.place, bold=True), type_, before=6))
    lines.append(Paragraph(given.address, type_, before=0 if given.place else 6))
    if given.access:
        lines.append(Paragraph(given.access, type_))
    lines.append(Paragraph(f"Durée prévue{NBSP}: {_length(given.lasts)}.", type_, before=6))
    return Stack(lines)


def _cannot_come(given: Convocation) -> str:
    at = f" au {given.phone}" if given.phone else ""
    return f"Prévenez-nous{at} avant le rendez-vous et apportez un justificatif."


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}minutes"
    whole = f"{hours}{NBSP}heure{'s' if hours > 1 else ''}"
    return f"{whole} {rest}" if rest else whole
