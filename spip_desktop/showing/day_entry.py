"""The day begins: the first start with its key on paper, and every unlocking after."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from spip_desktop.showing.gestures import Scene, text_of
from spip_desktop.showing.hand import Hand

PASSPHRASE = "quatre girafes boivent du thé tiède"


def start_for_the_first_time(scene: Scene) -> None:
    hand = scene.hand
    hand.see("notice_read")
    hand.picture("01-avertissement")
    hand.click("notice_read")
    hand.click("next")
    for name, text in (
        ("service.name", "SPIP de l’Orsanne"),
        ("service.branch", "antenne de Valbrune"),
        ("service.address", "4, rue des Tanneurs"),
        ("service.postal_code", "31999"),
        ("service.city", "Valbrune"),
        ("identifier", "valbrune-07"),
        ("family_name", "Vasseur"),
        ("first_name", "Claire"),
        ("phone", "05 36 49 12 07"),
        ("email", "c.vasseur@antenne-valbrune.example"),
    ):
        hand.fill(name, text)
    hand.choose("title", "Madame")
    hand.picture("02-service-et-agent")
    hand.click("next")
    hand.fill("passphrase", PASSPHRASE)
    hand.fill("again", PASSPHRASE)
    hand.picture("03-phrase-de-passe")
    hand.click("next")
    _copy_the_key(scene)


def _copy_the_key(scene: Scene) -> None:
    """Print the key, then type back the two groups that are asked, as read on the screen."""
    hand = scene.hand
    hand.see("confirm")
    hand.picture("04-cle-de-secours")
    hand.click("print")
    hand.until(lambda: scene.printed() == 1, "la clé de secours n’est pas imprimée")
    type_key_back(hand)
    hand.click("confirm")
    hand.see("todo")
    hand.picture("05-a-traiter")


def type_key_back(hand: Hand) -> None:
    """The two groups that are asked, as read on the screen."""
    shown = [one.text() for one in hand.window().findChildren(QLabel) if one.isVisible()]
    groups = dict(text.split(".\u00a0") for text in shown if text[:1].isdigit() and ".\u00a0" in text)
    for number, group in groups.items():
        if hand.sees(f"group_{number}"):
            hand.fill(f"group_{number}", group)


def unlock(hand: Hand) -> None:
    hand.see("open")
    hand.until(lambda: bool(text_of(hand, "identifier")), "l’identifiant n’est pas proposé")
    hand.click("passphrase.editor")
    hand.type(PASSPHRASE)
    hand.press(Qt.Key.Key_Return)
