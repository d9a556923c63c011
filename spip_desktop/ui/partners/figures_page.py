"""« Chiffres par partenaire »: a period, one row a partner, printed or written as a table; no name of anyone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner_figures import PartnerFigures
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.partner_figures import cells, delay_said, fates_said, results_said
from spip_desktop.services.printing import Printable
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.folder_choice import choose_new_file
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import partner as said
from spip_desktop.wording import sentence

KIND = "partners.figures"
_COLUMNS = (
    Column("Partenaire"),
    Column("Fiches", 112),
    Column("Ce qu’elles sont devenues", 280),
    Column("Délai (jours)", 136),
    Column("Bilans", 216),
)
_MAY_NOT = "Votre rôle ne permet pas d’imprimer."


class PartnerFiguresPage(Page):
    """The figures are counted again at each change of the period."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(said.FIGURES_TITLE, name=KIND)
        self._services, self._guard = services, guard
        today = services.clock.today()
        self.ask_new_file: Callable[[str], Path | None] = lambda name: choose_new_file(
            self.window(), "Enregistrer les chiffres", name, "Tableur (*.csv)"
        )
        fields = [
            FieldSpec("figures_starts", "Fiches remises du", FieldKind.DATE, width="half"),
            FieldSpec("figures_ends", "au", FieldKind.DATE, width="half"),
        ]
        self.period = FormView(fields, parse_date=date_reader(services.clock.today, sentence))
        self.period.field("figures_starts").set_value(date(today.year, 1, 1))
        self.period.field("figures_ends").set_value(today)
        self.table = TableView(_COLUMNS, name="figures.table", label=said.FIGURES_TITLE)
        self.empty = EmptyState(
            "Aucune fiche remise dans cette période.", "Les chiffres se comptent à partir des fiches remises."
        )
        self.printing = PrintLine(services.printing, name="figures.printing")
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        self.add(self.period, self.table, self.empty, Paragraph(french_spaces(said.SMALL_NUMBERS), colour="texte_2"))
        self.save = self.add_action("Enregistrer", "download", self._save, name="figures.save")
        self.print_button = self.set_primary("Imprimer", "printer", self.print_document, name="figures.print")
        for code in ("figures_starts", "figures_ends"):
            self.period.field(code).edited.connect(lambda _: self.reload())
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)

    def open(self, place: Place) -> None:
        self.reload()
        if not self.show_field(place.field):
            self.period.field("figures_starts").setFocus()

    def leave(self) -> None:
        self.printing.stop()

    def reload(self) -> None:
        """Count again; nothing is shown of a period that cannot be read."""
        period = self._period()
        found = self._guard.run(self._services.partner_figures.of, *period, refused=self._tell) if period else None
        lines = found or []
        if found is not None:
            self.band.clear()
        self.table.set_rows([RecordRow(one.partner_id, _cells(one)) for one in lines])
        self.table.setVisible(bool(lines))
        self.empty.setVisible(found == [])
        may = self._services.context.actor.may(Right.PRINT)
        why = "" if may and lines else "Aucun chiffre dans cette période." if may else _MAY_NOT
        for button in (self.save, self.print_button):
            button.set_available(not why, why)

    def _period(self) -> tuple[date, date] | None:
        starts, ends = (self.period.field(code).value() for code in ("figures_starts", "figures_ends"))
        return (starts, ends) if isinstance(starts, date) and isinstance(ends, date) else None

    def print_document(self) -> None:
        period = self._period()
        if period and self.print_button.isEnabled():
            paper = self._guard.run(self._services.partner_figures.paper, *period, refused=self._tell)
            if isinstance(paper, Printable):
                self.printing.ask(paper)

    def _save(self) -> None:
        period = self._period()
        path = self.ask_new_file("chiffres-partenaires.csv") if period else None
        if period is None or path is None:
            return
        content = self._guard.run(self._services.partner_figures.table, *period, refused=self._tell)
        if not isinstance(content, bytes):
            return
        try:
            path.write_bytes(content)
        except OSError:
            self.band.show_sentence(f"Le fichier ne peut pas être enregistré là{NBSP}: choisissez un autre dossier.")
            return
        self.notice.show_sentence(f"Chiffres enregistrés{NBSP}: ils ne contiennent le nom de personne.")

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def _cells(one: PartnerFigures) -> tuple[Cell, ...]:
    partner, sheets, *_ = cells(one)
    return (
        Cell(partner, bold=True),
        *(_cell(text) for text in (sheets, fates_said(one), delay_said(one), results_said(one))),
    )


def _cell(text: str) -> Cell:
    return Cell(text, tone="texte_2" if text == said.HIDDEN else "texte")
