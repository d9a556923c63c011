"""Where a sheet stands: the one thing to do next, what its state asks for, and its lines of facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.prescription_states import REPLACED_GROUND, REPLACED_PARTIAL, SheetState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import PrescriptionView
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.labels import Section, StateLabel
from spip_desktop.ui.layout import row
from spip_desktop.ui.text import Text
from spip_desktop.wording.prescription import NOTE_STATE

MAKE_READY, PRINT, AGREE, FOLLOW = "Rendre la fiche prête", "Imprimer", "Noter l’accord", "Noter la suite"
EDITION = {
    REPLACED_PARTIAL: "Préparer une version avec ce qui est accepté",
    REPLACED_GROUND: "Préparer une nouvelle version",
}
_BEFORE_HANDING_OVER = frozenset({SheetState.DRAFT, SheetState.READY, SheetState.AGREED})
_FURTHER = frozenset(SheetState) - {SheetState.HANDED_OVER, SheetState.CANCELLED, SheetState.WITHDRAWN}


def next_act(view: PrescriptionView) -> str:
    """The one thing to do next, or nothing when the sheet is at its end."""
    if view.state is SheetState.DRAFT:
        return MAKE_READY
    if view.why_replaced:
        return EDITION[view.why_replaced]
    if view.state is SheetState.READY:
        return AGREE if view.printed else PRINT
    if view.state is SheetState.AGREED:
        return NOTE_STATE[SheetState.HANDED_OVER]
    if view.state is SheetState.WITHDRAWN:
        return NOTE_STATE[SheetState.PARTNER_TOLD]
    return FOLLOW if may_follow(view) else ""


def asked_for(view: PrescriptionView) -> str:
    """What the present state means for the person and the partner, where it stops the usual course."""
    if view.state is SheetState.WITHDRAWN:
        name = f", {view.partner_name}" if view.partner_name else ""
        return (
            f"Prévenez le partenaire{name}{NBSP}: ces informations ne doivent plus servir à partir d’aujourd’hui. "
            "Ce qui a été fait avant reste valable."
        )
    if view.why_replaced == REPLACED_PARTIAL:
        return f"Cette version ne sera pas remise{NBSP}: elle dit plus que ce que la personne accepte."
    if view.why_replaced == REPLACED_GROUND:
        return (
            f"Cette version ne peut plus être remise{NBSP}: l’article qu’elle cite ne s’applique plus "
            "(26 ans, ou plus de détention)."
        )
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEdition:
    """The edition before this one, or the one that replaced it."""

    id: UUID
    said: str
    link: str


def other_edition(view: PrescriptionView) -> OtherEdition | None:
    number = view.prescription.number
    if view.begun:
        return OtherEdition(
            id=view.begun,
            said=f"La version {number + 1} se prépare{NBSP}: celle-ci vaut jusqu’à sa remise.",
            link=f"Ouvrir la version {number + 1}",
        )
    if view.prescription.amendment_reason and view.prescription.replaces_id and view.state in _BEFORE_HANDING_OVER:
        return OtherEdition(
            id=view.prescription.replaces_id,
            said=f"Version {number}, à la place de la version {number - 1} que tient le partenaire.",
            link=f"Voir la version {number - 1}",
        )
    if view.replaced_by:
        return OtherEdition(
            id=view.replaced_by, said=f"La version {number + 1} la remplace.", link=f"Ouvrir la version {number + 1}"
        )
    if view.prescription.replaces_id:
        return OtherEdition(
            id=view.prescription.replaces_id,
            said=f"Version {number}, à la place de la version {number - 1}, annulée.",
            link=f"Voir la version {number - 1}",
        )
    return None


def boxes(view: PrescriptionView) -> list[str]:
    """The codes of the boxes to tick and of the fields to write: the form is made for these."""
    return [one.code for shown in (view.ticks, view.typed, view.judged) for one in shown]


def fill(
    section: Section, view: PrescriptionView, lines: Sequence[tuple[date | None, str]], go: Callable[[UUID], None]
) -> None:
    """What is asked for now, what happened day by day, and the edition before or after."""
    section.empty()
    asked, other = asked_for(view), other_edition(view)
    section.setVisible(bool(lines or other))
    if asked:
        section.add(told(asked))
    for day, words in lines:
        section.add(dated(dates.short(day), words))
    if other:
        link = LinkButton(other.link, name="sheet.other")
        link.clicked.connect(lambda _=False, id_=other.id: go(id_))
        section.add(linked(other.said, link))


def may_follow(view: PrescriptionView) -> bool:
    """Whether something from the partner, or an end, may be noted."""
    return bool(_FURTHER & set(view.next_states))


def offer_review(section: Section, propose: Callable[[], None]) -> None:
    """After a bilan: the plan may be looked at again, if the officer wants it."""
    link = LinkButton("Proposer une révision du PACEP", name="sheet.review")
    link.clicked.connect(propose)
    section.add(linked("Le bilan peut changer le plan. Rien n’y change sans vous.", link))


def told(words: str, link: LinkButton | None = None) -> QWidget:
    """A line that asks for something, with where to do it."""
    holder = QWidget()
    line = row(holder, gap=16)
    line.addWidget(StateLabel("alert-circle", words, "texte", wrap=True), 1)
    if link:
        line.addWidget(link)
    return holder


def linked(words: str, link: LinkButton) -> QWidget:
    holder = QWidget()
    line = row(holder, gap=16)
    line.addWidget(Text(words, "body", wrap=True), 1)
    line.addWidget(link)
    return holder


def dated(day: str, words: str) -> QWidget:
    holder = QWidget()
    line = row(holder, gap=16)
    line.addWidget(Text(day, "body", colour="texte_2"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Text(words, "body", wrap=True), 1)
    return holder
