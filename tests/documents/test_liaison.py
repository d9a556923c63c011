"""« Fiche de liaison »: two pages at most, and what must be named is there whatever the room."""

from spip_desktop.documents import liaison
from tests.documents.liaison_samples import LONGEST, USUAL
from tests.documents.reading import one_line, pages, read_aloud
from tests.documents.samples import DAY


def test_the_usual_one_holds_on_one_page_and_says_what_is_urgent_first() -> None:
    content = liaison.render(USUAL, day=DAY, demo=False)
    assert len(pages(content)) == 1
    spoken = read_aloud(content)
    order = ("Fiche de liaison", "Ce qui est urgent", "La mesure et les dates", "Papiers transmis", "Reçu par")
    assert [spoken.index(one) for one in order] == sorted(spoken.index(one) for one in order)
    assert "DÉMONSTRATION" not in spoken


def test_the_longest_one_holds_on_two_pages_and_keeps_every_paper_under_seal() -> None:
    content = liaison.render(LONGEST, day=DAY, demo=True)
    assert len(pages(content)) == 2
    words = one_line(content)
    spoken = read_aloud(content)
    papers = spoken[spoken.index("Remis sur papier") : spoken.index("Sous pli fermé")]
    assert all(f"{number}. Marie-Antoinette" in papers for number in range(1, 9))
    assert words.count(", pour Marie-Antoinette") == 6
    assert "autres, dans le dossier" in words, "what has no room is said to be in the dossier"
    assert words.count("Date, signature") == 2


def test_the_control_without_a_limit_it_would_not_hold() -> None:
    assert LONGEST.within(20) == LONGEST, "all of it"
    assert LONGEST.within(3) != LONGEST
