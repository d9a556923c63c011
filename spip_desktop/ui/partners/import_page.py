"""« Importer l’annuaire public »: files chosen, looked at without writing anything, then imported on a yes."""

from collections.abc import Callable
from pathlib import Path

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner_public import PublicImport, RowKind, read_departments
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.partner_import import Counts, Preview
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.folder_choice import choose_file
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section, SmallText
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.work_line import WorkLine
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.partner import REASONS

KIND = "partners.import"
_HOW = (
    "Ce logiciel ne se connecte à rien. Sur un autre poste, téléchargez sur data.gouv.fr les fichiers JSON "
    "« services » et « structures » du jeu « data·inclusion », puis choisissez-les ici. Vos propres notes sur les "
    "partenaires ne sont jamais modifiées."
)
_COUNTS = (Column("Fichier"), *(Column(name, 128) for name in ("Nouveaux", "Changés", "Sans changement", "Disparus")))
_REJECTED = (Column("Ligne", 96), Column("Identifiant", 272), Column("Motif"))
_NAMES = {RowKind.SERVICE: "Services", RowKind.STRUCTURE: "Structures"}
_FIRST = "Examinez d’abord les fichiers."


class DirectoryImportPage(Page):
    """Nothing is written before « Importer »."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Importer l’annuaire public", name=KIND)
        self._services, self._guard = services, guard
        self._imports = services.public_directory.imports
        self.ask_file: Callable[[], Path | None] = lambda: choose_file(
            self.window(), "Fichier de data·inclusion", "Données JSON (*.json)"
        )
        self.files: list[Path] = []
        self.preview: Preview | None = None
        self.departments = LineField(
            FieldSpec("import_departments", "Départements", help="31, 2A ou 974, séparés par des virgules.")
        )
        self.choose = Button("Choisir un fichier", "folder", name="import.choose")
        self.clear = QuietButton("Retirer les fichiers", name="import.clear")
        self.chosen = SmallText("")
        self.look = Button("Examiner", "eye", name="import.look")
        self.work = WorkLine(self._tell, self._stopped, name="import.work")
        self._build()

    def _build(self) -> None:
        self.counts = TableView(_COUNTS, name="import.counts", label="Ce que l’import changerait")
        self.unknown = SmallText("")
        self.rejected = TableView(_REJECTED, name="import.rejected", label="Lignes refusées")
        self.refused = Section("Lignes refusées", self.rejected, name="import.refused", gap=8)
        self.found = Section(
            "Ce que l’import changerait", self.counts, self.unknown, self.refused, name="import.found", gap=12
        )
        acts = FlowRow(gap=8, line_gap=8)
        acts.add(self.choose, self.clear, self.look)
        self.add(
            Paragraph(french_spaces(_HOW), colour="texte_2"),
            acts,
            self.chosen,
            self.departments,
            self.work,
            self.found,
        )
        self.carry_out = self.set_primary("Importer", "download", self._carry_out, name="import.carry_out")
        self.choose.clicked.connect(self._choose)
        self.clear.clicked.connect(self._clear)
        self.look.clicked.connect(self._look)
        self.departments.edited.connect(lambda _: self._forget())

    def open(self, place: Place) -> None:
        last = self._services.public_directory.last()
        if last and not self.files:
            self.departments.set_value(", ".join(last.departments))
        self.reload()
        if not self.show_field(place.field):
            self.choose.setFocus()

    def leave(self) -> None:
        self.work.tasks.stop()

    def reload(self) -> None:
        names = ", ".join(path.name for path in self.files)
        self.chosen.setText(f"Choisis{NBSP}: {names}" if names else "Aucun fichier choisi.")
        self.clear.setVisible(bool(self.files))
        self.look.set_available(bool(self.files), "" if self.files else "Choisissez d’abord un fichier.")
        self.found.setVisible(self.preview is not None)
        why = "" if self.preview and self.preview.written else "Rien à changer." if self.preview else _FIRST
        self.carry_out.set_available(not why, why)

    # -- files -----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        path = self.ask_file()
        if path and path not in self.files:
            self.files = [*self.files, path][-2:]
            self._forget()

    def _clear(self) -> None:
        self.files = []
        self._forget()
        self.choose.setFocus()

    def _forget(self) -> None:
        """What was looked at no longer holds."""
        self.preview = None
        self.band.clear()
        self.notice.hide()
        self.reload()

    def _look(self) -> None:
        self._forget()
        departments, wrong = read_departments(str(self.departments.value() or ""))
        if wrong:
            problem = Refusal("departments_format", "import_departments", wrong=", ".join(wrong))
            self.departments.set_problem(sentence(problem))
            self.departments.setFocus()
            return
        self.departments.set_problem(None)
        files = tuple(self.files)
        self.work.run(
            "Lecture des fichiers", lambda progress: self._imports.look(files, departments, progress), self._looked
        )

    def _looked(self, preview: Preview) -> None:
        self.preview = preview
        self.counts.set_rows([RecordRow(kind, _counted(kind, one)) for kind, one in preview.counts.items()])
        self.unknown.setText(_said_unknown(preview))
        self.unknown.setVisible(bool(preview.unknown))
        self.rejected.set_rows(
            [
                RecordRow(one.row, (Cell(str(one.row)), Cell(one.id), Cell(_reason(one.reason, one.field))))
                for one in preview.rejected
            ]
        )
        self.refused.heading.set_title(f"Lignes refusées{NBSP}: {preview.rejected_count}")
        self.refused.setVisible(bool(preview.rejected))
        self.reload()
        (self.carry_out if self.carry_out.isEnabled() else self.choose).setFocus()

    # -- importing -------------------------------------------------------------------------------------------

    def _carry_out(self) -> None:
        preview = self.preview
        if preview is None or self.work.tasks.busy():
            return
        self.carry_out.set_available(False, "Import en cours.")
        self.work.run("Import", lambda progress: self._imports.carry_out(preview, progress), self._done)

    def _done(self, done: PublicImport) -> None:
        self.files, self.preview = [], None
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence(
            f"Import terminé. Nouveaux{NBSP}: {done.new}, changés{NBSP}: {done.changed}, "
            f"disparus{NBSP}: {done.vanished}, lignes refusées{NBSP}: {done.rejected}."
        )
        self.choose.setFocus()

    def _stopped(self) -> None:
        self.reload()
        begun = " Ce qui était déjà écrit reste ; un nouvel import finira le travail." if self.preview else ""
        self.notice.show_sentence(french_spaces(f"Arrêté.{begun}"))
        self.look.setFocus()

    def _tell(self, refusal: Refusal) -> None:
        self.reload()
        self.band.show_sentence(sentence(refusal))


def _counted(kind: RowKind, one: Counts) -> tuple[Cell, ...]:
    numbers = (one.new, one.changed, one.same, len(one.vanished))
    return (Cell(_NAMES[kind], bold=True), *(Cell(str(number)) for number in numbers))


def _said_unknown(preview: Preview) -> str:
    values = ", ".join(f"{value} ({count})" for value, count in preview.unknown.most_common(10))
    return french_spaces(f"Valeurs que nos listes ne connaissent pas, gardées telles quelles : {values}")


def _reason(reason: str, field: str) -> str:
    return f"{field}{NBSP}: {REASONS[reason]}" if field else REASONS[reason]
