"""The recovery key (« clé de secours ») on paper: the only copy of it outside the store, never kept as a file."""

from collections.abc import Sequence
from datetime import date

from spip_desktop.documents.kit.flow import Block, Columns, Framed, Gap, Heading, Paragraph, Rule, Stack
from spip_desktop.documents.kit.look import HAIRLINE, STRONG, Type, paper
from spip_desktop.documents.kit.marks import Blank, ScanCode
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.table import Fact, Facts
from spip_desktop.documents.kit.text import Span
from spip_desktop.domain import dates

TITLE = "Clé de secours"
_PER_ROW = 4
_SCAN = 110.0
_INSTRUCTIONS = (
    "Imprimez cette feuille en deux exemplaires. Elle n’est enregistrée nulle part.",
    "Mettez chaque exemplaire dans une enveloppe fermée, signée et datée sur le rabat.",
    "Gardez le premier dans une armoire fermée à clé, remettez le second à votre DPIP. "
    "Aucun ne reste près du poste de travail.",
    "Cette clé ouvre tous les dossiers de ce poste, sans phrase de passe. Ne la recopiez pas, ne la photographiez pas, "
    "ne l’envoyez pas.",
    "Pour vous en servir\u00a0: à l’ouverture du logiciel, choisissez «\u00a0Phrase oubliée\u00a0: clé de "
    "secours\u00a0» et tapez les quatorze groupes dans l’ordre. "
    "Les tirets, les espaces et les minuscules ne comptent pas. "
    "Il n’y a ni I, ni L, ni O, ni U\u00a0: le signe barré est un zéro.",
    "Si une feuille est perdue ou si une enveloppe a été ouverte, prévenez aussitôt votre DPIP\u00a0: une nouvelle clé "
    "doit remplacer celle-ci.",
)


def render(
    *,
    store: str,
    officer: str,
    day: date,
    groups: Sequence[str],
    payload: str = "",
    lines: Sequence[str] = (),
    demo: bool = False,
) -> bytes:
    """The sheet as PDF bytes.

    `store` is the label of the store and `officer` the identifier chosen by its officer, never a name;
    `groups` are the groups of signs in order; `payload` the text of the QR code, none when empty; `lines` the same
    to type.
    """
    furniture = Furniture(
        margin=paper().person_margin,
        small=paper().foot,
        top=34,
        above_left="DÉMONSTRATION" if demo else "",
        foot=[("À garder dans une enveloppe fermée. Ne pas jeter, ne pas photocopier.", paper().sheet)],
        last_left=f"Établie le {dates.short(day)}",
    )
    facts = [Fact("Dossier du poste", [store]), Fact("Identifiant de l’agent", [officer])]
    document = Paper(TITLE)
    document.add(
        [
            Heading(Span(TITLE, bold=True), paper().title, 1),
            Rule(STRONG, before=4, after=8),
            Facts([*facts, Fact("Établie le", [dates.short(day)])], paper().cell, 117),
            *_key(groups),
            *_code(payload, lines),
            *_what_to_do(),
            *_handed_over(),
        ],
        furniture,
    )
    return document.rendered()


def _title(words: str) -> Heading:
    return Heading(Span(words, bold=True), Type(12, 15), before=16, rule=HAIRLINE, after=6)


def _key(groups: Sequence[str]) -> list[Block]:
    """The groups, numbered as the program asks for them."""
    rows: list[Block] = []
    for start in range(0, len(groups), _PER_ROW):
        cells: list[Block] = [
            Stack([Paragraph(f"{place}", paper().foot), Paragraph(Span(group, bold=True), Type(21, 24))])
            for place, group in enumerate(groups[start : start + _PER_ROW], start=start + 1)
        ]
        cells += [Gap(0)] * (_PER_ROW - len(cells))
        rows.append(Columns(cells, gap=12, before=8))
    return [_title("Les quatorze groupes"), Framed(Stack(rows), padding=12, before=4)]


def _code(payload: str, lines: Sequence[str]) -> list[Block]:
    """What replaces the key file, in a QR code and in lines."""
    if not payload:
        return []
    scan = ScanCode(payload, _SCAN, "Code carré de la clé de secours")
    words = Paragraph(
        "Ce code contient de quoi ouvrir les données si le fichier des clés est perdu lui aussi. Il ne remplace pas "
        "les quatorze groupes. Sans lecteur de codes, tapez ces lignes\u00a0:",
        paper().cell,
    )
    typed = [
        Columns([Paragraph(f"{place}", paper().foot), Paragraph(line, paper().cell)], shares=(1, 24), before=3)
        for place, line in enumerate(lines, start=1)
    ]
    return [Columns([scan, Stack([words, Gap(4), *typed])], shares=(1, 3), before=10)]


def _what_to_do() -> list[Block]:
    steps = [Paragraph(f"{place}. {step}", paper().cell, before=4) for place, step in enumerate(_INSTRUCTIONS, start=1)]
    return [_title("Que faire de cette feuille"), *steps]


def _handed_over() -> list[Block]:
    type_ = paper().cell
    blanks = Columns([Blank("Exemplaire n°", type_), Blank("Remis à", type_), Blank("le", type_)], shares=(2, 3, 2))
    return [Gap(18), blanks]
