"""« Je reçois monsieur Perrin, j’écris pendant qu’il parle, j’arrête la note et je fixe la suite. »"""

from tests.scenarios.conftest import PASSPHRASE, Open

SAID = "A commencé le code de la route, sa mère l’aide."


def test_an_interview_from_ctrl_e_to_the_next_appointment(enter: Open) -> None:
    with enter() as hand:
        hand.find("perrin")
        hand.do("press", "E", True)
        hand.do("see", "today")
        assert hand.do("seat")["kind"] == "interview"
        hand.do("fill", "today", SAID)
        hand.do("fill", "next_steps", "Il apporte l’attestation.")
        hand.do("click", "interview.next")
        hand.do("read", "Note arrêtée")
        hand.do("click", "interview.meeting")
        hand.do("fill", "hour", "10:30")  # proposed by day only: the test may run at night
        hand.do("click", "fact.write")
        hand.do("read", "Rendez-vous fixé")
        hand.do("click", "rail.person.timeline")
        hand.do("see", "timeline.table")
        hand.do("click", "rail.person.interviews")
        hand.do("see", "interviews.table")


def test_after_a_lock_the_note_is_there_to_the_last_word(enter: Open) -> None:
    with enter() as hand:
        hand.find("perrin")
        hand.do("press", "E", True)
        hand.do("see", "today")
        hand.do("fill", "today", SAID)
        seat = hand.do("seat")
        hand.send("press", "L", True)
        hand.wait_for("ready")
        hand.unlock(PASSPHRASE)
        assert hand.do("text", "today") == SAID
        again = hand.do("seat")
        assert (again["kind"], again["focus"], again["cursor"]) == ("interview", "today.editor", seat["cursor"])
