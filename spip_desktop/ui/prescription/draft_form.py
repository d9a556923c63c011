"""The fields of a draft sheet, saved while one types."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.text import NBSP
from spip_desktop.domain.vigilance import Found
from spip_desktop.services.prescription import PrescriptionView
from spip_desktop.ui.binding import Bound
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.fields import ChoiceField, NoteField, Parse, TicksField
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Section, SmallText
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.prescription import specs
from spip_desktop.ui.prescription.specs import SheetRecord
from spip_desktop.ui.record_form import RecordForm, Target

_ONLY_THE_LAW = f"Le reste{NBSP}: fondé sur un texte, cité au pied"
_ALL_BY_AGREEMENT = "Tout se transmet avec l’accord de la personne"


class WordsLine(QWidget):
    """V15 under the objective: which words deserve another reading, and « Relu »."""

    read = Signal()

    def __init__(self) -> None:
        super().__init__()
        inside = FlowRow(gap=8)
        column(self, gap=0).addWidget(inside)
        self.said = SmallText("")
        self.button = Button("Relu", "check", name="words.read", size="key")
        self.button.setAccessibleName("J’ai relu ces mots")
        self.button.clicked.connect(self.read)
        inside.add(self.said, self.button)

    def show_words(self, view: PrescriptionView) -> None:
        """Name what was found; with nothing found, say so."""
        waiting, found = view.unread, view.words
        if not found:
            text = f"Relu{NBSP}: aucun mot à retirer."
        elif not waiting:
            text = f"Relu{NBSP}: {_named(found)}."
        else:
            text = f"À relire avant de remettre la fiche{NBSP}: {_named(waiting)}. {waiting[0].because}"
        self.said.setText(text)
        self.said.set_colour("alerte" if waiting else "texte_2")
        self.button.setVisible(bool(waiting))


def _named(found: tuple[Found, ...]) -> str:
    return ", ".join(f"«{NBSP}{one.word}{NBSP}»" for one in found)


class DraftForm(QWidget):
    """Asks, objective, ticks, then to whom, the officer's view, the dates, what is written on the sheet."""

    saved = Signal(object)
    failed = Signal(str)
    done = Signal(object)
    words_read = Signal()
    partner_wanted = Signal()

    def __init__(self, view: PrescriptionView, target: Target, parse: Parse) -> None:
        super().__init__()
        self.words = WordsLine()
        self.words.read.connect(self.words_read)
        today_choices = specs.recipient(view, view.prescription.drafted_on)
        self._groups: list[tuple[FormView, tuple[Bound, ...]]] = []
        self._parse = parse
        self._told: set[str] = set()
        self.asks = Section("Ce que nous demandons", self._form(specs.asks(view)), right="", gap=8)
        self.ticks = Section("Transmis si la personne est d’accord", self._form(specs.ticked(view)), right="", gap=8)
        lines = column(self, gap=24)
        top = column(gap=16)
        objective = column(gap=4)
        if view.objective_label:
            objective.addWidget(self._form(specs.objective(view)))
        objective.addWidget(self.words)
        top.addWidget(self.asks)
        top.addLayout(objective)
        lines.addLayout(top)
        lines.addWidget(self.ticks)
        for title, bounds in (
            ("À qui", today_choices),
            ("Avis du CPIP", specs.opinion(view)),
            ("Dates", specs.calendar()),
            ("Écrit sur la fiche, si la case est cochée", specs.typed(view)),
        ):
            if bounds:
                link = self._other_partner() if bounds is today_choices else ""
                lines.addWidget(Section(title, self._form(*bounds), right=link, gap=8))
        self.record = RecordForm(target, self._groups, self)
        self.record.saved.connect(self.saved)
        self.record.failed.connect(self.failed)
        self.record.done.connect(self.done)
        self._name_parts()

    def _other_partner(self) -> LinkButton:
        link = LinkButton("Changer de partenaire", name="sheet.partner", small=True)
        link.clicked.connect(self.partner_wanted)
        return link

    def _form(self, *bounds: Bound) -> FormView:
        form = FormView([bound.spec for bound in bounds], parse_date=self._parse)
        self._groups.append((form, bounds))
        return form

    def _name_parts(self) -> None:
        """The sections of ticks have their title above them: no second label."""
        for form, bounds in self._groups:
            for bound in bounds:
                field = form.field(bound.spec.code)
                if isinstance(field, TicksField):
                    field.label.hide()
                    field.ticks.in_columns = bound.spec.code == "ticked"

    def show_view(self, view: PrescriptionView) -> None:
        """Show the values of the record."""
        self._offer_contacts(view)
        self.record.show_record(view.prescription.id, SheetRecord(view.prescription), view.lock)
        self.show_derived(view)

    def show_derived(self, view: PrescriptionView) -> None:
        """What follows from the values: counts, words found; no field is touched."""
        count = len(view.prescription.asks)
        self.asks.heading.set_remark(f"{view.max_asks} au plus, {count} choisi{'s' if count > 1 else ''}")
        self.ticks.heading.set_remark(_ONLY_THE_LAW if view.legal else _ALL_BY_AGREEMENT)
        self.words.show_words(view)
        ticks = self.findChild(TicksField, "ticked")
        if ticks:
            for button, choice in zip(ticks.ticks.buttons(), view.ticks, strict=True):
                shows = ", ".join(choice.shows) or specs.NOTHING_TO_SHOW
                button.setToolTip(shows)
                button.setAccessibleDescription(shows)

    def _offer_contacts(self, view: PrescriptionView) -> None:
        field = self.findChild(ChoiceField, "contact_id")
        if field:
            field.set_options(specs.contacts(view))

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what blocks below its field, where it has one here; what autosave said elsewhere stays."""
        for form, bounds in self._groups:
            for bound in bounds:
                code = bound.spec.code
                said = problems.get(code) or problems.get(code.removeprefix(specs.TYPED), "")
                if said or code in self._told:
                    form.field(code).set_problem(said or form.field(code).why_unread())
                (self._told.add if said else self._told.discard)(code)

    def start(self) -> None:
        """Give the focus to the first thing to choose."""
        first = self.findChild(TicksField, "asks")
        if first:
            first.ticks.buttons()[0].setFocus()

    def flush(self) -> bool:
        return self.record.flush()

    def objective(self) -> NoteField | None:
        return self.findChild(NoteField, "objective_words")
