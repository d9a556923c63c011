"""The first card of a first start: the legal notice, alone here because it is painted before the rest is imported."""

from PySide6.QtCore import Signal

from spip_desktop.ui.buttons import LinkButton, PrimaryButton
from spip_desktop.ui.card import WIDE_CARD, Card, actions
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.labels import Paragraph

NOTICE = (
    "Ce logiciel n’est pas autorisé par lui-même à traiter des données réelles. Son usage avec de vraies personnes "
    "suppose un acte réglementaire et une décision du ministère. Avant cela\u00a0: données fictives uniquement."
)


class NoticeCard(Card):
    """Step 1: what must be known before anything is typed."""

    accepted = Signal()
    restore_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Avant de commencer", "Premier démarrage, étape 1 sur 4", width=WIDE_CARD)
        self.tick = Tick("J’ai lu cet avertissement", name="notice_read")
        self.next = PrimaryButton("Continuer", name="next")
        restore = LinkButton("Restaurer une sauvegarde", name="restore")
        self.add(Paragraph(NOTICE), self.tick, actions(self.next, restore))
        restore.clicked.connect(self.restore_asked)
        self.next.clicked.connect(self._go)
        self.tick.toggled.connect(lambda: self.say(""))

    def start(self) -> None:
        self.tick.setFocus()

    def _go(self) -> None:
        if self.tick.isChecked():
            self.accepted.emit()
        else:
            self.say("Cochez la case après avoir lu l’avertissement.")
