"""The erasures of the past, and the certificate of one as it was printed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.retention import Batch
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.labels import SectionTitle
from spip_desktop.ui.layout import FlowRow, column, set_size
from spip_desktop.ui.paper_view import PaperView
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView

_COLUMNS = (Column("Le", 112), Column("Dossiers", 96), Column("Motif"), Column("Certificat", 184))
_PAPER = (480, 680)


class PastTable(TableView):
    """One line a decision; Enter or a click on its last words shows the certificate."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, name="retention.batches", label="Effacements passés")

    def show_batches(self, batches: Sequence[Batch]) -> None:
        self.set_rows([RecordRow(one.id, _cells(one)) for one in batches])


def _cells(one: Batch) -> tuple[Cell, ...]:
    return (
        Cell(dates.short(one.decided_on)),
        Cell(str(one.dossiers)),
        Cell(one.reason),
        Cell("Voir le certificat", link=True),
    )


class CertificateView(QWidget):
    """The certificate page by page, to print again; it names nobody, so that discretion leaves it in sight."""

    closed = Signal()
    print_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("retention.certificate")
        self.paper = set_size(PaperView(), min_height=_PAPER[1], max_width=_PAPER[0])
        self.before = Button("Page précédente", "chevron-left", name="retention.page_before")
        self.after = Button("Page suivante", "chevron-right", name="retention.page_after")
        self.print_button = Button("Imprimer le certificat", "printer", name="retention.print")
        self.close_button = QuietButton("Fermer le certificat", "close", name="retention.close")
        inside = column(self, gap=8)
        inside.addWidget(SectionTitle("Certificat d’effacement"))
        acts = FlowRow(gap=8, line_gap=8)
        acts.add(self.print_button, self.before, self.after, self.close_button)
        inside.addWidget(acts)
        inside.addWidget(self.paper)
        self._page = 0
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.print_button.clicked.connect(self.print_asked)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def show_paper(self, content: bytes) -> None:
        """Show a certificate from its first page."""
        self.paper.show_bytes(content)
        self._page = 0
        self._turn(0)
        self.show()

    def _turn(self, by: int) -> None:
        self._page += by
        self.paper.show_page(self._page)
        several = self.paper.pages() > 1
        self.before.setVisible(several)
        self.after.setVisible(several)
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < self.paper.pages())
