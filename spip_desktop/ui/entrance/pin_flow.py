"""The way in by the PIN of this workstation, where an officer set one; the passphrase is one link away."""

from PySide6.QtCore import QObject, Signal

from spip_desktop.domain.errors import Refusal
from spip_desktop.services.unlock import Entrance
from spip_desktop.ui.entrance.unlock import UnlockCard
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wording import sentence


class PinCard(UnlockCard):
    """The unlock card with a PIN; `forgotten` asks for the passphrase, which always opens."""

    secret_name, secret_label = "pin", "Code PIN de ce poste"
    other_way = ("by_passphrase", "Ouvrir avec la phrase de passe")


class PinFlow(QObject):
    """From the PIN to an open store, or to the passphrase (`left`: the identifier, and why the PIN does not open)."""

    entered = Signal(object)  # Entry
    left = Signal(str, str)
    restore_asked = Signal()

    def __init__(self, window: EntranceWindow, entrance: Entrance, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._entrance, self._tasks = window, entrance, tasks

    def show_pin(self, identifiers: tuple[str, ...], locked: str = "") -> None:
        card = PinCard(
            identifier=identifiers[0] if len(identifiers) == 1 else "",
            locked=locked,
            seconds_left=self._entrance.seconds_left,
        )
        card.asked.connect(lambda identifier, pin: self._unlock(card, identifier, pin))
        card.forgotten.connect(lambda: self.left.emit(card.identifier.raw_text(), ""))
        card.restore_asked.connect(self.restore_asked)
        self._window.show_card(card)
        card.start()

    def _unlock(self, card: PinCard, identifier: str, pin: str) -> None:
        card.wait(True)

        def failed(refusal: Refusal) -> None:
            if refusal.problems[0].field:
                card.wait(False)
                card.show_problem(sentence(refusal), refusal.problems[0].field)
            else:
                self.left.emit(identifier, sentence(refusal))

        self._tasks.run(lambda: self._entrance.unlock_by_pin(identifier, pin), self.entered.emit, refused=failed)
