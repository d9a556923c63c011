"""The way in with the paper key, then a new passphrase."""

from PySide6.QtCore import QObject, Signal

from spip_desktop.domain.errors import Refusal
from spip_desktop.services.unlock import Entrance, Recovered
from spip_desktop.ui.entrance.first_start import PassphraseCard
from spip_desktop.ui.entrance.recovery import RecoverCard, WhoCard
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wording import sentence


class RecoveryFlow(QObject):
    """From the forgotten passphrase to an open store; `back` returns to the unlock card."""

    entered = Signal(object)  # Entry
    opened = Signal(object)  # Recovered: the paper opened, and who comes in is not chosen yet
    back = Signal()

    def __init__(self, window: EntranceWindow, entrance: Entrance, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._entrance, self._tasks = window, entrance, tasks

    def show_recover(self) -> None:
        card = RecoverCard(keys_lost=self._entrance.keys_lost())
        card.back.connect(self.back)
        card.asked.connect(lambda text, code: self._recover(card, text, code))
        self._window.show_card(card)
        card.start()

    def _recover(self, card: RecoverCard, text: str, code: str) -> None:
        card.wait(True)

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            if refusal.code in ("keys_missing", "keys_damaged"):
                card.ask_code()
            else:
                card.show_problem(sentence(refusal), refusal.problems[0].field)

        self._tasks.run(lambda: self._entrance.recover(text, code), self.show_who, refused=failed)

    def show_who(self, recovered: Recovered) -> None:
        self.opened.emit(recovered)
        card = WhoCard(recovered.identifiers)
        card.chosen.connect(lambda identifier: self._show_new_passphrase(recovered, identifier))
        self._window.show_card(card)
        card.start()

    def _show_new_passphrase(self, recovered: Recovered, identifier: str) -> None:
        card = PassphraseCard("Nouvelle phrase, après la clé de secours", "Enregistrer et entrer")
        card.back.connect(lambda: self.show_who(recovered))

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            card.show_problem(sentence(refusal), refusal.problems[0].field)

        def choose(passphrase: str) -> None:
            card.wait(True)
            self._tasks.run(
                lambda: self._entrance.finish_recovery(recovered, identifier, passphrase),
                self.entered.emit,
                refused=failed,
            )

        card.chosen.connect(choose)
        self._window.show_card(card)
        card.start()
