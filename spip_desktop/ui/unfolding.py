"""A section whose act unfolds below its button, in the page: no dialog."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import Field
from spip_desktop.ui.labels import InlineNotice, Paragraph, Section, StateLabel
from spip_desktop.ui.layout import FlowRow, column, set_size
from spip_desktop.ui.secret_field import SecretField
from spip_desktop.wording import sentence

_SECRET_WIDTH = 368


class UnfoldingSection(Section):
    """What it is about, a button that unfolds the fields, and below what came of it."""

    def __init__(self, title: str, explanation: str, button: str, *, name: str) -> None:
        super().__init__(title, gap=8, name=name)
        self.explanation = Paragraph(explanation, colour="texte_2")
        self.open_button = Button(button, name=f"{name}.open")
        self.open_button.clicked.connect(self.unfold)
        self.body = QWidget()
        self.lines_inside = column(self.body, gap=16, margins=(0, 8, 0, 8))
        self.failure = StateLabel("alert-circle", "", "alerte", wrap=True)
        self.notice = InlineNotice()
        self.add(self.explanation)
        self.lines.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.body, self.failure, self.notice)
        self.body.hide()
        self.failure.hide()

    def unfold(self) -> None:
        """Show the fields and give the focus to the first."""
        self.notice.hide()
        self.open_button.hide()
        self.body.show()

    def fold(self, said: str = "") -> None:
        """Put everything away, and say what was done."""
        self.show_failure("")
        self.body.hide()
        self.open_button.show()
        if said:
            self.notice.show_sentence(said)
            self.open_button.setFocus()

    def unfolded(self) -> bool:
        return not self.body.isHidden()

    def show_failure(self, said: str) -> None:
        self.failure.set_state("alert-circle", said, "alerte")
        self.failure.setVisible(bool(said))

    def show_refusal(self, refusal: Refusal, fields: Mapping[str, Field]) -> None:
        """Say each problem beside its field, what belongs to none below, and focus the first."""
        self.show_told({problem.field: sentence(problem) for problem in refusal.problems}, fields)

    def show_told(self, told: Mapping[str, str], fields: Mapping[str, Field]) -> None:
        """The same from sentences by field."""
        for name, field in fields.items():
            field.set_problem(told.get(name))
        self.show_failure(" ".join(said for name, said in told.items() if name not in fields))
        first = next((field for name, field in fields.items() if name in told), None)
        if first is not None:
            first.setFocus()


def secret(code: str, label: str) -> SecretField:
    """A field for a passphrase, no wider than it needs."""
    return set_size(SecretField(code, label), max_width=_SECRET_WIDTH)


def clear_secrets(*fields: SecretField) -> None:
    """Forget what was typed: no passphrase stays on a page that was left."""
    for field in fields:
        field.line.clear()
        field.set_problem(None)


def buttons(*every: Button) -> QWidget:
    """Buttons side by side, from the left; those that do not hold go to the next line."""
    line = FlowRow(gap=8, line_gap=8)
    line.add(*every)
    return line
