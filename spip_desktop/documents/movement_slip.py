"""Bons de circulation: four on a page, to be cut; they name no reason and no measure."""

from collections.abc import Sequence
from datetime import date

from spip_desktop.documents.kit.flow import Block, Framed, Heading, Stack
from spip_desktop.documents.kit.look import Type, paper
from spip_desktop.documents.kit.marks import Blank
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain import dates
from spip_desktop.domain.appointment_paper import MovementSlip

TITLE = "Bon de circulation"
_HEAD = Type(12, 16)


def render(slips: Sequence[MovementSlip], *, today: date, demo: bool) -> bytes:
    """The PDF bytes."""
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=20,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        last_left=f"Imprimé le {dates.short(today)}",
    )
    blocks: list[Block] = [Framed(_slip(one), padding=10, before=14) for one in slips]
    document = Paper(TITLE)
    document.add(blocks, furniture)
    return document.rendered()


def _slip(one: MovementSlip) -> Stack:
    type_ = paper().cell
    facts = [
        Fact("Personne", [one.person]),
        Fact("Écrou", [one.ecrou or "à noter"]),
        Fact("Vient de", [one.cell or "à noter"]),
        Fact("Le", [f"{dates.long(one.day)} à {one.hour}"]),
        Fact("Se rend à", [one.place]),
        Fact("Reçue par", [one.officer]),
    ]
    return Stack(
        [
            Heading(Span(TITLE, bold=True), _HEAD, 1),
            Facts(facts, type_, 90, before=4),
            Blank("Départ\u00a0:", type_, before=10),
            Blank("Arrivée, visa\u00a0:", type_, before=6),
        ]
    )
