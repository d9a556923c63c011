"""A few fields at the top of the page, written as one dated fact."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from spip_desktop import reference
from spip_desktop.domain.errors import Refusal
from spip_desktop.services.prescription import PrescriptionView
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Rule, SectionTitle
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.wording import sentence

DAY = "happened_on"


class FactPanel(QWidget):
    """A few fields written as one dated fact; Esc leaves without writing."""

    recorded = Signal()
    left = Signal()

    def __init__(
        self,
        title: str,
        verb: str,
        form: FormView,
        record: Callable[[FormView], object],
        visible: Callable[[FormView], Sequence[str]] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("fact")
        self.form, self._record, self._visible = form, record, visible
        lines = column(self, gap=12)
        self.write, self.cancel = Button(verb, name="fact.write"), QuietButton("Ne rien noter", name="fact.cancel")
        flow = FlowRow(gap=8, line_gap=4)
        flow.add(self.write, self.cancel)
        for part in (SectionTitle(title), form, flow, Rule("filet")):
            lines.addWidget(part)
        self.write.clicked.connect(self._on_write)
        self.cancel.clicked.connect(self.left)
        form.edited.connect(lambda _: self.show_needed())
        self.show_needed()

    def start(self) -> None:
        """Give the focus to the first field."""
        next(iter(self.form.fields.values())).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; Enter writes, where the field in focus has no use of its own for it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.cancel.hasFocus():
            self._on_write()
        else:
            super().keyPressEvent(event)

    def show_needed(self) -> None:
        """Show the fields that the answers so far ask for."""
        if self._visible:
            self.form.show_only(self._visible(self.form))

    def _on_write(self) -> None:
        try:
            self._record(self.form)
        except Refusal as refusal:
            for words in self.form.show_refusal(refusal, sentence):
                next(iter(self.form.fields.values())).set_problem(words)
            return
        self.recorded.emit()


class PanelPlace(QWidget):
    """Where the page shows the panel that is open, one at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.panel: FactPanel | None = None
        self._lines = column(self, gap=0)
        self.hide()

    def put(self, panel: FactPanel) -> None:
        """Show this panel in place of any other, and begin in its first field."""
        self.close_panel()
        self.panel = panel
        panel.left.connect(self.close_panel)
        self._lines.addWidget(panel)
        self.show()
        panel.start()

    def close_panel(self) -> None:
        self.panel = None
        clear(self._lines)
        self.hide()


def fact_form(specs: Sequence[FieldSpec], parse: Parse, today: date) -> FormView:
    form = FormView(specs, parse_date=parse)
    form.field(DAY).set_value(today)
    name_fields(form)
    return form


def name_fields(form: FormView) -> None:
    for code, field in form.fields.items():
        field.setObjectName(f"fact.{code}")
        field.editor.setObjectName(f"fact.{code}.editor")


def day_of(form: FormView) -> date:
    """The day of the fact; Refusal `required` when there is none or it cannot be read."""
    value = form.value(DAY)
    if not isinstance(value, date):
        raise Refusal("required", DAY)
    return value


def chosen_in(form: FormView, code: str) -> str:
    if not form.value(code):
        raise Refusal("choose_one", code)
    return str(form.value(code))


def text_in(form: FormView, code: str) -> str:
    return str(form.value(code) or "")


def options(kind: str, today: date) -> tuple[tuple[str, str], ...]:
    return reference.load(kind).options(today)


def contact_name(view: PrescriptionView) -> str:
    wanted: UUID | None = view.prescription.contact_id
    return next((one.name for choice in view.partners for one in choice.contacts if one.id == wanted), "")


def tells_spec(today: date) -> FieldSpec:
    return FieldSpec("tells", "Qui le dit à la personne", FieldKind.CHOICE, options("who_tells", today), width="half")
