"""« Modèles de fiche »: the sheets in use; the service rewords or adds one from a file, looked at beforehand."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spip_desktop.services.sheet_library import SheetLine, SheetPreview
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.library_page import LibraryPage, LibraryWords, Shelf, said_line
from spip_desktop.ui.table import Cell, Column
from spip_desktop.wiring import Services

KIND = "sheets"
_WORDS = LibraryWords(
    title="Modèles de fiche",
    how=(
        "Choisissez une ligne pour enregistrer son modèle, changez ses mots dans un éditeur de texte, "
        "puis ajoutez le fichier. Les fiches déjà prêtes gardent leur propre copie."
    ),
    table="Modèles de fiche en usage",
    paper="Aperçu, contenu inventé",
    columns=(Column("Fiche"), Column("Partenaires", 232), Column("Origine", 176)),
    choose="Fiche à ajouter",
    files="Fiches (*.toml)",
    use="Utiliser cette fiche",
    used="La fiche est en usage. Les brouillons la suivent.",
)


class SheetLibraryPage(LibraryPage):
    """The sheets given to partners."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(guard, services.clock.now, _shelf(services), _WORDS, name=KIND)


def _shelf(services: Services) -> Shelf[SheetLine, SheetPreview]:
    sheets = services.sheets
    return Shelf(
        lines=sheets.lines,
        cells=_cells,
        own_id=lambda one: one.own_id,
        file_name=lambda one: f"{one.code}.toml",
        model=lambda one: sheets.model(one.code),
        paper=lambda one: sheets.paper(one.code),
        preview=sheets.preview,
        panel=_panel,
        install=sheets.install,
        withdraw=sheets.withdraw,
        withdrawn=lambda one: (
            "La fiche d’origine est de nouveau en usage." if one.ours else "La fiche n’est plus proposée."
        ),
    )


def _panel(found: SheetPreview) -> Sequence[QWidget]:
    section = Section(
        "Ce fichier",
        Paragraph(found.title),
        said_line("Pour", found.partners),
        said_line("Remplace", found.replaces or "aucune, elle s’ajoute"),
        said_line("Sans accord, par la loi", ", ".join(found.by_law) or "rien"),
        said_line("Avec l’accord, case par case", ", ".join(found.by_agreement)),
        said_line("En-têtes", ", ".join(found.letterheads)),
        right=f"version {found.version}",
        gap=4,
    )
    return (section,)


def _cells(one: SheetLine) -> tuple[Cell, ...]:
    origin = f"du service, version {one.version}" if one.own_id else f"du logiciel, version {one.version}"
    return (Cell(one.title, bold=True), Cell(one.partners), Cell(origin, tone="texte" if one.own_id else "texte_2"))
