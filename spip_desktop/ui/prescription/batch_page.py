"""« Permanences »: all the sheets of one permanence in one print, with the bordereau that stays inside."""

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.follow_up import Batch, BatchKey
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.printing import Printable
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph, SmallText
from spip_desktop.ui.layout import FlowRow
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tasks import Task, Tasks
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "prescriptions.batches"
_COLUMNS = (Column("Le", 200), Column("Partenaire"), Column("Lieu", 272), Column("Fiches", 184))
_TOLD = (
    "Chaque fiche prête, derrière un bordereau interne avec l’écrou et le bâtiment. "
    "Le bordereau ne se donne pas au partenaire."
)


class BatchPage(Page):
    """One row a permanence to come; the print is made in the worker, and can be stopped."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Permanences", name=KIND)
        self._services, self._guard = services, guard
        self.tasks = Tasks(self)
        self._task: Task | None = None
        self.printing = PrintLine(services.printing)
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        self.table = TableView(_COLUMNS, name="batches.table", label="Permanences et leurs fiches prêtes")
        self.told = Paragraph(_TOLD)
        self.empty = EmptyState(
            "Aucune fiche prête pour une permanence.",
            "Une fiche vient ici quand elle est prête, avec sa date de permanence et pas encore remise.",
        )
        self.under_way, self.stop = SmallText("", wrap=False), Button("Arrêter", name="batches.stop")
        self.progress = FlowRow(gap=8)
        self.progress.add(self.under_way, self.stop)
        self.progress.hide()
        self.add(self.progress, self.told, self.table, self.empty)
        self.print_button = self.set_primary("Imprimer le lot", "printer", self._print_chosen, name="batches.print")
        self.table.opened.connect(self._print)
        self.stop.clicked.connect(self._stop)
        self.printing.printed.connect(self._on_printed)
        self.printing.failed.connect(self.band.show_sentence)

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            self.table.setFocus()

    def leave(self) -> None:
        self.printing.stop()
        self.tasks.stop()

    def reload(self) -> None:
        found = self._services.prescriptions.batches.batches()
        self.table.set_rows([RecordRow(one.key, _cells(one)) for one in found])
        if found and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        for part, shown in ((self.table, found), (self.told, found), (self.empty, not found)):
            part.setVisible(bool(shown))
        may = self._services.context.actor.may(Right.PRINT)
        why = "" if may and found else "Aucun lot à imprimer." if may else "Votre rôle ne permet pas d’imprimer."
        self.print_button.set_available(not why, why)

    def print_document(self) -> None:
        self._print_chosen()

    def _print_chosen(self) -> None:
        self._print(self.table.current_key())

    def _print(self, key: object) -> None:
        if not isinstance(key, BatchKey) or self.tasks.busy() or not self.print_button.isEnabled():
            return
        self.band.clear()
        self.notice.hide()
        make = self._services.prescriptions.batches.papers
        self._task = self.tasks.follow(
            lambda task: make(key, task.progress), self._made, refused=self._tell, cancelled=self._stopped
        )
        self._task.progressed.connect(self._show_progress)
        self._task.finished.connect(self.progress.hide)
        self._show_progress(0, 0)
        self.progress.show()
        self.stop.setFocus()

    def _show_progress(self, done: int, total: int) -> None:
        self.under_way.setText(f"Lot en préparation{NBSP}: {done} sur {total}" if total else "Lot en préparation")

    def _stop(self) -> None:
        if self._task:
            self._task.cancel()

    def _made(self, paper: Printable) -> None:
        self.printing.ask(paper)

    def _stopped(self) -> None:
        self.notice.show_sentence("Arrêté. Rien n’a été imprimé.")
        self.table.setFocus()

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))
        self.reload()

    def _on_printed(self, said: str) -> None:
        self.notice.show_sentence(said)
        self.reload()
        self.table.setFocus()


def _cells(one: Batch) -> tuple[Cell, ...]:
    count = len(one.sheets)
    waiting = count - one.agreed
    said = f"{count} fiche{'s' if count > 1 else ''}"
    more = f"{waiting} sans accord signé" if waiting else "toutes signées"
    day = one.key.day
    return (
        Cell(f"{dates.DAYS[day.weekday()]} {dates.short(day)}", bold=True),
        Cell(one.partner),
        Cell(one.key.place),
        Cell(said, more),
    )
