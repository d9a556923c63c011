"""The steps of a first start, once its notice is accepted."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.services.unlock import Entrance, Entry, FirstStart
from spip_desktop.ui.entrance.first_start import Identity, IdentityCard, PassphraseCard
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.paper_key import PaperKeyCard
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wording import sentence

_STEP = "Premier démarrage, étape {} sur 4"


class FirstStartFlow(QObject):
    """From the officer's name to the paper key typed back; `back` returns to the notice."""

    entered = Signal(object)  # Entry
    opened = Signal(object)  # Entry: the store is open, and its paper is not copied yet
    back = Signal()

    def __init__(self, window: EntranceWindow, entrance: Entrance, tasks: Tasks, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._entrance, self._tasks, self._clock = window, entrance, tasks, clock
        self._typed: Mapping[str, str] = {}  # on the card of step 2, for who goes back to it

    def show_identity(self) -> None:
        card = IdentityCard(
            Ids(self._clock), self._entrance.functions(), date_reader(self._clock.today, sentence), sentence
        )
        card.set_typed(self._typed)
        card.filled.connect(lambda identity: self._leave_identity(card, lambda: self._show_passphrase(identity)))
        card.back.connect(lambda: self._leave_identity(card, self.back.emit))
        self._window.show_card(card)
        card.start()

    def _leave_identity(self, card: IdentityCard, follow: Callable[[], None]) -> None:
        self._typed = card.typed()
        follow()

    def _show_passphrase(self, identity: Identity) -> None:
        card = PassphraseCard(_STEP.format(3), "Créer le magasin")
        card.back.connect(self.show_identity)
        card.chosen.connect(lambda passphrase: self._create(card, identity, passphrase))
        self._window.show_card(card)
        card.start()

    def _create(self, card: PassphraseCard, identity: Identity, passphrase: str) -> None:
        card.wait(True)
        first = FirstStart(service=identity.service, officer=identity.officer, passphrase=passphrase, notice_read=True)

        def failed(refusal: Refusal) -> None:
            card.wait(False)
            card.show_problem(sentence(refusal), refusal.problems[0].field)

        self._tasks.run(lambda: self._entrance.first_start(first), self._show_paper, refused=failed)

    def _show_paper(self, entry: Entry) -> None:
        assert entry.paper is not None
        self.opened.emit(entry)
        card = PaperKeyCard(entry.paper.text, sentence, step=_STEP.format(4))
        card.printed.connect(lambda: self._print_paper(card, entry))
        card.confirmed.connect(lambda: self._confirm(entry))
        self._window.show_card(card)
        card.start()

    def _confirm(self, entry: Entry) -> None:
        self.entered.emit(self._entrance.confirm_paper(entry))

    def _print_paper(self, card: PaperKeyCard, entry: Entry) -> None:
        from spip_desktop.ui.printing import print_bytes

        said = print_bytes(self._entrance.paper(entry), partial(self._entrance.note_paper, entry))
        card.say(said or "La clé est partie à l’imprimante.", alert=bool(said))
