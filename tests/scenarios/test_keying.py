"""A CPIP comes back from the parloir with the trame d'entretien full of notes, and keys it in by the keyboard alone."""

from datetime import date
from pathlib import Path

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.evaluation import EvaluationKind, FieldState
from spip_desktop.domain.ids import Ids
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.unlock import Entrance, lock
from spip_desktop.wiring import Services, make_services
from tests.scenarios.conftest import PASSPHRASE, Open

_MOST = 60  # Tabs to the button of the head: more would be a ring that leads nowhere


def opened(folder: Path) -> Services:
    clock = Clock()
    entry = Entrance(folder, clock, Ids(clock), cost=lambda: FLOOR).unlock("valbrune-07", PASSPHRASE)
    return make_services(entry.context)


def test_a_full_evaluation_is_keyed_in_from_its_paper_by_the_keyboard_alone(enter: Open, folder: Path) -> None:
    services = opened(folder)
    person = services.persons.search("perrin")[0].id
    start = Start(kind=EvaluationKind.INITIAL, interview_on=date(2026, 11, 20))
    evaluation = services.evaluations.draft.start(person, start)
    guide = services.evaluations.guide.guide(evaluation)  # the paper that was printed, with its code
    lock(services.context)

    hand = enter()
    hand.do("press", "K", True)
    hand.do("type", guide.code)
    hand.do("press", "Enter")
    for block in guide.blocks:
        hand.do("read", f"bloc {block.number} sur {len(guide.blocks)}")
        hand.do("type", f"Bloc {block.number}, à l’encre.")
        if block.ticks:
            hand.do("press", "Tab")
            hand.do("press", "Space")
        hand.do("press", "PageDown", True)
    for _ in range(_MOST):
        if hand.do("seat")["focus"] == "next":
            break
        hand.do("press", "Tab")
    assert hand.do("seat")["focus"] == "next"
    hand.do("press", "Space")
    assert not hand.do("sees", "keying.leave")
    hand.close()

    services = opened(folder)
    view = services.evaluations.reading.view(evaluation)
    for block in guide.blocks:
        field = view.fields[block.step].value
        assert field.note == f"Bloc {block.number}, à l’encre."
        assert field.state is FieldState.PARTIAL
    assert view.fields["accueil"].value.answers["accueil_role"] == "oui"
    lock(services.context)
