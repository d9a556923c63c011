"""« Charge de travail »: the chart as it prints, its table, what one more dossier would make, and the ratios."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent

from spip_desktop import reference
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.domain.workload import NO_LEVEL, OfficerLoad
from spip_desktop.services.list_export import Listed, Value
from spip_desktop.services.printing import Printable
from spip_desktop.services.workload import Workload
from spip_desktop.ui import theme
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section, SmallText
from spip_desktop.ui.list_export import ListExport
from spip_desktop.ui.page import Page
from spip_desktop.ui.paper_side import WIDTH, PaperSide
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader, read_integer
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording import workload as words

KIND = "workload"
_TABLE = 960  # pixels at 100 %
#: Where there is no room for a column a level: the levels below the count.
_TOGETHER = (Column("Agent"), Column("Personnes, par niveau"), Column("Charge", 176))
_COUNT, _LOAD, _NAME = 96, 176, 176  # pixels at 100 %
_FROM = "ratio_from"
_MAY_NOT = "Votre rôle ne permet pas d’imprimer."


class WorkloadPage(Page):
    """A CPIP sees their own line; who assigns the dossiers sees the service."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(words.TITLE, name=KIND)
        self._services, self._guard, self._loads = services, guard, services.workload
        labels = {one.code: one.label for one in reference.load("workload_ratios").entries}
        self._labels = labels
        self._one_a_level: bool | None = None
        self._typed: set[str] = set()  # the levels whose ratio was typed and is not written yet
        self.table = TableView(_TOGETHER, name="workload.table", label=words.TITLE)
        self.formula = SmallText("")
        self.simulation = self._simulation()
        self.said = SmallText("")
        self.ratios = self._ratios()
        self.since = SmallText("")
        self.export = ListExport(self, services, KIND, self._listed, self.table)
        self.side = PaperSide("Le graphique", "Imprimé, le document est exactement celui-ci.")
        self.set_side(self.side)
        self.printing = PrintLine(services.printing, name="workload.printing")
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        self.print_button = self.set_primary("Imprimer", "printer", self.print_document, name="workload.print")
        may = services.context.actor.may(Right.PRINT)
        self.print_button.set_available(may, "" if may else _MAY_NOT)
        self._build()

    def _build(self) -> None:
        alone = "" if self._loads.sees_service() else f" {words.ALONE}"
        self.add(
            Paragraph(french_spaces(f"{words.NOT_A_MEASURE}{alone}"), colour="texte_2"),
            Section("Personnes suivies et charge", self.table, self.formula, gap=8),
            Section(french_spaces("Et avec une personne de plus ?"), self.simulation, self.said, gap=8),
            Section("Repères du service", self.ratios, self.since, gap=8),
            Paragraph(french_spaces(words.LINES), colour="texte_2"),
            Paragraph(french_spaces(words.HOW), colour="texte_2"),
        )
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.table.current_changed.connect(lambda _: self._show_formula())

    def _simulation(self) -> FormView:
        form = FormView(
            [
                FieldSpec("load_officer", "Confiée à", FieldKind.CHOICE, width="half"),
                FieldSpec("load_level", "Niveau", FieldKind.CHOICE, tuple(self._labels.items()), width="half"),
            ],
            parse_date=date_reader(self._services.clock.today, sentence),
        )
        form.field("load_level").set_value(NO_LEVEL)
        for code in ("load_officer", "load_level"):
            form.field(code).edited.connect(lambda _: self._simulate())
        return form

    def _ratios(self) -> FormView:
        specs = [
            FieldSpec(
                f"ratio.{level}",
                f"{label}, personnes pour un agent",
                FieldKind.PARSED,
                width="half",
                parse=read_integer,
                show=str,
            )
            for level, label in self._labels.items()
        ]
        today = self._services.clock.today
        first = FieldSpec(_FROM, "Ce qui est tapé vaut à partir du", FieldKind.DATE, width="half")
        form = FormView([first, *specs], parse_date=date_reader(today, sentence))
        form.field(_FROM).set_value(today())
        may = self._services.context.actor.may(Right.SET_SERVICE)
        form.field(_FROM).setEnabled(may)
        form.field(_FROM).left.connect(lambda _: self._write_typed())
        for level in self._labels:
            field = form.field(f"ratio.{level}")
            field.setEnabled(may)
            field.edited.connect(lambda code: self._typed.add(code.removeprefix("ratio.")))
            field.left.connect(partial(self._write, level))
        return form

    # -- showing ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self.fold_side(self.side_folds())
        self.reload()
        if not self.show_field(place.field):
            self.table.setFocus()

    def side_folds(self) -> bool:
        """The table needs room for a column a level."""
        return self.width() < theme.current().px(_TABLE + WIDTH)

    def leave(self) -> None:
        self.printing.stop()

    def reload(self) -> None:
        self.seen: Workload = self._loads.seen()
        self._one_a_level = None
        self._lay_table()
        QTimer.singleShot(0, self, self._lay_table)
        for level, capacity in self.seen.ratios.items():
            self.ratios.field(f"ratio.{level}").set_value(capacity)
        self.since.setText(words.ratios_said(self._labels, self.seen.since, self.seen.ahead))
        self.side.show_paper(self._loads.drawn())
        self._show_formula()
        self._offer_officers()
        self._simulate()

    def print_document(self) -> None:
        paper = self._guard.run(self._loads.paper, refused=self._tell)
        if isinstance(paper, Printable):
            self.printing.ask(paper)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._one_a_level is not None:
            QTimer.singleShot(0, self, self._lay_table)  # once the table has its own width

    def _lay_table(self) -> None:
        """A column a level where there is room, else the levels below the count: no head is cut."""
        room = theme.current().px(_NAME + _COUNT * (1 + len(self._labels)) + _LOAD)
        one_a_level = self.table.width() >= room
        if one_a_level == self._one_a_level:
            return
        self._one_a_level = one_a_level
        counts = [Column(label, _COUNT) for label in ("Personnes", *self._labels.values())]
        columns = [Column("Agent"), *counts, Column("Charge", _LOAD)] if one_a_level else _TOGETHER
        cells = self._cells if one_a_level else self._cells_together
        self.table.set_columns(columns, [RecordRow(one.officer_id, cells(one)) for one in self.seen.officers])

    def _cells(self, one: OfficerLoad) -> tuple[Cell, ...]:
        counts = (str(one.by_level.get(level, 0)) for level in self._labels)
        load = words.load_said(one, self.seen.ratios)
        return (Cell(one.name, bold=True), Cell(str(one.persons)), *(Cell(text) for text in counts), Cell(load))

    def _cells_together(self, one: OfficerLoad) -> tuple[Cell, ...]:
        levels = ((label.lower(), one.by_level.get(level, 0)) for level, label in self._labels.items())
        counts = "\n".join(f"{count} {label}" for label, count in levels)
        return (Cell(one.name, bold=True), Cell(str(one.persons), counts), Cell(words.load_said(one, self.seen.ratios)))

    def _listed(self) -> Listed:
        """A column a level, whatever room the screen has; counts are numbers."""
        rows: list[list[Value]] = []
        for one in self.seen.officers:
            counts = (one.by_level.get(level, 0) for level in self._labels)
            rows.append([one.name, one.persons, *counts, words.load_said(one, self.seen.ratios)])
        return Listed(
            kind=KIND, title=words.TITLE, heads=["Agent", "Personnes", *self._labels.values(), "Charge"], rows=rows
        )

    def _show_formula(self) -> None:
        key = self.table.current_key()
        chosen = next((one for one in self.seen.officers if one.officer_id == key), self.seen.officers[0])
        self.formula.setText(f"{chosen.name}\u00a0: {words.formula(chosen, self.seen.ratios)}")

    def _offer_officers(self) -> None:
        """Those whose load is shown; the one chosen stays."""
        field = self.simulation.field("load_officer")
        assert isinstance(field, ChoiceField)
        chosen, offered = str(field.value()), {str(one.officer_id): one.name for one in self.seen.officers}
        field.set_options(offered.items())
        field.set_value(chosen if chosen in offered else next(iter(offered)))

    def _simulate(self) -> None:
        before = self.seen.of(UUID(str(self.simulation.field("load_officer").value())))
        after = before.with_one_more(str(self.simulation.field("load_level").value()))
        self.said.setText(words.simulated(before, after, self.seen.ratios))

    # -- writing ---------------------------------------------------------------------------------------------

    def _write_typed(self) -> None:
        """What waited for a day that can be read."""
        for level in tuple(self._typed):
            self._write(level)

    def _write(self, level: str, _: object = None) -> None:
        """A ratio counts from the day written above; what weighed before stays."""
        field, first = self.ratios.field(f"ratio.{level}"), self.ratios.field(_FROM)
        value, starts = field.value(), first.value() or self._services.clock.today()
        if level not in self._typed or not isinstance(value, int) or not isinstance(starts, date) or not first.parses():
            return
        self._typed.discard(level)
        if value == self.seen.on(starts)[level]:
            return
        if self._guard.run(self._loads.set_ratio, level, value, starts, refused=self._tell) is not None:
            self.saved.emit(self._services.clock.now())
            self.reload()

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))
