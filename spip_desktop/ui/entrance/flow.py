"""Which card follows which, and what the worker does meanwhile."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, Recovered
from spip_desktop.ui.buttons import PrimaryButton
from spip_desktop.ui.entrance.card import Card, EntranceWindow, actions
from spip_desktop.ui.entrance.first_start import Identity, IdentityCard, NoticeCard, PassphraseCard
from spip_desktop.ui.entrance.recovery import PaperKeyCard, RecoverCard, WhoCard
from spip_desktop.ui.entrance.unlock import UnlockCard
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wording import sentence

_STEP = "Premier démarrage, étape {} sur 4"


class EntranceFlow(QObject):
    """Leads from the first card to an open store; keys are derived in the worker."""

    entered = Signal(object)  # Entry

    def __init__(
        self, window: EntranceWindow, entrance: Entrance, tasks: Tasks, clock: Clock, warnings: tuple[Problem, ...]
    ) -> None:
        super().__init__(window)
        self._window, self._entrance, self._tasks, self._clock = window, entrance, tasks, clock
        self._warnings = warnings
        self._typed: Mapping[str, str] = {}  # on the card of step 2, for who goes back to it

    def start(self, *, locked: str = "") -> None:
        """Show the first card: the notice in a new folder, the unlock card otherwise."""
        if self._entrance.is_new():
            self._show_notice()
        else:
            self.show_unlock(locked)

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
        card = UnlockCard(locked=locked)
        card.asked.connect(lambda identifier, passphrase: self._unlock(card, identifier, passphrase))
        card.forgotten.connect(self._show_recover)
        if self._warnings:
            card.say(sentence(self._warnings[0]), alert=False)
        self._window.show_card(card)
        card.start()

    def suggest_identifier(self) -> None:
        """Write the identifier where one officer alone uses this store, if nothing was typed meanwhile."""
        card = self._window.card
        if not isinstance(card, UnlockCard) or card.identifier.raw_text() or self._entrance.is_new():
            return
        try:
            identifiers = self._entrance.identifiers()
        except Refusal:
            return  # said when the officer asks to open
        if len(identifiers) == 1:
            card.identifier.set_value(identifiers[0])
            card.start()

    def _unlock(self, card: UnlockCard, identifier: str, passphrase: str) -> None:
        card.wait(True)

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            card.show_problem(sentence(refusal), refusal.problems[0].field)

        self._work(lambda: self._entrance.unlock(identifier, passphrase), self.entered.emit, failed)

    # -- the first start -------------------------------------------------------------------------------------

    def _show_notice(self) -> None:
        card = NoticeCard()
        card.accepted.connect(self._show_identity)
        self._window.show_card(card)
        card.start()

    def _show_identity(self) -> None:
        card = IdentityCard(
            Ids(self._clock), self._entrance.functions(), date_reader(self._clock.today, sentence), sentence
        )
        card.set_typed(self._typed)
        card.filled.connect(lambda identity: self._leave_identity(card, lambda: self._show_passphrase(identity)))
        card.back.connect(lambda: self._leave_identity(card, self._show_notice))
        self._window.show_card(card)
        card.start()

    def _leave_identity(self, card: IdentityCard, follow: Callable[[], None]) -> None:
        self._typed = card.typed()
        follow()

    def _show_passphrase(self, identity: Identity) -> None:
        card = PassphraseCard(_STEP.format(3), "Créer le magasin")
        card.back.connect(self._show_identity)
        card.chosen.connect(lambda passphrase: self._create(card, identity, passphrase))
        self._window.show_card(card)
        card.start()

    def _create(self, card: PassphraseCard, identity: Identity, passphrase: str) -> None:
        card.wait(True)
        first = FirstStart(service=identity.service, officer=identity.officer, passphrase=passphrase, notice_read=True)

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            card.show_problem(sentence(refusal), refusal.problems[0].field)

        self._work(lambda: self._entrance.first_start(first), self._show_paper, failed)

    def _show_paper(self, entry: Entry) -> None:
        assert entry.paper is not None
        card = PaperKeyCard(entry.paper.text, sentence, step=_STEP.format(4))
        card.printed.connect(lambda: self._print_paper(card, entry))
        card.confirmed.connect(lambda: self._confirm(entry))
        self._window.show_card(card)
        card.start()

    def _confirm(self, entry: Entry) -> None:
        self._entrance.confirm_paper(entry)
        self.entered.emit(entry)

    def _print_paper(self, card: PaperKeyCard, entry: Entry) -> None:
        from spip_desktop.ui.printing import print_bytes

        said = print_bytes(self._window, self._entrance.paper(entry))
        card.say(said or "La clé est partie à l’imprimante.", alert=bool(said))

    # -- with the paper key ----------------------------------------------------------------------------------

    def _show_recover(self) -> None:
        card = RecoverCard()
        card.back.connect(self.show_unlock)
        card.asked.connect(lambda text: self._recover(card, text))
        self._window.show_card(card)
        card.start()

    def _recover(self, card: RecoverCard, text: str) -> None:
        card.wait(True)

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            card.show_problem(sentence(refusal))

        self._work(lambda: self._entrance.recover(text), self._show_who, failed)

    def _show_who(self, recovered: Recovered) -> None:
        card = WhoCard(recovered.identifiers)
        card.chosen.connect(lambda identifier: self._show_new_passphrase(recovered, identifier))
        self._window.show_card(card)
        card.start()

    def _show_new_passphrase(self, recovered: Recovered, identifier: str) -> None:
        card = PassphraseCard("Nouvelle phrase, après la clé de secours", "Enregistrer et entrer")
        card.back.connect(lambda: self._show_who(recovered))

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            card.show_problem(sentence(refusal), refusal.problems[0].field)

        def choose(passphrase: str) -> None:
            card.wait(True)
            self._work(
                lambda: self._entrance.finish_recovery(recovered, identifier, passphrase), self.entered.emit, failed
            )

        card.chosen.connect(choose)
        self._window.show_card(card)
        card.start()

    def _work(
        self, work: Callable[[], object], done: Callable[..., object], refused: Callable[[Refusal], object]
    ) -> None:
        self._tasks.run(work, done, refused=refused)
