"""The lines of the fiche pénale in force: each peine as the greffe's paper says it."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.measure import SentenceLine, SentenceSheet
from spip_desktop.reference import load
from spip_desktop.services.lines import Saved, Stored
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.layout import column
from spip_desktop.ui.line_section import LineSection, LineShape, LineWords
from spip_desktop.ui.person.penal_specs import sheet_line_fields
from spip_desktop.ui.person.sections import listen, page_dates
from spip_desktop.ui.record_form import Target
from spip_desktop.wording import person as words


class SheetLines(QWidget):
    """Lines live inside their edition: a change of one saves the edition with its other lines unchanged."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self._page = page
        self._stored: Stored[SentenceSheet] | None = None
        today = page.services.clock.today()
        target = Target("sentence_line", self._save, page.services.desk, page.guard.report)
        shape = LineShape(_describe, lambda _: sheet_line_fields(today), target, page_dates(page))
        said = LineWords("Peines de la fiche en vigueur", "Ajouter une peine", "Aucune peine saisie.")
        self.section = LineSection("sheet_lines", said, shape)
        listen(page, self.section)
        self.section.add_asked.connect(self._add)
        self.section.remove_asked.connect(self._remove)
        column(self, gap=0).addWidget(self.section)

    def show_sheet(self, stored: Stored[SentenceSheet] | None) -> None:
        """Show the lines of an edition; nothing while there is none."""
        self._stored = stored
        self.setVisible(stored is not None)
        if stored is not None:
            self.section.show_lines([(line.id, line, stored.lock) for line in stored.value.lines])

    def set_read_only(self, read_only: bool) -> None:
        self.section.set_read_only(read_only)

    def flush(self) -> bool:
        return self.section.flush()

    def _save(self, id_: UUID, changes: Mapping[str, object], lock: int | None) -> Saved:
        """Save one line under the lock of the edition as it is shown: its other lines and its dates share it."""
        return self._page.services.situation.save_sheet_line(self._sheet_id(), id_, changes, self._lock())

    def _sheet_id(self) -> UUID:
        assert self._stored is not None
        return self._stored.value.id

    def _lock(self) -> int | None:
        return self._stored.lock if self._stored else None

    def _add(self) -> None:
        if self._stored is None or not self._page.flush():
            return
        line = SentenceLine(id=self._page.services.context.ids.new(), label="Condamnation à préciser")
        before = self._lines()
        if self._page.act(lambda: self._write((*before, line)), "", lambda: self._write(before)):
            self.section.open_line(line.id)

    def _remove(self, id_: UUID) -> None:
        if self._page.flush():
            before = self._lines()
            kept = tuple(line for line in before if line.id != id_)
            self._page.act(lambda: self._write(kept), "Peine supprimée", lambda: self._write(before))

    def _lines(self) -> tuple[SentenceLine, ...]:
        return self._stored.value.lines if self._stored else ()

    def _write(self, lines: tuple[SentenceLine, ...]) -> None:
        self._page.services.situation.sheets.save_fields(self._sheet_id(), {"lines": lines}, self._lock())


def _describe(line: SentenceLine) -> tuple[str, str]:
    state = load("sentence_line_states").label(line.state).lower()
    amount = words.quantum_text(line.quantum_years, line.quantum_months, line.quantum_days)
    return line.label or "Condamnation à préciser", ", ".join(part for part in (amount, line.regime, state) if part)
