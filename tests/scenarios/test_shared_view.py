"""The shared view in the real program: one enters it from the evaluation, and comes back with the passphrase only."""

from pathlib import Path

from tests.scenarios.conftest import PASSPHRASE, Open
from tests.scenarios.far_hand import FarHand
from tests.scenarios.test_interview import try_to_leave


def entered(enter: Open) -> FarHand:
    """On the first subject, from an evaluation just begun."""
    hand = enter()
    hand.find("perrin")
    hand.do("click", "rail.person.evaluation")
    hand.do("click", "kind.initiale")
    hand.do("click", "next")
    hand.do("click", "steps.with_person")
    hand.do("click", "with_person.share")
    hand.do("click", "shared.next")
    hand.do("see", "antecedents_vecu.changer")
    return hand


def test_the_person_answers_and_the_officer_comes_back_with_the_passphrase(enter: Open, folder: Path) -> None:
    hand = entered(enter)
    out = ("rail.persons", "rail.settings", "search", "steps", "next", "discretion")
    assert [name for name in out if hand.do("sees", name)] == []
    try_to_leave(hand)
    hand.do("see", "antecedents_vecu.changer")
    assert hand.do("idle_minutes") == 45
    hand.do("click", "antecedents_vecu.changer")
    hand.send("click", "shared.leave")
    hand.wait_for("ready")
    hand.do("read", "à la fin de l’entretien")
    hand.unlock(PASSPHRASE)
    assert hand.do("seat")["kind"] == "person.evaluation"
    assert hand.do("sees", "rail.persons")
    assert hand.do("sees", "antecedents_vecu"), "the officer is back where the person was, with what they said"


def test_a_wrong_passphrase_does_not_bring_the_officer_back(enter: Open, folder: Path) -> None:
    hand = entered(enter)
    hand.send("press", "L", True)
    hand.wait_for("ready")
    hand.do("fill", "identifier", "valbrune-07")
    hand.do("fill", "passphrase", "ce n’est pas la bonne phrase")
    hand.do("press", "Enter")
    hand.do("until_problem", "passphrase")
    assert not hand.do("sees", "rail.persons")
