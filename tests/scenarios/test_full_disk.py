"""The real window on a disk of 96 MiB filled to the last block: nothing is lost, the drive is named, a lock locks."""

from pathlib import Path

from tests.faults.filling import small_disk
from tests.scenarios.conftest import PASSPHRASE
from tests.scenarios.far_hand import FarHand

FIRST, SECOND = "Ce qui est écrit quand le disque est plein. ", "Puis quand il n’y a plus rien du tout. "


def paste(hand: FarHand, text: str) -> None:
    """In place of what the field holds."""
    hand.do("fill", "resources", "")
    hand.do("paste", text)


def test_a_full_disk_loses_nothing_and_does_not_keep_the_window_open(folder: Path, tmp_path: Path) -> None:
    place, home = tmp_path / "small", tmp_path / "home"
    place.mkdir()
    with FarHand(place / "store", home, watched_by=small_disk(place, folder)) as hand:
        hand.unlock(PASSPHRASE)
        hand.open_situation("perrin")
        hand.do("fill", "resources", "avant")
        hand.do("wait", 2_500)

        # Full: the room kept for that day is given back, and the text is saved all the same.
        hand.do("fill_disk", str(place))
        paste(hand, FIRST * 60)
        hand.do("wait", 2_500)
        assert hand.do("reads", "Enregistré à")

        # Not a block any more: the drive is named, another medium is offered, and the text stays.
        hand.do("fill_disk", str(place))
        text = SECOND * 300
        paste(hand, text)
        hand.do("wait", 2_500)
        assert hand.do("reads", "Non enregistré")
        assert hand.do("reads", f"Le disque {place} est plein")
        assert "Copier sur un autre support" in hand.do("labels")

        # A lock locks, and says what it could not save; the words come back with the officer.
        hand.send("press", "L", True)
        hand.wait_for("ready")
        hand.do("read", "votre dernier texte est gardé à part")
        hand.do("empty_disk", str(place))
        hand.unlock(PASSPHRASE)
        hand.do("see", "person.situation")
        assert hand.do("reads", "c’est remis à sa place")
        assert hand.do("text", "resources") == text
        hand.do("wait", 2_500)
        hand.close()
