"""The demonstration: its store is built behind a card that says how far it is; its words are published."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from spip_desktop import demo
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.card import Card
from spip_desktop.ui.entrance.window import EntranceWindow
from spip_desktop.ui.layout import row
from spip_desktop.ui.tasks import Task, Tasks
from spip_desktop.wording import sentence

WORDS = (
    f"Personnes fictives. Identifiant{NBSP}: {demo.IDENTIFIER}{NBSP}; "
    f"phrase de passe{NBSP}: «{NBSP}{demo.PASSPHRASE}{NBSP}»."
)


class BuildingCard(Card):
    """Says how far the building is; it can be stopped, and leaves nothing then."""

    def __init__(self) -> None:
        super().__init__("Démonstration", "Le magasin de démonstration se prépare, une fois pour toutes.")
        self.stop = Button("Arrêter", name="demonstration.stop")
        line = row(gap=16)
        line.addWidget(self.stop)
        line.addStretch(1)
        self.add(line)
        self.tell(0, 1)

    def tell(self, done: int, total: int) -> None:
        self.say(f"{round(100 * done / max(1, total))}{NBSP}% des situations sont racontées.", alert=False)


def build(
    window: EntranceWindow,
    tasks: Tasks,
    work: Callable[[demo.Progress], object],
    done: Callable[[], object],
) -> None:
    """Run the building in the worker, tell its progress, then go on; stopped or refused, say so."""
    card = BuildingCard()
    window.show_card(card)

    def refused(refusal: Refusal) -> None:
        card.say(sentence(refusal))
        card.stop.setText("Quitter")
        card.stop.clicked.connect(QApplication.quit)

    def follow(task: Task) -> object:
        return work(task.progress)

    task = tasks.follow(follow, lambda _: done(), refused=refused, cancelled=QApplication.quit)
    task.progressed.connect(card.tell)
    card.stop.clicked.connect(task.cancel)
