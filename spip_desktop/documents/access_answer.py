"""The answer prepared to a request of access, addressed to the authority that gives it (R. 113-55, R. 240-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spip_desktop.documents import held
from spip_desktop.documents.kit.flow import Block, Columns, Framed, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import STRONG, paper
from spip_desktop.documents.kit.marks import SignatureBox
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts, Grid
from spip_desktop.documents.kit.text import Span, Words
from spip_desktop.domain import dates
from spip_desktop.domain.held import Category, Recipient
from spip_desktop.domain.text import NBSP
from spip_desktop.wording.held import ANSWER_TITLE, NEVER_HANDED

_FOOT = "Réservé à l’autorité destinataire. « [masqué] » remplace ce qui concerne un tiers ou peut être restreint."
_SUMMARY = ("Catégorie", "Pourquoi, sur quel fondement", "Conservation", "Éléments")
_SHARES = (26, 42, 22, 10)
_CONFIDENCES = (
    "Les renseignements recueillis par voie de confidences ne se communiquent pas, pas même à l’autorité judiciaire "
    "(code pénitentiaire, art. D. 113-45)\u00a0: seule leur existence est dite."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything the paper says; the words of the categories are already masked."""

    person: str
    born: str
    number: str
    addressee: str
    ground: str
    service: str
    made_by: str
    received_on: date
    reference: str
    draft: bool
    categories: Sequence[Category]
    recipients: Sequence[Recipient]
    masked: int


def render(answer: Answer, *, day: date, demo: bool) -> bytes:
    """The PDF bytes, tagged and with bookmarks; PROJET on each page until it is established."""
    furniture = Furniture(
        margin=paper().sheet_margin,
        small=paper().foot,
        top=28.3,
        above_left="DÉMONSTRATION, personne fictive" if demo else "",
        above_right="PROJET" if answer.draft else "",
        foot=[(_FOOT, paper().foot)],
        last_left=f"Établi le {dates.short(day)}",
        number=f"{answer.person}, dossier n°{NBSP}{answer.number}, page {{page}} sur {{pages}}",
    )
    document = Paper(ANSWER_TITLE)
    document.add([*_head(answer, day), *_summary(answer), *_recipients(answer), *_content(answer)], furniture)
    return document.rendered(outline=True)


def _head(answer: Answer, day: date) -> list[Block]:
    facts = [
        Fact("À l’attention de", [answer.addressee or "Autorité à écrire"]),
        Fact("Fondement", [f"{answer.ground}, loi n°{NBSP}78-17 du 6 janvier 1978, art.{NBSP}104 à 106"]),
        Fact("Personne", [f"{answer.person}, naissance le {answer.born}" if answer.born else answer.person]),
        Fact("Demande reçue le", [dates.short(answer.received_on)]),
        Fact("Référence", [answer.reference]),
        Fact("Service", [answer.service]),
        Fact("Préparée par", [f"{answer.made_by}, le {dates.short(day)}"]),
    ]
    return [
        Heading(Span(ANSWER_TITLE, bold=True), paper().title, 1),
        Rule(STRONG, before=4, after=8),
        Facts([one for one in facts if one.values[0]], paper().cell, 110),
        Framed(Paragraph(Span(NEVER_HANDED, bold=True), paper().sheet), before=10),
        Paragraph(_masked(answer.masked), paper().sheet, before=8),
        *_signed(answer, day),
    ]


def _masked(count: int) -> str:
    if not count:
        return "Aucun mot n’est masqué dans cette réponse."
    many = f"{count}{NBSP}passages sont masqués" if count > 1 else "Un passage est masqué"
    return (
        f"{many} en tout ou en partie\u00a0: identité et paroles de tiers, coordonnées, données à restriction possible."
    )


def _signed(answer: Answer, day: date) -> list[Block]:
    """Nobody signs a draft."""
    if answer.draft:
        return []
    box = SignatureBox(f"{answer.made_by}, le {dates.short(day)}", paper().sheet, 40)
    return [Columns([Stack([]), box], before=10)]


def _summary(answer: Answer) -> list[Block]:
    rows: list[list[Words]] = [
        [Span(one.label, bold=True), " — ".join(filter(None, (one.purpose, one.legal))), one.retention, f"{one.count}"]
        for one in answer.categories
    ]
    return [
        held.section("1. Catégories de données détenues"),
        Grid(_SUMMARY, rows, _SHARES, paper().foot, paper().foot, padding=2.5),
        Paragraph(_CONFIDENCES, paper().foot, before=6),
    ]


def _recipients(answer: Answer) -> list[Block]:
    heading = held.section("2. À qui des données ont été transmises")
    if not answer.recipients:
        return [heading, Paragraph("Aucune transmission n’est enregistrée.", paper().sheet)]
    rows = [[dates.short(one.day), one.to, one.what] for one in answer.recipients]
    return [heading, Grid(("Le", "À", "Quoi"), rows, (16, 44, 40), paper().sheet, paper().foot, padding=2)]


def _content(answer: Answer) -> list[Block]:
    blocks: list[Block] = [held.section("3. Contenu")]
    for one in answer.categories:
        blocks.append(held.category(one.label))
        if one.counted:
            many = "éléments" if one.count > 1 else "élément"
            blocks.append(Paragraph(f"{one.count}{NBSP}{many}. {one.counted}", paper().sheet))
        blocks += held.records(one.records)
    return blocks
