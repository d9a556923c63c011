"""What is typed wrong on the real pages: a sentence beside the cause, and nothing typed is lost."""

from pathlib import Path

import pytest

from tests.scenarios.conftest import Open
from tests.scenarios.far_hand import FarHand

DATES = {
    "29/02/2027": "n’existe pas",
    "31/04/2003": "n’existe pas",
    "31/04": "",
    "40/13/2000": "",
    "bientôt": "",
    "22/11/2031": "",
}
MARKUP = '<b>non</b> <img src="/etc/passwd"> &lt; & « oui »\n<script>'
PASTED = "Ana\u0000\u0007\u202eïs 😀\r\nB"


def away_and_back(hand: FarHand) -> None:
    """Another page, then the same dossier."""
    hand.do("click", "rail.persons")
    hand.do("see", "persons.new")
    hand.open_situation("perrin")


def reopened(hand: FarHand, enter: Open) -> FarHand:
    hand.close()
    again = enter()
    if not again.do("sees", "person.situation"):
        again.open_situation("perrin")
    return again


def test_an_empty_new_dossier_says_what_is_missing(enter: Open) -> None:
    with enter() as hand:
        hand.do("click", "rail.persons")
        hand.do("click", "persons.new")
        hand.do("click", "person.new.create")
        for field in ("birth_name", "first_names", "birth_date"):
            assert hand.do("problem", field), field
        assert hand.do("problem", "ecrou_number")
        assert hand.do("seat")["focus"] == "birth_name.editor"


def test_a_wrong_date_is_said_kept_and_shown_again(enter: Open) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        for typed, word in DATES.items():
            hand.do("fill", "birth_date", typed)
            hand.do("press", "Tab")
            said = hand.do("problem", "birth_date")
            assert said.endswith("."), typed
            assert word in said, said
            away_and_back(hand)
            assert hand.do("text", "birth_date") == typed
            assert hand.do("problem", "birth_date") == said
        with reopened(hand, enter) as again:
            assert again.do("text", "birth_date") == typed
            assert again.do("problem", "birth_date") == said
            again.do("fill", "birth_date", "3/4/04")
            again.do("press", "Tab")
            assert again.do("problem", "birth_date") == ""
            away_and_back(again)
            assert again.do("text", "birth_date") == "03/04/2004"


def test_a_wrong_date_on_a_new_dossier_stops_nothing_else(enter: Open) -> None:
    with enter() as hand:
        hand.do("click", "rail.persons")
        hand.do("click", "persons.new")
        for field, text in (("birth_name", "Martin"), ("first_names", "Zoé"), ("birth_date", "31/04/1999")):
            hand.do("fill", field, text)
        hand.do("fill", "ecrou_number", "23456")
        hand.do("click", "person.new.create")
        assert "n’existe pas" in hand.do("problem", "birth_date")
        hand.do("click", "rail.persons")
        hand.do("click", "persons.new")
        assert hand.do("text", "birth_name") == "Martin"
        assert hand.do("text", "birth_date") == "31/04/1999"
        hand.do("fill", "birth_date", "30/04/1999")
        hand.do("click", "person.new.create")
        hand.do("see", "person.situation")
        assert hand.do("text", "birth_name") == "Martin"


def test_an_end_before_its_start_is_said_and_kept(enter: Open) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("click", "addresses.add")
        hand.do("fill", "addresses.1.city", "Orsanne")
        hand.do("fill", "addresses.1.starts", "01/03/2026")
        hand.do("fill", "addresses.1.ends", "01/02/2026")
        hand.do("press", "Tab")
        hand.do("wait", 200)
        said = hand.do("problem", "addresses.1.ends") or hand.do("problem", "addresses.1.starts")
        assert said.endswith(".")
        with reopened(hand, enter) as again:
            if not again.do("sees", "addresses.1.ends"):
                again.do("click", "addresses.1.open")
            assert again.do("text", "addresses.1.city") == "Orsanne"
            assert again.do("text", "addresses.1.starts") == "01/03/2026"
            assert again.do("text", "addresses.1.ends") == "01/02/2026"
            assert again.do("problem", "addresses.1.ends") == said


def test_pasted_control_signs_go_and_emoji_stay(enter: Open) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "birth_place", "")
        hand.do("paste", PASTED)
        hand.do("fill", "resources", "")
        hand.do("paste", PASTED)
        with reopened(hand, enter) as again:
            assert again.do("text", "birth_place") == "Anaïs 😀 B"
            assert again.do("text", "resources") == "Anaïs 😀\nB"


def test_markup_in_a_note_and_in_a_name_is_only_words(enter: Open) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "resources", MARKUP)
        hand.do("fill", "usual_name", "<b>Perrin</b>")
        with reopened(hand, enter) as again:
            assert again.do("text", "resources") == MARKUP
            assert again.do("text", "usual_name") == "<b>Perrin</b>"
            again.do("click", "rail.person.synthese")
            assert again.do("reads", "<B>PERRIN</B>") or again.do("reads", "<b>Perrin</b>")


@pytest.mark.parametrize(("field", "text"), [("birth_name", "Wolfeschlegelsteinhausenbergerdorff " * 9)])
def test_too_long_a_name_is_said_and_kept(enter: Open, field: str, text: str) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", field, text)
        hand.do("press", "Tab")
        assert "signes au plus" in hand.do("problem", field)
        away_and_back(hand)
        assert hand.do("text", field).strip() == text.strip()
        with reopened(hand, enter) as again:
            assert again.do("text", field).strip() == text.strip()
            assert "signes au plus" in again.do("problem", field)


def test_a_very_long_note_is_kept_whole(enter: Open) -> None:
    text = "Il dit : « œuvrer ». " * 5_000
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "resources", "")
        hand.do("paste", text)
        with reopened(hand, enter) as again:
            assert again.do("text", "resources").replace("\u00a0", " ").strip() == text.strip()


def test_a_required_name_emptied_is_said_and_the_former_one_stays(enter: Open, folder: Path) -> None:
    with enter() as hand:
        hand.open_situation("perrin")
        hand.do("fill", "birth_name", "")
        hand.do("press", "Tab")
        assert hand.do("problem", "birth_name")
        with reopened(hand, enter) as again:
            assert again.do("text", "birth_name") == ""
            assert again.do("problem", "birth_name")
            again.find("perrin")
    assert folder.exists()
