"""A page of models that the service rewords: the list in use, then a file looked at before it counts.

The sheets for partners and the form of the evaluation are two of them: each gives its shelf and its words.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.leaving import write_out
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.folder_choice import choose_file, choose_new_file
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.page import Page
from spip_desktop.ui.paper_side import PaperSide
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wording import sentence

_WIDTH = 380  # pixels at 100 %
_LEAST_CHARS = 50
_LONGEST_FILE = 200_000  # bytes: several times the longest of ours
_SIDES = ("Recto", "Verso", "Annexe")


class Previewed(Protocol):
    @property
    def paper(self) -> bytes: ...


L = TypeVar("L")
P = TypeVar("P", bound=Previewed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[L, P]):
    """What the page asks of its service, line by line (L), and of a file looked at (P)."""

    lines: Callable[[], Sequence[L]]
    cells: Callable[[L], tuple[Cell, ...]]
    own_id: Callable[[L], UUID | None]
    file_name: Callable[[L], str]
    model: Callable[[L], bytes]
    paper: Callable[[L], bytes]
    preview: Callable[[bytes, str], P]
    panel: Callable[[P], Sequence[QWidget]]
    install: Callable[[bytes, str], UUID]
    withdraw: Callable[[UUID], None]
    withdrawn: Callable[[L], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryWords:
    """What it says. `files`: the filter of the file dialog."""

    title: str
    how: str
    table: str
    paper: str
    columns: tuple[Column, ...]
    choose: str
    files: str
    use: str
    used: str


class LibraryPage(Page):
    """The list with its models, then the file that waits for a yes."""

    def __init__(
        self, guard: Guard, now: Callable[[], datetime], shelf: Shelf[Any, Any], words: LibraryWords, *, name: str
    ) -> None:
        super().__init__(words.title, name=name)
        self._guard, self._now, self._shelf, self._words, self._name = guard, now, shelf, words, name
        self._waiting: tuple[bytes, str] | None = None
        self.ask_file: Callable[[], Path | None] = lambda: choose_file(self.window(), words.choose, words.files)
        self.ask_new_file: Callable[[str], Path | None] = lambda file: choose_new_file(
            self.window(), "Enregistrer le modèle", file, words.files
        )
        self.table = TableView(words.columns, name=f"{name}.models", label=words.table)
        self.panel = QWidget()
        self.panel.setObjectName(f"{name}.panel")
        self._panel_lines = column(self.panel, gap=12)
        self.panel.hide()
        self.side = PaperSide(words.paper, width=_WIDTH, name=name)
        self.add(self.panel, Paragraph(words.how, colour="texte_2"), self.table)
        self.save = self.add_action("Enregistrer le modèle", "download", self._save_model, name=f"{name}.save")
        self.back = self.add_action("Ne plus proposer", do=self._withdraw, name=f"{name}.withdraw")
        self.set_primary("Ajouter un fichier", "plus", self._choose, name=f"{name}.choose")
        self.set_side(self.side)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_actions())

    def open(self, place: Place) -> None:
        self._put_away()
        self.reload()
        self.fold_side(self.width() < theme.current().px(_WIDTH) + theme.current().chars(_LEAST_CHARS))
        if not self.show_field(place.field):
            self.table.setFocus()

    def reload(self) -> None:
        """Read what is in use."""
        lines = self._shelf.lines()
        self.table.set_rows([RecordRow(one, self._shelf.cells(one)) for one in lines])
        if lines and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        self._show_actions()

    def _chosen(self) -> Any | None:
        index, rows = self.table.currentIndex(), self.table.records.rows
        return rows[index.row()].key if rows and index.isValid() else None

    def _show_actions(self) -> None:
        chosen = self._chosen()
        self.save.setEnabled(chosen is not None)
        self.back.setVisible(chosen is not None and self._shelf.own_id(chosen) is not None)
        if chosen and self._waiting is None:
            paper = self._guard.run(self._shelf.paper, chosen)
            if isinstance(paper, bytes):
                self.side.show_paper(paper, _SIDES)

    # -- a file ----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        path = self.ask_file()
        if path:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        """Show what the file would change; nothing is kept before it is said to be used."""
        try:
            content = path.read_bytes()[: _LONGEST_FILE + 1]
        except OSError:
            self._say(f"Le fichier ne peut pas être lu{NBSP}: choisissez-en un autre.")
            return
        if len(content) > _LONGEST_FILE:
            self._say("Ce fichier est trop long.")
            return
        refusals: list[Refusal] = []
        found = self._guard.run(self._shelf.preview, content, path.name, refused=refusals.append)
        if refusals:
            self._put_away()
            self._say(f"{path.name}{NBSP}: {' '.join(sentence(one) for one in refusals[0].problems)}")
        elif found is not None:
            self._waiting = (content, path.name)
            self._show_preview(found)

    def _show_preview(self, found: Previewed) -> None:
        clear(self._panel_lines)
        self.band.clear()
        use = Button(self._words.use, name=f"{self._name}.use")
        leave = QuietButton("Ne rien changer", name=f"{self._name}.leave")
        use.clicked.connect(self._install)
        leave.clicked.connect(self._put_away)
        buttons = FlowRow(gap=8)
        buttons.add(use, leave)
        for part in (*self._shelf.panel(found), buttons):
            self._panel_lines.addWidget(part)
        self.panel.show()
        self.side.show_paper(found.paper, _SIDES)
        self.body.verticalScrollBar().setValue(0)
        use.setFocus()

    def _install(self) -> None:
        if self._waiting is None:
            return
        content, name = self._waiting
        refusals: list[Refusal] = []
        self._guard.run(lambda: self._shelf.install(content, name), refused=refusals.append)
        if refusals:
            self._say(sentence(refusals[0]))
            return
        self._put_away()
        self._done(self._words.used)

    def _withdraw(self) -> None:
        chosen = self._chosen()
        own = self._shelf.own_id(chosen) if chosen else None
        if own:
            self._guard.run(lambda: self._shelf.withdraw(own), refused=lambda one: self._say(sentence(one)))
            self._done(self._shelf.withdrawn(chosen))

    def _save_model(self) -> None:
        chosen = self._chosen()
        path = self.ask_new_file(self._shelf.file_name(chosen)) if chosen else None
        if chosen is None or path is None:
            return
        content = self._guard.run(self._shelf.model, chosen)
        if not isinstance(content, bytes):
            return
        if self._guard.run(write_out, path, content, ".toml", refused=lambda one: self._say(sentence(one))) is None:
            return
        self.notice.show_sentence(f"Modèle enregistré{NBSP}: il ne contient le nom de personne.")

    def _done(self, said: str) -> None:
        self.saved.emit(self._now())
        self.notice.show_sentence(said)
        self.reload()
        self.table.setFocus()

    def _say(self, words: str) -> None:
        self.notice.hide()
        self.band.show_sentence(words)

    def _put_away(self) -> None:
        self._waiting = None
        clear(self._panel_lines)
        self.panel.hide()
        self.band.clear()
        self._show_actions()


def said_line(label: str, said: str) -> Paragraph:
    """« Remplace : la version 1 »."""
    return Paragraph(f"{label}{NBSP}: {said}", colour="texte_2")
