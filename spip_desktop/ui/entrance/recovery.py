"""The way in with the recovery key."""

from PySide6.QtCore import Signal

from spip_desktop.ui.buttons import Button, LinkButton, PrimaryButton
from spip_desktop.ui.card import WIDE_CARD, Card, actions
from spip_desktop.ui.fields import FieldSpec, LineField, NoteField
from spip_desktop.ui.layout import row


class RecoverCard(Card):
    """Typing the paper key to come in again, and the paper's code when the key file is lost."""

    asked = Signal(str, str)  # key, code
    back = Signal()

    def __init__(self, *, keys_lost: bool = False) -> None:
        super().__init__("Entrer avec la clé de secours", "", width=WIDE_CARD)
        self.key = LineField(
            FieldSpec(
                "recovery_key",
                "Les quatorze groupes de la clé",
                help="Majuscules ou minuscules, avec ou sans tirets. O et 0, I et 1 sont compris.",
                max_length=120,
            )
        )
        self.code = NoteField(
            FieldSpec(
                "recovery_code",
                "Le code de la même feuille",
                help="Lisez le code carré avec une douchette, ou tapez les six lignes imprimées à côté.",
                lines=6,
            )
        )
        self.lost = LinkButton("Le fichier des clés est perdu", name="keys_lost")
        self.next = PrimaryButton("Ouvrir", name="next")
        previous = Button("Retour", name="back")
        self.add(self.key, self.code, actions(self.next, previous, self.lost))
        self.next.clicked.connect(self._ask)
        self.key.line.returnPressed.connect(self._go_on)
        self.lost.clicked.connect(self.ask_code)
        previous.clicked.connect(self.back)
        self.code.hide()
        if keys_lost:
            self.ask_code()

    def start(self) -> None:
        self.key.line.setFocus()

    def ask_code(self) -> None:
        """The key alone will not do: the paper's code stands in for the key file."""
        self.purpose.setText("Le fichier des clés manque ou est abîmé\u00a0: toute la feuille est nécessaire.")
        self.purpose.show()
        self.code.show()
        self.lost.hide()
        (self.code if self.key.line.text() else self.key).setFocus()

    def wait(self, waiting: bool) -> None:
        self.next.setEnabled(not waiting)

    def show_problem(self, sentence: str, field: str = "") -> None:
        """Say what is wrong beside the key, beside the code, or at the foot."""
        target = {"recovery_key": self.key, "recovery_code": self.code}.get(field)
        if target is None:
            self.say(sentence)
        else:
            target.set_problem(sentence)
            target.setFocus()

    def _go_on(self) -> None:
        if self.code.isHidden():
            self._ask()
        else:
            self.code.setFocus()

    def _ask(self) -> None:
        self.key.set_problem(None)
        self.code.set_problem(None)
        self.say("")
        if self.next.isEnabled():
            self.asked.emit(self.key.line.text(), "" if self.code.isHidden() else self.code.raw_text())


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
