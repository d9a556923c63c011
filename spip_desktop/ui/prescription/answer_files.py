"""Where the answer of a partner may come from: the code of the paper, or a PDF that the partner fills in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.ids import grouped
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import PrescriptionForms, PrescriptionView
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.folder_choice import choose_file, choose_new_file
from spip_desktop.ui.labels import Section
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.text import Text

_FILES = "Documents PDF (*.pdf)"
READ = "Lire un PDF rempli"


def ask_filled(parent: QWidget) -> Path | None:
    """The file that a partner sent back, in the system's own dialog."""
    return choose_file(parent, "Lire un PDF rempli par le partenaire", _FILES)


class AnswerFiles(Section):
    """In sight while an answer is awaited. The file dialogs are the system's own."""

    saved = Signal(str)  # what to tell
    read = Signal(object)  # ReadForm
    refused = Signal(object)  # Refusal

    def __init__(self, forms: PrescriptionForms, tasks: Tasks) -> None:
        super().__init__("Réponse du partenaire", name="answer", gap=4)
        self._forms, self._tasks = forms, tasks
        self._view: PrescriptionView | None = None
        self.ask_new_file: Callable[[str], Path | None] = lambda name: choose_new_file(
            self.window(), "Enregistrer le PDF à remplir", name, _FILES
        )
        self.ask_file: Callable[[], Path | None] = lambda: ask_filled(self.window())
        self._said = Text("", "body", wrap=True)
        save = LinkButton("Enregistrer le PDF à remplir", name="form.save")
        read = LinkButton(READ, name="form.read")
        save.clicked.connect(self._save)
        read.clicked.connect(self._read)
        links = FlowRow(gap=16)
        links.add(save, read)
        self.add(self._said, links)

    def show_view(self, view: PrescriptionView, *, may: bool) -> None:
        """Its code, and the two links, where an answer may come."""
        self._view = view
        self.setVisible(may and self._forms.may_leave(view.prescription.id))
        code = grouped(view.prescription.answer_code, 3)
        self._said.setText(
            f"Sur papier ou au téléphone{NBSP}: son code, {code}, tapé ou scanné dans la recherche (Ctrl+K). "
            "Par courriel chiffré ou sur un support autorisé, un PDF que le partenaire remplit à l’écran."
        )

    def _save(self) -> None:
        if self._view is None:
            return
        sheet = self._view.prescription.id
        chosen = self.ask_new_file(self._forms.name(sheet))
        if chosen is None:
            return
        self._tasks.run(lambda: self._forms.save(sheet, chosen), self._tell, refused=self.refused.emit)

    def _tell(self, place: Path) -> None:
        self.saved.emit(f"PDF à remplir enregistré{NBSP}: {place.name}. Il ne dit rien de la personne.")

    def _read(self) -> None:
        chosen = self.ask_file()
        if chosen is not None:
            self.read_file(chosen)

    def read_file(self, chosen: Path) -> None:
        """Read what the partner typed in this file, which must be of the sheet that is shown."""
        if self._view is not None:
            sheet = self._view.prescription.id
            self._tasks.run(lambda: self._forms.read(sheet, chosen), self.read.emit, refused=self.refused.emit)
