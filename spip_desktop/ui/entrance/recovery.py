"""The way in with the recovery key."""

from PySide6.QtCore import Signal

from spip_desktop.ui.buttons import Button, PrimaryButton
from spip_desktop.ui.card import WIDE_CARD, Card, actions
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.layout import row


class RecoverCard(Card):
    """Typing the paper key to come in again."""

    asked = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__("Entrer avec la clé de secours", "", width=WIDE_CARD)
        self.key = LineField(
            FieldSpec(
                "recovery_key",
                "Les quatorze groupes de la clé",
                help="Majuscules ou minuscules, avec ou sans tirets. O et 0, I et 1 sont compris.",
                max_length=120,
            )
        )
        self.next = PrimaryButton("Ouvrir", name="next")
        previous = Button("Retour", name="back")
        self.add(self.key, actions(self.next, previous))
        self.next.clicked.connect(self._ask)
        self.key.line.returnPressed.connect(self._ask)
        previous.clicked.connect(self.back)

    def start(self) -> None:
        self.key.line.setFocus()

    def wait(self, waiting: bool) -> None:
        self.next.setEnabled(not waiting)

    def show_problem(self, sentence: str, field: str = "") -> None:
        self.key.set_problem(sentence)

    def _ask(self) -> None:
        self.key.set_problem(None)
        self.asked.emit(self.key.line.text())


class WhoCard(Card):
    """After the paper key: which officer comes in."""

    chosen = Signal(str)

    def __init__(self, identifiers: tuple[str, ...]) -> None:
        super().__init__("Qui entre\u00a0?", "Choisissez votre identifiant\u00a0; une nouvelle phrase de passe suit.")
        line = row(gap=8)
        for identifier in identifiers:
            button = Button(identifier, "user", name=f"who.{identifier}")
            button.clicked.connect(lambda _=False, one=identifier: self.chosen.emit(one))
            line.addWidget(button)
        line.addStretch(1)
        self.add(line)

    def start(self) -> None:
        self.setFocus()
