"""A page that takes up the rows of a spreadsheet: what each column gives is told, rows are tried, added on a yes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.sheet_columns import Rejected, SheetTable
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.folder_choice import choose_file
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section, SmallText
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.work_line import Progress, WorkLine
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_NOTHING = "rien"


class Preview(Protocol):
    """What the rows would add."""

    @property
    def rejected(self) -> Sequence[Rejected]: ...


P = TypeVar("P", bound=Preview)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetImport(Generic[P]):
    """What is taken up: its words, what a column may give, why a row is not taken, and the acts that do it."""

    title: str
    how: str
    file_title: str
    labels: Mapping[str, str]
    reasons: Mapping[str, str]
    who: str
    read: Callable[[Path], SheetTable]
    look: Callable[[SheetTable, Mapping[int, str]], P]
    carry_out: Callable[[P, Progress], int]
    count: Callable[[P], int]
    said: Callable[[P], str]
    added: str
    stopped: str


class SheetImportPage(Page, Generic[P]):
    """Nothing is written before « Ajouter »."""

    def __init__(self, services: Services, guard: Guard, kind: str, about: SheetImport[P]) -> None:
        super().__init__(about.title, name=kind)
        self._services, self._guard, self._about = services, guard, about
        self.ask_file: Callable[[], Path | None] = lambda: choose_file(
            self.window(), about.file_title, "Tableurs (*.xlsx *.ods *.csv)"
        )
        self.sheet: SheetTable | None = None
        self.preview: P | None = None
        self.columns: FormView | None = None
        self.choose = Button("Choisir un fichier", "folder", name="sheet.choose")
        self.look = Button("Essayer", "eye", name="sheet.look")
        self.chosen = SmallText("")
        self.mapping = Section("Ce que donne chaque colonne", name="sheet.mapping", gap=12)
        self.said = SmallText("")
        heads = (Column("Ligne", 96), Column(about.who, 360), Column("Motif"))
        self.rejected = TableView(heads, name="sheet.rejected", label="Lignes refusées")
        self.found = Section("Ce qui serait ajouté", self.said, self.rejected, name="sheet.found", gap=8)
        self.work = WorkLine(self._tell, self._stopped, name="sheet.work")
        self.carry_out = self.set_primary("Ajouter", "plus", self._carry_out, name="sheet.carry_out")
        acts = FlowRow(gap=8)
        acts.add(self.choose, self.look)
        self.add(Paragraph(about.how, colour="texte_2"), acts, self.chosen, self.work, self.found, self.mapping)
        self.choose.clicked.connect(self._choose)
        self.look.clicked.connect(self._look)

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            self.choose.setFocus()

    def leave(self) -> None:
        self.work.tasks.stop()

    def reload(self) -> None:
        self.chosen.setText(f"Choisi{NBSP}: {self.sheet.name}" if self.sheet else "Aucun fichier choisi.")
        self.mapping.setVisible(self.sheet is not None)
        self.found.setVisible(self.preview is not None)
        self.look.set_available(self.sheet is not None, "" if self.sheet else "Choisissez d’abord un fichier.")
        ready = self.preview is not None and self._about.count(self.preview) > 0
        why = "" if ready else "Rien à ajouter." if self.preview else "Essayez d’abord les lignes."
        self.carry_out.set_available(ready, why)

    # -- the file and its columns ----------------------------------------------------------------------------

    def _choose(self) -> None:
        path = self.ask_file()
        if path is None:
            return
        self._forget()
        table = self._guard.run(self._about.read, path, refused=self._tell)
        if isinstance(table, SheetTable):
            self.sheet = table
            self._show_columns(table)
            self.reload()
            self.look.setFocus()

    def _show_columns(self, table: SheetTable) -> None:
        specs = [_spec(table, at, self._about.labels) for at in range(len(table.heads))]
        self.columns = FormView(specs, parse_date=date_reader(self._services.clock.today, sentence))
        self.mapping.empty()
        self.mapping.add(self.columns)
        for at, spec in enumerate(specs):
            field = self.columns.field(spec.code)
            field.set_value(table.guessed.get(at, _NOTHING))
            field.edited.connect(lambda _: self._forget())

    def _forget(self) -> None:
        self.preview = None
        self.band.clear()
        self.notice.hide()
        self.reload()

    def _mapped(self) -> dict[int, str]:
        if self.sheet is None or self.columns is None:
            return {}
        values = {at: str(self.columns.field(_code(at)).value() or _NOTHING) for at in range(len(self.sheet.heads))}
        return {at: value for at, value in values.items() if value != _NOTHING}

    # -- trying, adding --------------------------------------------------------------------------------------

    def _look(self) -> None:
        self._forget()
        if self.sheet is None:
            return
        preview = self._guard.run(self._about.look, self.sheet, self._mapped(), refused=self._tell)
        if preview is not None:
            self._show(preview)

    def _show(self, preview: P) -> None:
        self.preview = preview
        self.said.setText(f"{self._about.said(preview)}, lignes refusées{NBSP}: {len(preview.rejected)}.")
        rows = [(one.row, (str(one.row), one.id, self._reason(one))) for one in preview.rejected]
        self.rejected.set_rows([RecordRow(key, tuple(Cell(text) for text in texts)) for key, texts in rows])
        self.rejected.setVisible(bool(preview.rejected))
        self.reload()
        (self.carry_out if self.carry_out.isEnabled() else self.look).setFocus()

    def _reason(self, refused: Rejected) -> str:
        label, why = self._about.labels.get(refused.field, ""), self._about.reasons[refused.reason]
        return f"{label}{NBSP}: {why}" if label else why

    def _carry_out(self) -> None:
        preview = self.preview
        if preview is None or self.work.tasks.busy():
            return
        self.carry_out.set_available(False, "Ajout en cours.")
        self.work.run("Ajout", lambda progress: self._about.carry_out(preview, progress), self._done)

    def _done(self, added: int) -> None:
        self.sheet, self.preview = None, None
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence(f"{self._about.added}{NBSP}: {added}.")
        self.choose.setFocus()

    def _stopped(self) -> None:
        self._forget()
        self.notice.show_sentence(french_spaces(self._about.stopped))

    def _tell(self, refusal: Refusal) -> None:
        self.reload()
        self.band.show_sentence(" ".join(sentence(one) for one in refusal.problems))


def _code(at: int) -> str:
    return f"sheet_column_{at + 1}"


def _spec(table: SheetTable, at: int, labels: Mapping[str, str]) -> FieldSpec:
    """One column: its head, and its first values for who does not recognise it."""
    values = [row[at] for row in table.rows if at < len(row) and row[at]]
    said = ", ".join(dict.fromkeys(value[:30] for value in values[:20]))[:80]
    head = table.heads[at] or f"Colonne {at + 1}"
    options = ((_NOTHING, "Ne pas reprendre"), *labels.items())
    return FieldSpec(_code(at), head[:60], FieldKind.CHOICE, options, help=said or "Colonne vide.", width="half")
