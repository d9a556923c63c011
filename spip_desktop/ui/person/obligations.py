"""Obligations, measure by measure, picked from the dated catalogue."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.measure import Measure, Obligation
from spip_desktop.domain.text import NBSP
from spip_desktop.reference import load
from spip_desktop.services.situation import Penal
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec
from spip_desktop.ui.layout import FlowRow, column, row
from spip_desktop.ui.line_section import LineWords
from spip_desktop.ui.person.penal_specs import obligation_fields
from spip_desktop.ui.person.sections import rows, section


class ObligationsPart(QWidget):
    """The obligations recorded; below, the measure and the obligation to add."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self._page, self._asleep = page, frozenset[UUID]()
        self._measures: dict[UUID, Measure] = {}
        self._read_only = False
        today = page.services.clock.today()
        self.section = section(
            page,
            "obligations",
            LineWords("Obligations", "", "Aucune obligation notée."),
            page.services.situation.obligations,
            kind="obligation",
            describe=self._describe,
            fields=lambda _: obligation_fields(today),
            new=None,
            removed="Obligation supprimée",
        )
        inside = column(self, gap=12)
        inside.addWidget(self.section)
        self.measure = ChoiceField(FieldSpec("obligation_measure", "Mesure", FieldKind.CHOICE))
        self.code = ChoiceField(FieldSpec("obligation_code", "Obligation de l’article 132-45", FieldKind.CHOICE))
        self.add_one = Button("Ajouter", "plus", name="obligations.add_one")
        self.add_control = Button("Ajouter les mesures de contrôle (132-44)", "plus", name="obligations.add_control")
        self._picker = QWidget()
        self._build_picker()
        inside.addWidget(self._picker)

    def show_values(self, penal: Penal, warned: Callable[[UUID], Sequence[Problem]]) -> None:
        """Show the obligations; the picker offers the measures that may carry some."""
        self._asleep = penal.asleep
        self._measures = {one.value.id: one.value for one in penal.measures}
        self.section.show_lines(rows(penal.obligations), warned)
        able = [one for one in self._measures.values() if self._offered(one)]
        kept = str(self.measure.value())
        self.measure.set_options(tuple((str(one.id), self._label(one)) for one in able))
        if able:
            self.measure.set_value(kept if kept in {str(one.id) for one in able} else str(able[0].id))
        self._picker.setVisible(bool(able) and not self._read_only)
        self._offer()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.section.set_read_only(read_only)

    def flush(self) -> bool:
        return self.section.flush()

    def _build_picker(self) -> None:
        inside, line = column(self._picker, gap=8), row(gap=16)
        line.addWidget(self.measure, 1)
        line.addWidget(self.code, 1)
        inside.addLayout(line)
        buttons = FlowRow(gap=16, line_gap=8)
        buttons.add(self.add_one, self.add_control)
        inside.addWidget(buttons)
        self.measure.edited.connect(lambda _: self._offer())
        self.add_one.clicked.connect(lambda: self._add((str(self.code.value()),), again=True))
        self.add_control.clicked.connect(lambda: self._add(self._page.services.catalogue.control_measures()))

    def _offered(self, measure: Measure) -> tuple[tuple[str, str], ...]:
        day = measure.decision_on or self._page.services.clock.today()
        return self._page.services.catalogue.obligations(day, measure.kind)

    def _label(self, measure: Measure) -> str:
        """The kind; of two measures of one kind, since when too."""
        label = self._page.services.catalogue.measure_label(measure.kind)
        alone = sum(one.kind == measure.kind for one in self._measures.values()) < 2
        since = measure.starts or measure.decision_on
        return label if alone or since is None else f"{label}, {dates.short(since)}"

    def _chosen(self) -> Measure | None:
        return next((one for id_, one in self._measures.items() if str(id_) == self.measure.value()), None)

    def _offer(self) -> None:
        measure = self._chosen()
        self.code.set_options(self._offered(measure) if measure else ())

    def _add(self, codes: Sequence[str], *, again: bool = False) -> None:
        """Add what was picked; « Annuler » puts it in the bin."""
        measure, situation = self._chosen(), self._page.services.situation
        if measure is None or not any(codes):
            self.code.set_problem("Choisissez une obligation de la liste.")
            return
        self.code.set_problem(None)
        added: list[UUID] = []

        def take_back() -> None:
            for id_ in added:
                situation.obligations.bin(id_)

        self._page.act(
            lambda: added.extend(situation.add_obligations(measure.id, codes, again=again)), "Ajouté", take_back
        )

    def _describe(self, one: Obligation) -> tuple[str, str]:
        measure = self._measures.get(one.measure_id)
        status = load("obligation_statuses").label(one.status).lower()
        asleep = f"suspendue pendant l’incarcération{NBSP}: art. 132-43" if one.id in self._asleep else ""
        parts = (self._label(measure) if measure else "", status, asleep, one.precision)
        return self._page.services.catalogue.obligation_label(one.code), ", ".join(part for part in parts if part)
