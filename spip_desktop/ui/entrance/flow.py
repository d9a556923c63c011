"""Which card comes first: the unlock card, or the notice of a first start; what follows is imported when asked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.ui.buttons import PrimaryButton
from spip_desktop.ui.card import Card, actions
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wording import sentence

if TYPE_CHECKING:
    from spip_desktop.domain.clock import Clock
    from spip_desktop.services.unlock import Entrance, Entry, Recovered
    from spip_desktop.ui.entrance.first_flow import FirstStartFlow
    from spip_desktop.ui.entrance.unlock import UnlockCard


class EntranceFlow(QObject):
    """Leads from the first card to an open store; keys are derived in the worker."""

    entered = Signal(object)  # Entry
    key_held = Signal()  # from here on, whoever sits down comes in without a secret

    def __init__(
        self, window: EntranceWindow, entrance: "Entrance", tasks: Tasks, clock: "Clock", warnings: tuple[Problem, ...]
    ) -> None:
        super().__init__(window)
        self._window, self._entrance, self._tasks, self._clock = window, entrance, tasks, clock
        self._warnings = warnings
        self._locked = ""  # what the lock had to say
        self._held: Entry | Recovered | None = None
        self._first: FirstStartFlow | None = None  # kept: who goes back to the notice finds what was typed

    def start(self, *, locked: str = "") -> None:
        """Show the first card: the notice in a new folder, the unlock card otherwise."""
        if self._entrance.is_new():
            self._show_notice()
        else:
            self.show_unlock(locked)

    def is_new(self) -> bool:
        return self._entrance.is_new()

    # -- a key in play ---------------------------------------------------------------------------------------

    def holds_key(self) -> bool:
        """Whether whoever sits down now would come in without a secret: the recovery key is shown, or was typed."""
        return self._held is not None

    def put_away(self) -> None:
        """Shut what is open; the caller replaces the process. Nothing is lost: the passphrase or the paper opens."""
        from spip_desktop.services.unlock import Entry, lock

        if isinstance(self._held, Entry):
            lock(self._held.context)
        elif self._held is not None:
            self._held.opened.wipe()
        self._held = None

    def _hold(self, held: "Entry | Recovered") -> None:
        self._held = held
        self.key_held.emit()

    def cannot_start(self, said: str) -> None:
        """Say why the folder will not do; the program can only be left."""
        card = Card("Le magasin ne peut pas s’ouvrir ici")
        leave = PrimaryButton("Quitter", name="quit")
        leave.clicked.connect(QApplication.quit)
        card.add(actions(leave))
        card.say(said)
        self._window.show_card(card)

    # -- coming in -------------------------------------------------------------------------------------------

    def show_unlock(self, locked: str = "") -> None:
        from spip_desktop.ui.entrance.unlock import UnlockCard

        self._locked = locked = locked or self._locked
        card = UnlockCard(locked=locked, seconds_left=self._entrance.seconds_left)
        card.asked.connect(lambda identifier, passphrase: self._unlock(card, identifier, passphrase))
        card.forgotten.connect(self._recover)
        card.restore_asked.connect(self._restore)
        if self._warnings:
            card.say(sentence(self._warnings[0]), alert=False)
        self._window.show_card(card)
        card.start()

    def suggest_identifier(self) -> None:
        """Offer the PIN where someone set one, else write the identifier where one officer alone uses this store;
        nothing when something was typed meanwhile.
        """
        from spip_desktop.ui.entrance.unlock import UnlockCard

        card = self._window.card
        if not isinstance(card, UnlockCard) or card.identifier.raw_text() or self._entrance.is_new():
            return
        if not card.passphrase.line.text() and (quick := self._entrance.quick_identifiers()):
            self._show_pin(quick)
            return
        try:
            identifiers = self._entrance.identifiers()
        except Refusal:
            return  # said when the officer asks to open
        if len(identifiers) == 1:
            card.identifier.set_value(identifiers[0])
            card.start()

    def _show_pin(self, identifiers: tuple[str, ...]) -> None:
        from spip_desktop.ui.entrance.pin_flow import PinFlow

        flow = PinFlow(self._window, self._entrance, self._tasks)
        flow.entered.connect(self.entered)
        flow.restore_asked.connect(self._restore)
        flow.left.connect(self._leave_pin)
        flow.show_pin(identifiers, self._locked)

    def _leave_pin(self, identifier: str, said: str) -> None:
        """The passphrase always opens: go to it, with the identifier, and why the PIN does not."""
        from spip_desktop.ui.entrance.unlock import UnlockCard

        self.show_unlock()
        card = self._window.card
        assert isinstance(card, UnlockCard)
        card.identifier.set_value(identifier)
        card.start()
        if said:
            card.say(said)

    def _unlock(self, card: "UnlockCard", identifier: str, passphrase: str) -> None:
        card.wait(True)

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            card.show_problem(sentence(refusal), refusal.problems[0].field)

        self._tasks.run(lambda: self._entrance.unlock(identifier, passphrase), self.entered.emit, refused=failed)

    def _recover(self) -> None:
        from spip_desktop.ui.entrance.recovery_flow import RecoveryFlow

        flow = RecoveryFlow(self._window, self._entrance, self._tasks)
        flow.entered.connect(self.entered)
        flow.opened.connect(self._hold)
        flow.back.connect(lambda: self.show_unlock())
        flow.show_recover()

    def _restore(self) -> None:
        from spip_desktop.ui.entrance.restore import RestoreFlow

        flow = RestoreFlow(self._window, self._entrance, self._tasks)
        flow.entered.connect(self.entered)
        flow.opened.connect(self._hold)
        flow.back.connect(self.start)
        flow.show()

    # -- the first start -------------------------------------------------------------------------------------

    def _show_notice(self) -> None:
        from spip_desktop.ui.entrance.notice import NoticeCard

        card = NoticeCard()
        card.accepted.connect(self._begin)
        card.restore_asked.connect(self._restore)
        self._window.show_card(card)
        card.start()

    def _begin(self) -> None:
        if self._first is None:
            from spip_desktop.ui.entrance.first_flow import FirstStartFlow

            self._first = FirstStartFlow(self._window, self._entrance, self._tasks, self._clock)
            self._first.entered.connect(self.entered)
            self._first.opened.connect(self._hold)
            self._first.back.connect(self._show_notice)
        self._first.show_identity()
