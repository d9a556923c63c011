"""The unlock page: identifier, passphrase, and the way out when it is forgotten."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal

from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import LinkButton, PrimaryButton
from spip_desktop.ui.card import CARD_WIDTH, Card, actions
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.labels import Rule
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.secret_field import SecretField
from spip_desktop.ui.text import Text

_BEAT = 250  # milliseconds between two looks at the clock while one waits


class UnlockCard(Card):
    """Emits `asked(identifier, passphrase)`; shows what the entrance answers."""

    asked = Signal(str, str)
    forgotten = Signal()
    restore_asked = Signal()
    secret_name, secret_label = "passphrase", "Phrase de passe"
    other_way = ("forgot", f"Phrase oubliée{NBSP}: clé de secours")

    def __init__(self, *, identifier: str = "", locked: str = "", seconds_left: Callable[[], int] = lambda: 0) -> None:
        """`seconds_left` tells how long until the next attempt, after wrong ones."""
        super().__init__("SPIP Desktop", "Suivi des personnes, du premier entretien au bilan.", width=CARD_WIDTH)
        self.identifier = LineField(FieldSpec("identifier", "Identifiant d’agent", max_length=60))
        self.identifier.set_value(identifier)
        self.passphrase = SecretField(self.secret_name, self.secret_label)
        self.open = PrimaryButton("Ouvrir", name="open")
        self.forgot = LinkButton(self.other_way[1], name=self.other_way[0])
        fields = column(gap=16)
        fields.addWidget(self.identifier)
        fields.addWidget(self.passphrase)
        restore = LinkButton("Restaurer une sauvegarde", name="restore")
        restore.clicked.connect(self.restore_asked)
        below = row(gap=16)
        below.addStretch(1)
        below.addWidget(restore)
        self.add(fields, actions(self.open, self.forgot), below)
        if locked:
            self._tell(locked)
        self._seconds_left = seconds_left
        self._early = False
        self._again = QTimer(self, interval=_BEAT)
        self._again.timeout.connect(self._count_down)
        self.open.clicked.connect(self._ask)
        self.forgot.clicked.connect(self.forgotten)
        self.identifier.line.returnPressed.connect(self.passphrase.line.setFocus)
        self.passphrase.line.returnPressed.connect(self._ask)

    def start(self) -> None:
        """Put the cursor where the officer will type first."""
        target = self.passphrase if self.identifier.raw_text() else self.identifier
        target.line.setFocus()
        self._count_down()

    def wait(self, waiting: bool) -> None:
        """While the key is derived, nothing more can be asked; what was typed stays."""
        self.open.setEnabled(not waiting)
        self.open.setText("Ouverture en cours" if waiting else "Ouvrir")
        if not waiting:
            self._count_down()

    def _count_down(self) -> None:
        """After a wrong secret the button tells how long until it can be pressed again."""
        left = self._seconds_left()
        self.open.setEnabled(not left)
        self.open.setText(f"Ouvrir dans {left}{NBSP}s" if left else "Ouvrir")
        if left and not self._again.isActive():
            self._again.start()
        elif not left:
            self._again.stop()
            if self._early:
                self._ask()

    def show_problem(self, sentence: str, field: str = "") -> None:
        """Say what went wrong, beside its field where it has one; the passphrase typed is kept."""
        target = {"identifier": self.identifier, self.secret_name: self.passphrase}.get(field)
        self.identifier.set_problem(None)
        self.passphrase.set_problem(None)
        self.say("")
        if target is None:
            self.say(sentence)
        else:
            target.set_problem(sentence)
            target.line.setFocus()
            target.line.selectAll()

    def _ask(self) -> None:
        """Enter pressed while one has to wait is heard once the wait is over."""
        self._early = self._again.isActive()
        if self.open.isEnabled():
            self.asked.emit(self.identifier.line.text(), self.passphrase.line.text())

    def _tell(self, sentence: str) -> None:
        line = row(gap=8)
        line.addWidget(IconView("check-circle", "texte_2"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text(sentence, "body", colour="texte_2", wrap=True), 1)
        self.add(Rule("filet"), line)
