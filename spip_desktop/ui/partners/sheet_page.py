"""« Importer un tableur »: what each column gives is told, the rows are tried, then added on a yes."""

from collections.abc import Callable
from pathlib import Path

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner_sheet import SheetPreview
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.partner_sheet import SheetTable
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.folder_choice import choose_file
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section, SmallText
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.page import Page
from spip_desktop.ui.partners.work import WorkLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.partner import REASONS, SHEET_COLUMNS

KIND = "partners.sheet"
_HOW = (
    "Une ligne par service, la première ligne porte les titres. Les structures déjà dans l’annuaire ne sont jamais "
    "modifiées. Les lignes qui ne peuvent pas être reprises sont montrées avec leur motif."
)
_NOTHING = "rien"
_OPTIONS = ((_NOTHING, "Ne pas reprendre"), *SHEET_COLUMNS.items())
_REJECTED = (Column("Ligne", 96), Column("Structure", 360), Column("Motif"))


class PartnerSheetPage(Page):
    """Nothing is written before « Ajouter »."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Importer un tableur", name=KIND)
        self._services, self._guard, self._sheets = services, guard, services.partner_sheets
        self.ask_file: Callable[[], Path | None] = lambda: choose_file(
            self.window(), "Tableur de partenaires", "Tableurs (*.xlsx *.ods *.csv)"
        )
        self.sheet: SheetTable | None = None
        self.preview: SheetPreview | None = None
        self.columns: FormView | None = None
        self.choose = Button("Choisir un fichier", "folder", name="sheet.choose")
        self.look = Button("Essayer", "eye", name="sheet.look")
        self.chosen = SmallText("")
        self.mapping = Section("Ce que donne chaque colonne", name="sheet.mapping", gap=12)
        self.said = SmallText("")
        self.rejected = TableView(_REJECTED, name="sheet.rejected", label="Lignes refusées")
        self.found = Section("Ce qui serait ajouté", self.said, self.rejected, name="sheet.found", gap=8)
        self.work = WorkLine(self._tell, self._stopped, name="sheet.work")
        self.carry_out = self.set_primary("Ajouter", "plus", self._carry_out, name="sheet.carry_out")
        acts = FlowRow(gap=8)
        acts.add(self.choose, self.look)
        self.add(Paragraph(_HOW, colour="texte_2"), acts, self.chosen, self.work, self.found, self.mapping)
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
        ready = self.preview is not None and bool(self.preview.partners)
        why = "" if ready else "Rien à ajouter." if self.preview else "Essayez d’abord les lignes."
        self.carry_out.set_available(ready, why)

    # -- the file and its columns ----------------------------------------------------------------------------

    def _choose(self) -> None:
        path = self.ask_file()
        if path is None:
            return
        self._forget()
        table = self._guard.run(self._sheets.read, path, refused=self._tell)
        if isinstance(table, SheetTable):
            self.sheet = table
            self._show_columns(table)
            self.reload()
            self.look.setFocus()

    def _show_columns(self, table: SheetTable) -> None:
        specs = [_spec(table, at) for at in range(len(table.heads))]
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
        preview = self._guard.run(self._sheets.look, self.sheet, self._mapped(), refused=self._tell)
        if isinstance(preview, SheetPreview):
            self._show(preview)

    def _show(self, preview: SheetPreview) -> None:
        self.preview = preview
        self.said.setText(
            f"Structures{NBSP}: {len(preview.partners)}, services{NBSP}: {preview.services}, "
            f"contacts{NBSP}: {preview.contacts}, lignes refusées{NBSP}: {len(preview.rejected)}."
        )
        self.rejected.set_rows(
            [
                RecordRow(one.row, (Cell(str(one.row)), Cell(one.id), Cell(_reason(one.reason, one.field))))
                for one in preview.rejected
            ]
        )
        self.rejected.setVisible(bool(preview.rejected))
        self.reload()
        (self.carry_out if self.carry_out.isEnabled() else self.look).setFocus()

    def _carry_out(self) -> None:
        preview = self.preview
        if preview is None or self.work.tasks.busy():
            return
        self.carry_out.set_available(False, "Ajout en cours.")
        self.work.run("Ajout", lambda progress: self._sheets.carry_out(preview, progress), self._done)

    def _done(self, added: int) -> None:
        self.sheet, self.preview = None, None
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence(f"Structures ajoutées{NBSP}: {added}.")
        self.choose.setFocus()

    def _stopped(self) -> None:
        self._forget()
        kept = "Arrêté. Les structures déjà ajoutées restent ; elles ne seront pas reprises deux fois."
        self.notice.show_sentence(french_spaces(kept))

    def _tell(self, refusal: Refusal) -> None:
        self.reload()
        self.band.show_sentence(" ".join(sentence(one) for one in refusal.problems))


def _code(at: int) -> str:
    return f"sheet_column_{at + 1}"


def _spec(table: SheetTable, at: int) -> FieldSpec:
    """One column: its head, and its first values for who does not recognise it."""
    values = [row[at] for row in table.rows if at < len(row) and row[at]]
    said = ", ".join(dict.fromkeys(value[:30] for value in values[:20]))[:80]
    head = table.heads[at] or f"Colonne {at + 1}"
    return FieldSpec(_code(at), head[:60], FieldKind.CHOICE, _OPTIONS, help=said or "Colonne vide.", width="half")


def _reason(reason: str, field: str) -> str:
    label = SHEET_COLUMNS.get(field, "")
    return f"{label}{NBSP}: {REASONS[reason]}" if label else REASONS[reason]
