"""« Je le note ici, je le recopie dans APPI, si ça change on me le redit »: through the real program, opened twice."""

from tests.scenarios.conftest import Open
from tests.scenarios.far_hand import FarHand


def to_report(hand: FarHand) -> None:
    """The blocks of the person whose dossier is open."""
    hand.do("click", "rail.person.timeline")
    hand.do("click", "timeline.carrying")
    hand.do("see", "carrying.copy")


def note_email(hand: FarHand, text: str) -> None:
    hand.open_situation("perrin")
    hand.do("fill", "email", text)
    hand.do("wait", 2500)


def test_noted_copied_reported_and_told_again_when_it_changes(enter: Open) -> None:
    hand = enter()
    note_email(hand, "loic@exemple.fr")
    to_report(hand)
    hand.do("read", "loic@exemple.fr.")
    hand.do("press", "C")
    hand.do("read", "Le presse-papiers se vide dans 30 secondes.")
    hand.do("press", "R")
    hand.do("read", "Reporté dans APPI le")
    hand.do("read", "Rien à reporter.")
    hand.close()
    again = enter()
    again.find("perrin")
    to_report(again)
    assert again.do("reads", "Rien à reporter."), "what was said is kept"
    note_email(again, "loic.perrin@exemple.fr")
    to_report(again)
    again.do("read", "Modifié depuis le report du")
    again.do("read", "loic.perrin@exemple.fr.")
