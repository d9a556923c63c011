"""Every paper says, in order, what was reviewed; each one is drawn, marked and described as the house wants."""

from io import BytesIO
from itertools import pairwise

import pytest
from pikepdf import Pdf

from tests.documents import reading
from tests.documents.catalogue import PAPERS, REFERENCES, described


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_was_reviewed(name: str) -> None:
    reviewed = (REFERENCES / f"{name}.txt").read_text(encoding="utf-8")
    assert described(PAPERS[name]()) == reviewed, "see tests/references/documents/README.md"


def test_no_reviewed_text_is_left_without_its_paper() -> None:
    assert {path.stem for path in REFERENCES.glob("*.txt")} == set(PAPERS)


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_values_give_the_same_bytes(name: str) -> None:
    assert PAPERS[name]() == PAPERS[name]()


@pytest.mark.parametrize("name", PAPERS)
def test_everything_drawn_is_an_element_or_an_artifact(name: str) -> None:
    assert reading.unmarked(PAPERS[name]()) == []


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_tagged_french_and_signed_by_nobody(name: str) -> None:
    content = PAPERS[name]()
    pdf = Pdf.open(BytesIO(content))
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "fr-FR"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert list(pdf.trailer.Info.keys()) == ["/Title"]
    assert all(int(page.obj.StructParents) == place for place, page in enumerate(pdf.pages))
    described_by = bytes(pdf.Root.Metadata.read_bytes()).decode()
    for word in ("PERRIN", "Vasseur", "SPIP", "ReportLab", "pikepdf", "2026"):
        assert word not in described_by
        assert word not in str(pdf.trailer.Info.Title)


@pytest.mark.parametrize("name", PAPERS)
def test_every_font_shown_is_in_the_file(name: str) -> None:
    for page in Pdf.open(BytesIO(PAPERS[name]())).pages:
        for font in page.Resources.Font.values():
            assert "/FontFile2" in font.FontDescriptor


@pytest.mark.parametrize("name", PAPERS)
def test_headings_go_down_one_step_at_a_time(name: str) -> None:
    levels = [int(tag[1]) for tag in reading.tags(PAPERS[name]()) if tag[0] == "H" and tag[1:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PAPERS)
def test_pages_are_numbered(name: str) -> None:
    pages = reading.pages(PAPERS[name]())
    for place, page in enumerate(pages, start=1):
        assert f"page {place}/{len(pages)}" in page
