"""« Exporter » on a page with a list: the kind of file and why it leaves, then the place; the same on every page."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.services.list_export import FileKind, Listed, Value
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.folder_choice import choose_new_file
from spip_desktop.ui.form import FormView
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording.list_export import DETAIL, WARNING

_FILES = ((FileKind.XLSX.value, "Excel (XLSX)"), (FileKind.ODS.value, "LibreOffice (ODS)"))
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


class ListExport(QWidget):
    """Stands under the head of its page, which gets the button; `read` gives the list when it is asked for."""

    def __init__(
        self, page: Page, services: Services, name: str, read: Callable[[], Listed], back: QWidget | None = None
    ) -> None:
        super().__init__()
        self._page, self._services, self.read, self._back = page, services, read, back or page
        self.panel: FactPanel | None = None
        self._lines = column(self, gap=0, margins=(24, 0, 24, 0))
        self.hide()
        page.layout().insertWidget(2, self)  # type: ignore[union-attr]
        self.button = page.add_action("Exporter", "download", self.ask, name=f"{name}.export")
        self.button.setVisible(services.list_export.may())

    def ask(self) -> None:
        """Open the panel, its first field in focus."""
        self._page.notice.hide()
        self._clear()
        panel = self.panel = FactPanel(
            "Exporter ce qui est montré", "Choisir où l’écrire", _form(), self._write, back="Ne rien exporter"
        )
        panel.recorded.connect(self._clear)
        panel.left.connect(self._leave)
        self._lines.addWidget(panel)
        self.show()
        panel.show()
        panel.start()

    def _write(self, form: FormView) -> None:
        reason = str(form.value("reason"))
        if not reason.strip():
            raise Refusal("reason_needed", "reason")
        file, listed = FileKind(str(form.value("kind"))), self.read()
        name = re.sub(r"[^\w]+", "-", listed.title.lower()).strip("-")
        path = choose_new_file(self, f"Exporter{NBSP}: {listed.title}", f"{name}{file}", f"Tableur (*{file})")
        if path is None:
            return
        written = self._services.list_export.write(path, file, listed, reason)
        self._page.saved.emit(self._services.clock.now())
        self._page.notice.show_sentence(f"Écrit{NBSP}: {written.name}. {WARNING}")

    def _leave(self) -> None:
        self._clear()
        self._back.setFocus()

    def _clear(self) -> None:
        self.panel = None
        clear(self._lines)
        self.hide()


def export_table(
    page: Page,
    services: Services,
    name: str,
    table: TableView,
    title: Callable[[], str],
    rows: Callable[[], Sequence[RecordRow]] | None = None,
) -> ListExport:
    """« Exporter » for a page that shows a table; `rows` gives all of them, where the page shows them by hundreds."""

    def read() -> Listed:
        heads, values = typed(table.records.columns, rows() if rows else table.records.rows)
        return Listed(kind=name, title=title(), heads=heads, rows=values)

    return ListExport(page, services, name, read, table)


def typed(columns: Sequence[Column], rows: Sequence[RecordRow]) -> tuple[list[str], list[list[Value]]]:
    """The heads and the values of a table as it is shown; what stands small below gets a column of its own."""
    cells = [row.cells for row in rows]
    below = {number for row in cells for number, cell in enumerate(row) if cell.second}
    heads: list[str] = []
    for number, one in enumerate(columns):
        heads += [one.label, DETAIL.format(label=one.label)] if number in below else [one.label]
    return heads, [
        [value for number, cell in enumerate(row) for value in _values(cell, number in below)] for row in cells
    ]


def _values(cell: Cell, below: bool) -> list[Value]:
    return [_value(cell.text), _value(cell.second.replace("\n", ", "))] if below else [_value(cell.text)]


def _value(text: str) -> Value:
    """A day as a date, everything else as it is written: an écrou number is no figure."""
    found = _DATE.fullmatch(text.strip())
    if found:
        day, month, year = map(int, found.groups())
        return date(year, month, day)
    return text or None


def _form() -> FormView:
    form = FormView(
        (
            FieldSpec("kind", "Fichier", FieldKind.RADIO, _FILES, help=WARNING),
            FieldSpec("reason", "Motif, inscrit au journal", max_length=200),
        )
    )
    form.set_values({"kind": FileKind.XLSX.value})
    return form
