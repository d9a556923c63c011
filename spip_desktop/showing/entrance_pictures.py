"""The cards before a store is open, each in every look: the first start with its key, unlocking, recovery."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from spip_desktop.domain import recovery_key
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.unlock import Entrance, Entry
from spip_desktop.showing.day_entry import PASSPHRASE, type_key_back
from spip_desktop.showing.gestures import fill_all
from spip_desktop.showing.hand import Hand

#: Draws the window in every look under the name of a card.
Draw = Callable[[QWidget, str], None]
_LOCKED = (
    "Verrouillé à 13 h 47 après 5 minutes sans activité. "
    "Votre travail est enregistré\u00a0; vous reviendrez à la même place."
)
#: Opens nothing.
_DRAWN_KEY = recovery_key.encode(bytes(range(recovery_key.SECRET_BYTES)))


def draw_entrance(application: QApplication, place: Path, clock: Clock, draw: Draw) -> None:
    """Play a first start in an empty folder, thrown away after: its key opens nothing that lasts."""
    from spip_desktop.ui import theme
    from spip_desktop.ui.entrance.flow import EntranceFlow
    from spip_desktop.ui.entrance.window import EntranceWindow
    from spip_desktop.ui.tasks import Tasks

    theme.apply(application, theme.make_theme())
    window = EntranceWindow(
        version_date=f"{clock.today():%d/%m/%Y}", demonstration=True, on_theme=lambda: None, on_size=lambda: None
    )
    entrance = Entrance(place, clock, Ids(clock), demonstration=True, cost=lambda: FLOOR)
    flow = EntranceFlow(window, entrance, Tasks(window), clock, ())
    entered: list[Entry] = []
    flow.entered.connect(entered.append)
    flow.start()
    window.show()
    hand = Hand(application)
    _first_start(hand, window, draw)
    hand.until(lambda: bool(entered), "le magasin n’est pas créé")
    entered[0].context.store.close()
    flow.show_unlock(_LOCKED)
    draw(window, "00-5-ouverture")
    hand.click("forgot")
    hand.see("keys_lost")
    draw(window, "00-6-cle-de-secours-demandee")
    window.hide()
    window.deleteLater()


def _first_start(hand: Hand, window: QWidget, draw: Draw) -> None:
    draw(window, "00-1-avertissement")
    hand.click("notice_read")
    hand.click("next")
    fill_all(hand, (("service.name", "SPIP de l’Orsanne"), ("service.branch", "antenne de Valbrune")))
    fill_all(hand, (("identifier", "valbrune-07"), ("family_name", "Vasseur"), ("first_name", "Claire")))
    hand.choose("title", "Madame")
    draw(window, "00-2-service-et-agent")
    hand.click("next")
    fill_all(hand, (("passphrase", PASSPHRASE), ("again", PASSPHRASE)))
    draw(window, "00-3-phrase-de-passe")
    hand.click("next")
    hand.see("confirm")
    _draw_key(window, draw)
    type_key_back(hand)
    hand.click("confirm")


def _draw_key(window: QWidget, draw: Draw) -> None:
    """The card of the key, with another in its place: a key is never drawn, and no two runs would be alike."""
    labels = [one for one in window.findChildren(QLabel) if one.text()[:1].isdigit() and ".\u00a0" in one.text()]
    real = [one.text() for one in labels]
    for number, (label, group) in enumerate(zip(labels, recovery_key.groups(_DRAWN_KEY), strict=True), 1):
        label.setText(f"{number}.\u00a0{group}")
    draw(window, "00-4-cle-de-secours")
    for label, text in zip(labels, real, strict=True):
        label.setText(text)
