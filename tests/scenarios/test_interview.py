"""« Mode entretien »: one person and nothing else of the window, 45 minutes, and the passphrase to come back."""

from pathlib import Path

import pytest

from tests.scenarios.conftest import PASSPHRASE, Open
from tests.scenarios.far_hand import FarHand


@pytest.fixture
def hand(enter: Open) -> FarHand:
    """The program on the evaluation of a person."""
    made = enter()
    made.find("perrin")
    made.do("click", "rail.person.evaluation")
    assert made.do("seat")["kind"] == "person.evaluation"
    return made


def begin(hand: FarHand) -> None:
    hand.do("press", "M", True)
    hand.do("see", "interview")


def try_to_leave(hand: FarHand) -> None:
    """Everything a hand left alone with the keyboard and the mouse may try."""
    hand.do("press", "K", True)
    hand.do("type", "perrin")
    hand.do("press", "Enter")
    for key in ("F4", "F1", "F9"):
        hand.do("press", key)


def test_everything_else_is_within_reach_before(hand: FarHand) -> None:
    """The control: the same keys do leave the page when no interview is going on."""
    assert hand.do("sees", "rail.persons")
    try_to_leave(hand)
    assert hand.do("seat")["kind"] != "person.evaluation"


def test_nothing_else_of_the_window_is_within_reach(hand: FarHand) -> None:
    begin(hand)
    here = hand.do("seat")
    try_to_leave(hand)
    assert hand.do("seat")["kind"] == here["kind"] == "person.evaluation"
    out = ("rail.persons", "rail.partners", "rail.prescriptions", "rail.settings", "rail.person.situation", "search")
    assert [name for name in out if hand.do("sees", name)] == []
    assert hand.do("discretion")
    hand.do("click", "rail.person.pacep")
    seat = hand.do("seat")
    assert (seat["kind"], seat["id"]) == ("person.pacep", here["id"])


def test_it_begins_on_the_evaluation_from_any_page_of_the_person(enter: Open) -> None:
    hand = enter()
    hand.find("perrin")
    begin(hand)
    assert hand.do("seat")["kind"] == "person.evaluation"


def test_the_note_of_the_day_is_typed_meanwhile_and_the_others_are_not_shown(hand: FarHand) -> None:
    begin(hand)
    hand.do("press", "E", True)
    note = hand.do("seat")
    assert (note["kind"], note["focus"]) == ("interview", "since_last.editor")
    hand.do("type", "Il a signé son contrat.")
    try_to_leave(hand)
    assert hand.do("seat")["id"] == note["id"]
    assert [name for name in ("interview.bin", "interviews.table") if hand.do("sees", name)] == []
    hand.do("click", "rail.person.evaluation")
    assert hand.do("seat")["kind"] == "person.evaluation"
    hand.do("click", "rail.person.interviews")
    assert hand.do("seat")["id"] == note["id"]


def test_from_the_notes_it_begins_on_the_note_of_the_day(hand: FarHand) -> None:
    hand.do("click", "rail.person.interviews")
    assert hand.do("seat")["kind"] == "person.interviews"
    begin(hand)
    assert hand.do("seat")["kind"] == "interview"


def test_without_an_open_dossier_it_says_what_to_do(enter: Open) -> None:
    hand = enter()
    hand.do("press", "M", True)
    hand.do("read", "Ouvrez d’abord le dossier")
    assert not hand.do("sees", "interview")


def test_one_comes_back_with_the_passphrase_only(hand: FarHand, folder: Path) -> None:
    begin(hand)
    hand.send("click", "interview.leave")
    hand.wait_for("ready")
    hand.do("read", "à la fin de l’entretien")
    hand.unlock(PASSPHRASE)
    assert hand.do("seat")["kind"] == "person.evaluation"
    assert hand.do("sees", "rail.persons")
    assert not hand.do("sees", "interview")


def test_the_same_keys_end_it(hand: FarHand) -> None:
    begin(hand)
    hand.send("press", "M", True)
    hand.wait_for("ready")
    hand.do("read", "à la fin de l’entretien")


def test_it_locks_after_forty_five_minutes(hand: FarHand) -> None:
    assert hand.do("idle_minutes") == 5
    begin(hand)
    assert hand.do("idle_minutes") == 45
    hand.do("press", "Plus", True)  # another text size: the settings are worn again
    assert hand.do("idle_minutes") == 45
    hand.do("set_idle", 300)
    hand.wait_for("ready")
    hand.do("read", "après 45\u00a0minutes sans activité")
