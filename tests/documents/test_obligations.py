"""The two papers of the obligations: facts for the judge on one page, plain words for the person, nothing in a cell."""

from collections.abc import Iterable
from datetime import date

import pytest

from spip_desktop.documents import obligation_state, own_obligations
from spip_desktop.domain.obligation_paper import ObligationState, OwnLine, OwnObligations, StateLine, StatePart
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.domain.text import fold
from spip_desktop.reference import load
from tests.documents.reading import one_line, pages, read_aloud

DAY = date(2026, 11, 22)
#: What a paper in a cell never says.
NEVER = ("victime", "partie civile", "soins", "infraction", "stage", "sursis", "probation", "peine", "arme", "bracelet")


def state(lines: int, facts: int = 1) -> ObligationState:
    every = tuple(
        StateLine(
            name=f"Travailler, étudier ou se former, {number}",
            number="132-45, 1°",
            precision="Sorties de 7 h à 15 h les jours de travail.",
            facts=("Justificatif jusqu’au 31/12/2026",) * facts,
        )
        for number in range(lines)
    )
    counted = (("Heures de sortie", ("Depuis le 20/10/2026 : lun-ven 7 h-16 h 30.",)),)
    part = StatePart(title="Sursis probatoire, du 02/07/2026 au 02/07/2028", lines=every, counted=counted)
    return ObligationState(
        person="Madame Martine BRÉAUD", born="02/02/1968", frame="Sursis probatoire", service="SPIP de Valbrune",
        prepared_by="Claire Vasseur", parts=(part,),
    )  # fmt: skip


def own(kept: CopyKept, lines: Iterable[OwnLine]) -> OwnObligations:
    return OwnObligations(
        person="Madame Martine BRÉAUD", day="dimanche 22 novembre 2026", kept=kept, lines=tuple(lines)
    )


def test_the_usual_state_holds_on_one_page() -> None:
    content = obligation_state.render(state(8, 2), day=DAY, demo=False)
    assert len(pages(content)) == 1
    words = one_line(content)
    assert "Madame Martine BRÉAUD, naissance le 02/02/1968" in words
    assert "sans appréciation" in words
    assert "DÉMONSTRATION" not in words


def test_the_shortest_and_the_longest_state() -> None:
    assert len(pages(obligation_state.render(state(1), day=DAY, demo=True))) == 1
    long = obligation_state.render(state(40, 4), day=DAY, demo=True)
    assert len(pages(long)) > 1
    assert one_line(long).count("Travailler, étudier ou se former,") == 40
    assert "page 1/" in one_line(long)


def test_both_papers_are_read_in_order_by_a_screen_reader() -> None:
    spoken = read_aloud(obligation_state.render(state(2), day=DAY, demo=False))
    assert spoken.index("État des obligations") < spoken.index("Ce qui est constaté") < spoken.index("Heures de sortie")
    lines = [OwnLine(title="Vos rendez-vous", words=("Venez à tous les rendez-vous.",))]
    spoken = read_aloud(own_obligations.render(own(CopyKept.HOME, lines), day=DAY, demo=False))
    assert spoken.index("Mes obligations") < spoken.index("Vos rendez-vous") < spoken.index("Venez à tous")


@pytest.mark.parametrize("count", [0, 1, 30])
def test_the_person_s_paper_whatever_its_length(count: int) -> None:
    lines = [OwnLine(title=f"Titre {number}", words=("Une phrase.", "Une autre.")) for number in range(count)]
    content = own_obligations.render(own(CopyKept.REGISTRY, lines), day=DAY, demo=False)
    assert one_line(content).count("Titre") == count
    assert "À consulter au greffe" in one_line(content)


def test_with_nothing_to_do_the_paper_says_so() -> None:
    page = one_line(own_obligations.render(own(CopyKept.CELL, ()), day=DAY, demo=True))
    assert "Rien à faire pour le moment." in page
    assert "Voici ce que vous avez à faire" not in page


def test_the_words_of_the_cell_tell_nothing_of_why() -> None:
    """Every sentence that the list lets into a cell, on one paper."""
    words = [one.text("cell") for one in load("obligations").entries if one.text("cell")]
    content = own_obligations.render(own(CopyKept.CELL, [OwnLine(title=one) for one in words]), day=DAY, demo=False)
    said = fold(one_line(content))
    assert [one for one in NEVER if fold(one) in said.split()] == []
    assert "Vous pouvez le garder" in one_line(content)
    assert "Mes obligations" not in one_line(content)
    # The control: the paper for the home says some of them.
    plain = [OwnLine(title=one.label, words=(one.text("plain"),)) for one in load("obligations").entries]
    home = fold(one_line(own_obligations.render(own(CopyKept.HOME, plain), day=DAY, demo=False)))
    assert {"soins", "stage", "arme"} <= set(home.split())


def test_every_obligation_is_said_in_plain_words() -> None:
    for one in load("obligations").entries:
        assert one.text("plain"), one.code
        assert all(len(sentence.split()) <= 26 for sentence in one.text("plain").split(". ")), one.code


@pytest.mark.parametrize("lines", range(12, 30))
def test_the_title_of_a_measure_is_never_left_alone_at_the_foot_of_a_page(lines: int) -> None:
    """A work that takes eight lines, wherever the page ends above it."""
    work = StatePart(title="Travail d’intérêt général, du 10/01/2026", counted=(("Heures de travail", ("Ligne",) * 8),))
    whole = state(lines)
    content = obligation_state.render(
        ObligationState(person=whole.person, parts=(*whole.parts, work)), day=DAY, demo=False
    )
    (page,) = (text for text in pages(content) if "du 10/01/2026" in text)
    assert "Heures de travail" in page.split("du 10/01/2026")[1]
