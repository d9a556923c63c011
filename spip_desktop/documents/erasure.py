"""The certificate of an erasure: who decided, when, why, and for each dossier its number and what went. No name."""

from spip_desktop.documents.kit.flow import Block, Gap, Heading, Paragraph, Rule
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import SignatureBox
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts, Grid
from spip_desktop.documents.kit.text import Span, Words
from spip_desktop.domain import dates
from spip_desktop.domain.retention import Certificate, ErasedLine
from spip_desktop.domain.text import NBSP

TITLE = "Certificat d’effacement"
_HEADS = ("Ce qui devait être effacé, et pourquoi", "Terminé le", "Échu le", "Ce qui a été effacé")
_SHARES = (4, 1.4, 1.4, 4)
_SAID = (
    f"Les données de ces dossiers ont été effacées du magasin, de son index et de ses journaux d’écriture{NBSP}; les "
    "sauvegardes faites avant ont été supprimées, ou restent à supprimer sur le support indiqué à l’agent. Ce "
    f"certificat ne nomme aucune personne suivie{NBSP}: le numéro de dossier ne mène plus à rien."
)


def render(certificate: Certificate, *, demo: bool) -> bytes:
    """The certificate as PDF bytes."""
    day = dates.short(certificate.decided_on)
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=28.3,
        above_left="DÉMONSTRATION, personnes fictives" if demo else "",
        foot=[("À garder par le service. Ne contient aucun nom de personne suivie.", paper().foot)],
        last_left=f"Établi le {day}",
    )
    document = Paper(TITLE)
    document.add([*_head(certificate, day), *_table(certificate), *_signed(certificate, day)], furniture)
    return document.rendered()


def _head(certificate: Certificate, day: str) -> list[Block]:
    count = len(certificate.lines)
    facts = [
        Fact("Service", [certificate.service]),
        Fact("Décidé le", [day]),
        Fact("Décidé par", [certificate.decided_by]),
        Fact("Motif", [certificate.reason]),
        Fact("Lot n°", [certificate.batch]),
        Fact("Dossiers", [str(count)]),
    ]
    return [
        Heading(Span(TITLE, bold=True), paper().title, 1),
        Rule(STRONG, before=4, after=8),
        Facts(facts, paper().cell, 90),
        Paragraph(_SAID, paper().cell, before=10),
    ]


def _table(certificate: Certificate) -> list[Block]:
    heading = Heading(Span("Dossiers effacés", bold=True), Type(12, 15), before=16, rule=HAIRLINE, after=6)
    rows = [row for line in certificate.lines for row in _rows(line)]
    return [heading, Grid(_HEADS, rows, _SHARES, Type(8.5, 11.5), Type(8.5, 11.5), padding=4)]


def _rows(line: ErasedLine) -> list[list[Words]]:
    """The number across the table, then the rest: cut in two it would be read wrong."""
    why = f"{line.scope}. {line.rule} ({line.source})".replace("art. R. ", f"art.{NBSP}R.{NBSP}") + "."
    number = Span(f"Dossier n° {line.number}", bold=True)
    return [[number], [why, dates.short(line.ended_on), dates.short(line.due_on), line.counts]]


def _signed(certificate: Certificate, day: str) -> list[Block]:
    words = f"Le {day}, {certificate.decided_by}, signature"
    return [Gap(18), SignatureBox(words, paper().cell, 60)]
