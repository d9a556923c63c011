"""The letter after an absence: what was missed, what is reminded, what to do now; in plain words, on one page."""

from spip_desktop.documents.kit.flow import Block, Columns, Framed, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.marks import SignatureBox
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.text import Span
from spip_desktop.documents.letter import head, part
from spip_desktop.domain import dates
from spip_desktop.domain.appointment_paper import ReminderLetter

TITLE = "Rappel de vos obligations"
_MISSED = Type(13, 18)


def render(given: ReminderLetter, *, demo: bool) -> bytes:
    """The PDF bytes, the same for the same letter."""
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        last_left=f"Établi le {dates.short(given.made_on)}",
    )
    document = Paper(TITLE)
    document.add(_blocks(given), furniture)
    return document.rendered()


def _blocks(given: ReminderLetter) -> list[Block]:
    when = f"le {dates.long(given.day)} à {given.hour}"
    missed = Stack([Paragraph(Span(f"{given.missed.format(when=when)}.", bold=True), _MISSED)])
    parts = [block for title, words in given.parts for block in part(title, words)]
    return [
        Columns([head(given.sender), head(given.recipient)]),
        Gap(26),
        Heading(Span(TITLE, bold=True), paper().title, 1),
        Rule(STRONG, before=4, after=10),
        Framed(missed, padding=10),
        *parts,
        Gap(16),
        Columns([Stack([]), SignatureBox(given.signed_by, paper().person, 52)]),
    ]
