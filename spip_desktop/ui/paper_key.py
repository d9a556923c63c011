"""The recovery key: shown once, printed, two groups typed back."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal

from spip_desktop.domain import recovery_key
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import Button, PrimaryButton
from spip_desktop.ui.card import WIDE_CARD, Card, actions
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.labels import Paragraph
from spip_desktop.ui.layout import FlowRow, row
from spip_desktop.ui.text import Text, natural_width

Sentence = Callable[[Problem | Refusal], str]


class _Group(Text):
    """One group of the key; the widest sign decides, so that the lines stand in columns. Nothing is copied."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "section")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def sizeHint(self) -> QSize:
        widest = natural_width("10.\u00a0MWMW", theme.current().font("section"))
        return QSize(widest, super().sizeHint().height())


class PaperKeyCard(Card):
    """Shows the key and waits until it was copied: two groups, drawn at random, are typed back."""

    printed = Signal()
    confirmed = Signal()

    def __init__(
        self,
        key: str,
        sentence: Sentence,
        *,
        step: str,
        title: str = "Votre clé de secours",
        button: str = "Entrer",
        role: str = "page",
        asked: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(title, step, width=WIDE_CARD, role=role)
        self._key, self._sentence, self._button = key, sentence, button
        self.asked = asked or recovery_key.groups_to_type_back()
        self.add(
            Paragraph(
                "Elle ouvre le magasin si la phrase de passe est oubliée. Elle n’est montrée qu’une fois et n’est "
                "gardée dans aucun fichier. Imprimez-la en deux exemplaires, sous enveloppe fermée, l’un chez le DPIP."
            ),
            self._groups(),
        )
        print_it = Button("Imprimer la clé", "printer", name="print")
        print_it.clicked.connect(self.printed)
        line = row(gap=16)
        line.addWidget(print_it)
        line.addStretch(1)
        self.add(line, Paragraph("Recopiez maintenant ces deux groupes, depuis votre papier\u00a0:"))
        self.fields = {
            index: LineField(FieldSpec(f"group_{index + 1}", f"Groupe {index + 1}", max_length=8))
            for index in self.asked
        }
        typed = row(gap=16)
        for field in self.fields.values():
            typed.addWidget(field)
        typed.addStretch(1)
        self.confirm = PrimaryButton(button, name="confirm")
        self.add(typed, actions(self.confirm))
        self.confirm.clicked.connect(self._check)
        for field in self.fields.values():
            field.line.returnPressed.connect(self._check)

    def start(self) -> None:
        self.fields[self.asked[0]].line.setFocus()

    def wait(self, waiting: bool) -> None:
        """While the key comes into force."""
        self.confirm.setEnabled(not waiting)
        self.confirm.setText("Mise en service en cours" if waiting else self._button)

    def _groups(self) -> FlowRow:
        """The groups in their order, all of one width, on as many lines as they need."""
        cells = [_Group(f"{index + 1}.\u00a0{group}") for index, group in enumerate(recovery_key.groups(self._key))]
        flow = FlowRow(gap=16, line_gap=8)
        flow.add(*cells)
        return flow

    def typed(self) -> Mapping[int, str]:
        return {index: field.line.text() for index, field in self.fields.items()}

    def _check(self) -> None:
        try:
            recovery_key.check_typed_back(self._key, self.typed())
        except Refusal as refusal:
            wrong = {one.field: one for one in refusal.problems}
            for field in self.fields.values():
                field.set_problem(self._sentence(wrong[field.code]) if field.code in wrong else None)
            return
        self.confirmed.emit()
