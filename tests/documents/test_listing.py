"""A list over several pages: its head on each, the name of whom a row is about where a page begins."""

from spip_desktop.documents import listing
from tests.documents import reading, samples

_COLUMNS = [listing.Column("Personne"), listing.Column("Quoi", 3)]
_ROWS = [("Zoé MARTIN" if number == 0 else "", f"Ligne {number}") for number in range(90)]


def _pages(*, grouped: bool) -> list[str]:
    content = listing.render("Liste", _COLUMNS, _ROWS, day=samples.DAY, demo=False, grouped=grouped)
    return reading.pages(content)


def test_each_page_says_whose_rows_it_begins_with() -> None:
    first, *others = _pages(grouped=True)
    assert len(others) >= 2
    assert "suite" not in first
    for page in others:
        assert "Zoé MARTIN (suite) Ligne" in page, "once, with its head above"
        assert page.count("(suite)") == 1


def test_rows_that_stand_alone_take_nothing_from_the_page_before() -> None:
    _, *others = _pages(grouped=False)
    assert not any("MARTIN" in page for page in others)


def test_each_page_has_its_head_and_its_number() -> None:
    pages = _pages(grouped=True)
    for number, page in enumerate(pages, start=1):
        assert "Personne Quoi" in page
        assert f"page {number}/{len(pages)}" in page
