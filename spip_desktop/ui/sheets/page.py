"""« Modèles de fiche »: the sheets in use; the service rewords or adds one from a file, looked at beforehand."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.sheet_library import SheetLine, SheetPreview
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.folder_choice import choose_file, choose_new_file
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.page import Page, SideColumn
from spip_desktop.ui.paper_view import PaperView
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "sheets"
_COLUMNS = (Column("Fiche"), Column("Partenaires", 232), Column("Origine", 176))
_FILES = "Fiches (*.toml)"
_WIDTH = 380  # pixels at 100 %
_LEAST_CHARS = 50
_LONGEST_FILE = 200_000  # bytes: ten times the longest of ours


class PaperSide(SideColumn):
    """The paper of the file looked at, with invented content; nothing while none is."""

    def __init__(self) -> None:
        super().__init__("Aperçu, contenu inventé", _WIDTH)
        self.paper, self.tabs = PaperView(), Tabs(name="sheets.tabs")
        holder = QWidget()
        inside = column(holder, gap=8)
        inside.addWidget(self.paper, 1)
        inside.addWidget(self.tabs)
        self.column.insertWidget(0, holder, 1000)
        self.tabs.chosen.connect(lambda code: self.paper.show_page(int(code)))

    def show_bytes(self, content: bytes) -> None:
        self.paper.show_bytes(content)
        words = ["Recto", "Verso", "Annexe"][: self.paper.pages()]
        self.tabs.set_tabs([Tab(str(number), word) for number, word in enumerate(words)])
        self.paper.show_page(0)


class SheetLibraryPage(Page):
    """The list with its models, then the file that waits for a yes."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Modèles de fiche", name=KIND)
        self._services, self._guard = services, guard
        self._waiting: tuple[bytes, str] | None = None
        self.ask_file: Callable[[], Path | None] = lambda: choose_file(self.window(), "Fiche à ajouter", _FILES)
        self.ask_new_file: Callable[[str], Path | None] = lambda name: choose_new_file(
            self.window(), "Enregistrer le modèle", name, _FILES
        )
        words = (
            "Choisissez une ligne pour enregistrer son modèle, changez ses mots dans un éditeur de texte, "
            "puis ajoutez le fichier. Les fiches déjà prêtes gardent leur propre copie."
        )
        self.table = TableView(_COLUMNS, name="sheets.models", label="Modèles de fiche en usage")
        self.panel = QWidget()
        self.panel.setObjectName("sheets.panel")
        self._panel_lines = column(self.panel, gap=12)
        self.panel.hide()
        self.side = PaperSide()
        self.add(self.panel, Paragraph(words, colour="texte_2"), self.table)
        self.save = self.add_action("Enregistrer le modèle", "download", self._save_model, name="sheets.save")
        self.back = self.add_action("Ne plus proposer", do=self._withdraw, name="sheets.withdraw")
        self.set_primary("Ajouter un fichier", "plus", self._choose, name="sheets.choose")
        self.set_side(self.side)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_actions())

    def open(self, place: Place) -> None:
        self._put_away()
        self.reload()
        self.fold_side(self.width() < theme.current().px(_WIDTH) + theme.current().chars(_LEAST_CHARS))
        if not self.show_field(place.field):
            self.table.setFocus()

    def reload(self) -> None:
        """Read the sheets in use."""
        lines = self._services.sheets.lines()
        self.table.set_rows([RecordRow(one, _cells(one)) for one in lines])
        if lines and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        self._show_actions()

    def _chosen(self) -> SheetLine | None:
        index, rows = self.table.currentIndex(), self.table.records.rows
        key = rows[index.row()].key if rows and index.isValid() else None
        return key if isinstance(key, SheetLine) else None

    def _show_actions(self) -> None:
        chosen = self._chosen()
        self.save.setEnabled(chosen is not None)
        self.back.setVisible(chosen is not None and chosen.own_id is not None)
        if chosen and self._waiting is None:
            paper = self._guard.run(self._services.sheets.paper, chosen.code)
            if isinstance(paper, bytes):
                self.side.show_bytes(paper)

    # -- a file ----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        path = self.ask_file()
        if path:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Show what the file would change; nothing is kept before « Utiliser cette fiche »."""
        try:
            content = path.read_bytes()[: _LONGEST_FILE + 1]
        except OSError:
            self._say(f"Le fichier ne peut pas être lu{NBSP}: choisissez-en un autre.")
            return
        if len(content) > _LONGEST_FILE:
            self._say("Ce fichier est trop long pour une fiche.")
            return
        refusals: list[Refusal] = []
        found = self._guard.run(self._services.sheets.preview, content, path.name, refused=refusals.append)
        if refusals:
            self._put_away()
            self._say(f"{path.name}{NBSP}: {sentence(refusals[0])}")
        elif isinstance(found, SheetPreview):
            self._waiting = (content, path.name)
            self._show_preview(found)

    def _show_preview(self, found: SheetPreview) -> None:
        clear(self._panel_lines)
        self.band.clear()
        instead = found.replaces or "aucune, elle s’ajoute"
        section = Section(
            "Ce fichier",
            Paragraph(found.title),
            _line("Pour", found.partners),
            _line("Remplace", instead),
            _line("Sans accord, par la loi", ", ".join(found.by_law) or "rien"),
            _line("Avec l’accord, case par case", ", ".join(found.by_agreement)),
            _line("En-têtes", ", ".join(found.letterheads)),
            right=f"version {found.version}",
            gap=4,
        )
        use = Button("Utiliser cette fiche", name="sheets.use")
        leave = QuietButton("Ne rien changer", name="sheets.leave")
        use.clicked.connect(self._install)
        leave.clicked.connect(self._put_away)
        buttons = FlowRow(gap=8)
        buttons.add(use, leave)
        self._panel_lines.addWidget(section)
        self._panel_lines.addWidget(buttons)
        self.panel.show()
        self.side.show_bytes(found.paper)
        self.body.verticalScrollBar().setValue(0)
        use.setFocus()

    def _install(self) -> None:
        if self._waiting is None:
            return
        content, name = self._waiting
        refusals: list[Refusal] = []
        self._guard.run(lambda: self._services.sheets.install(content, name), refused=refusals.append)
        if refusals:
            self._say(sentence(refusals[0]))
            return
        self._put_away()
        self._done("La fiche est en usage. Les brouillons la suivent.")

    def _withdraw(self) -> None:
        chosen = self._chosen()
        if chosen and chosen.own_id:
            own = chosen.own_id
            self._guard.run(lambda: self._services.sheets.withdraw(own), refused=lambda one: self._say(sentence(one)))
            ours = "La fiche d’origine est de nouveau en usage." if chosen.ours else "La fiche n’est plus proposée."
            self._done(ours)

    def _save_model(self) -> None:
        chosen = self._chosen()
        path = self.ask_new_file(f"{chosen.code}.toml") if chosen else None
        if chosen is None or path is None:
            return
        content = self._guard.run(self._services.sheets.model, chosen.code)
        if not isinstance(content, bytes):
            return
        try:
            path.write_bytes(content)
        except OSError:
            self._say(f"Le modèle ne peut pas être enregistré là{NBSP}: choisissez un autre dossier.")
            return
        self.notice.show_sentence(f"Modèle enregistré{NBSP}: il ne contient le nom de personne.")

    def _done(self, said: str) -> None:
        self.saved.emit(self._services.clock.now())
        self.notice.show_sentence(said)
        self.reload()
        self.table.setFocus()

    def _say(self, words: str) -> None:
        self.band.show_sentence(words)

    def _put_away(self) -> None:
        self._waiting = None
        clear(self._panel_lines)
        self.panel.hide()
        self.band.clear()
        self._show_actions()


def _line(label: str, said: str) -> Paragraph:
    return Paragraph(f"{label}{NBSP}: {said}", colour="texte_2")


def _cells(one: SheetLine) -> tuple[Cell, ...]:
    origin = f"du service, version {one.version}" if one.own_id else f"du logiciel, version {one.version}"
    return (Cell(one.title, bold=True), Cell(one.partners), Cell(origin, tone="texte" if one.own_id else "texte_2"))
