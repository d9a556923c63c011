"""The letter to a partner who has not answered: its sheets by number and code, and nobody's name."""

from collections.abc import Sequence

from spip_desktop.documents.kit.flow import Block, Columns, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import STRONG, Type, paper
from spip_desktop.documents.kit.marks import SignatureBox
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Grid
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain import dates
from spip_desktop.domain.follow_up import PartnerLetter
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.sheet import Letterhead

TITLE = "Fiches en attente de réponse"
_HEADS = ("Fiche n°", "Code de réponse", "Remise le", "Retour souhaité avant le", "Où en êtes-vous\u00a0?")
_SHARES = (1.2, 1.2, 1.1, 1.6, 2.4)
_ASKED = (
    "Nous vous avons remis les fiches ci-dessous et n’avons pas reçu de réponse. Pouvez-vous nous dire où vous en "
    "êtes, même en un mot\u00a0: reçue, rendez-vous fixé, accompagnement commencé, ou non donné suite\u00a0?"
)
_NOBODY = "Cette lettre ne nomme personne\u00a0: le nom est sur la fiche que vous tenez."


def render(letter: PartnerLetter, *, demo: bool) -> bytes:
    """The PDF bytes, the same for the same letter."""
    document = Paper(TITLE)
    document.add(_blocks(letter), _furniture(letter, demo=demo))
    return document.rendered()


def _furniture(letter: PartnerLetter, *, demo: bool) -> Furniture:
    return Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        foot=[(_NOBODY, paper().foot)],
        last_left=f"Établie le {dates.short(letter.day)}",
    )


def _blocks(letter: PartnerLetter) -> list[Block]:
    type_ = paper().person
    rows = [
        (
            grouped(one.number, 4),
            grouped(one.answer_code, 3),
            dates.short(one.handed_on),
            dates.short(one.report_wanted_by),
            "",
        )
        for one in letter.sheets
    ]
    return [
        Columns([_head(letter.sender), _head(letter.recipient)]),
        Gap(28),
        Heading(Span(TITLE, bold=True), paper().title, 1),
        Rule(STRONG, before=4, after=8),
        Paragraph("Madame, Monsieur,", type_, before=6),
        Paragraph(_ASKED, type_, before=8),
        Gap(10),
        Grid(_HEADS, rows, _SHARES, paper().cell, Type(9, 12), padding=5),
        Paragraph(_how(letter), type_, before=10),
        Paragraph("Nous vous remercions de votre concours.", type_, before=8),
        Gap(14),
        Columns([Stack([]), SignatureBox("Date et signature", type_, 60)]),
    ]


def _how(letter: PartnerLetter) -> Sequence[Span]:
    """Where the answer goes; by telephone the code is enough."""
    mail = [Span(", par courriel ("), Span(letter.answer_to, bold=True), Span(")")] if letter.answer_to else []
    start = Span("Répondez sur cette lettre, au dos de chaque fiche")
    return [start, *mail, Span(" ou par téléphone\u00a0: le code suffit.")]


def _head(part: Letterhead) -> Stack:
    type_ = paper().sheet
    lines = [Paragraph(line, type_) for line in part.lines]
    return Stack([Paragraph(part.heading, paper().foot), Paragraph(Span(part.name, bold=True), type_), *lines])
