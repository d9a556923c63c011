"""What the counsellor does in the working day, one act after the other, in the words of the screen."""

from PySide6.QtCore import Qt

from spip_desktop.showing import day_dossier as dossier
from spip_desktop.showing import day_follow as follow
from spip_desktop.showing.day_entry import PASSPHRASE, start_for_the_first_time, unlock
from spip_desktop.showing.day_follow import OBJECTIVE
from spip_desktop.showing.gestures import Scene, has_focus, print_paper, text_of
from spip_desktop.showing.hand import NotSeen


def first_act(scene: Scene) -> None:
    """From the first start to a sheet half written, then Ctrl+L: this process ends here."""
    start_for_the_first_time(scene)
    dossier.start_a_dossier(scene.hand)
    dossier.write_the_situation(scene.hand)
    dossier.see_who_follows(scene.hand)
    dossier.write_a_partner(scene.hand)
    follow.evaluate(scene.hand)
    follow.plan(scene)
    follow.begin_the_sheet(scene.hand)
    scene.hand.press(Qt.Key.Key_L, control=True)


def second_act(scene: Scene) -> None:
    """After the lock: the same field and the same text; the sheet is finished, printed, signed, handed over."""
    hand = scene.hand
    hand.see("passphrase.editor")
    hand.picture("20-verrouille")
    unlock(hand)
    hand.see("objective_words.editor")
    hand.until(lambda: follow.HALF_TYPED in text_of(hand, "objective_words"), "le texte à demi tapé n’est pas revenu")
    hand.until(lambda: has_focus(hand, "objective_words"), "le curseur n’est pas revenu dans son champ")
    hand.picture("21-retour-au-meme-champ")
    follow.finish_the_sheet(scene)
    hand.window().close()


def third_act(scene: Scene) -> None:
    """Tomorrow: everything is there, and the reprint is the same paper to the byte."""
    hand = scene.hand
    unlock(hand)
    hand.click("rail.persons")
    hand.see("persons")
    hand.press(Qt.Key.Key_K, control=True)
    hand.type("perrin")
    hand.press(Qt.Key.Key_Return)
    hand.see("person.synthese")
    hand.picture("30-le-lendemain")
    hand.click("rail.person.prescriptions")
    hand.see("sheets.table").setFocus()
    hand.press(Qt.Key.Key_Return)
    hand.see("sheet.print")
    print_paper(scene)
    papers = sorted(scene.papers.glob("*.pdf"))
    if papers[-1].read_bytes() != papers[-2].read_bytes():
        raise NotSeen("la réimpression n’est pas la fiche remise")
    hand.picture("31-reimprimee")
    hand.window().close()


__all__ = ["OBJECTIVE", "PASSPHRASE", "Scene", "first_act", "second_act", "third_act"]
