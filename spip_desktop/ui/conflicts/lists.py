"""What has not come whole, and what stands twice: two lists under the conflicts."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.place import Place, in_version
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.conflict_lists import Late, Version
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView

_WAITING = (
    "Ces éléments sont arrivés avant ceux dont ils dépendent : ils ne sont pas encore dans les dossiers, et rien n’en "
    "est perdu. Demandez au poste indiqué un paquet « Un dossier » pour la personne : ils seront repris dès qu’il "
    "sera lu."
)
_MISSING = {"base": "Une version plus ancienne du même élément", "referent": "Ce dont il parle, dans le dossier"}
_LATE = (Column("Personne", 216), Column("Élément", 168), Column("Ce qui manque"), Column("À demander à", 216),
         Column("Arrivé le", 104))  # fmt: skip
_TWICE = (
    "Ces documents ont été arrêtés ici et sur un autre poste. Un document arrêté ne se mélange pas : chaque version "
    "reste dans le dossier, avec ses dates et ses papiers. Entrée ouvre celle de l’autre poste."
)
_VERSIONS = (Column("Personne", 256), Column("Document"), Column("Arrêté ailleurs par", 216), Column("Le", 104))


class WaitingSection(Section):
    """« En attente », by person; hidden when nothing waits."""

    def __init__(self) -> None:
        self.table = TableView(_LATE, name="conflicts.waiting", label="Éléments en attente")
        super().__init__("En attente", Paragraph(french_spaces(_WAITING), colour="texte_2"), self.table, gap=8)

    def show_late(self, late: Sequence[Late]) -> None:
        self.setVisible(bool(late))
        self.table.set_rows([RecordRow(number, _late_cells(one)) for number, one in enumerate(late)])


class VersionsSection(Section):
    """« En deux versions »; hidden when no document was frozen twice."""

    opened = Signal(object)  # Place

    def __init__(self) -> None:
        self.table = TableView(_VERSIONS, name="conflicts.versions", label="Documents en deux versions")
        super().__init__("En deux versions", Paragraph(french_spaces(_TWICE), colour="texte_2"), self.table, gap=8)
        self.table.opened.connect(lambda one: self.opened.emit(_place(one)))

    def show_versions(self, versions: Sequence[Version]) -> None:
        self.setVisible(bool(versions))
        self.table.set_rows([RecordRow(one, _version_cells(one)) for one in versions])


def _place(one: Version) -> Place:
    """Where a version is read; those of a page of their own by their number, the others in their dossier."""
    if one.code in ("evaluation", "pacep"):
        return in_version(Place(f"person.{one.code}", one.person_id), one.object_id)
    pages = {"prescription": "prescription", "interview": "interview", "board_review": "commission"}
    if page := pages.get(one.code):
        return Place(page, one.object_id)
    return Place("person.commissions", one.person_id)


def _late_cells(one: Late) -> tuple[Cell, ...]:
    return (
        Cell(one.person or "Dossier pas encore arrivé", discreet=True),
        Cell(one.kind),
        Cell(_MISSING[one.reason]),
        Cell(one.sender or "L’expéditeur du paquet"),
        Cell(_day(one.arrived_at)),
    )


def _version_cells(one: Version) -> tuple[Cell, ...]:
    return Cell(one.person, bold=True, discreet=True), Cell(one.kind), Cell(one.by), Cell(_day(one.at))


def _day(at: datetime) -> str:
    return dates.short(at.astimezone(PARIS).date())
