"""Several papers as one print: a screen reader still hears each of them, in order, on its own pages."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from spip_desktop.documents.kit.joining import joined, one_sided
from tests.documents import reading
from tests.documents.catalogue import PAPERS

TITLE = "Bordereau de permanence"
NAMES = ("bordereau-permanence", "fiche", "fiche-neutre")


@pytest.fixture(scope="module")
def lot() -> bytes:
    return joined([PAPERS[name]() for name in NAMES], TITLE)


def heard(content: bytes, folder: Path) -> list[str]:
    """The words of the structure tree in its order, as poppler reads them."""
    path = folder / "heard.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True)
    lines = done.stdout.decode(errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip().startswith('"')]


def test_each_paper_is_a_part_with_all_its_elements_and_its_words(lot: bytes, tmp_path: Path) -> None:
    papers = [PAPERS[name]() for name in NAMES]
    assert reading.tags(lot) == ["Document", *(tag for one in papers for tag in ("Part", *reading.tags(one)[1:]))]
    every = [words for one in papers for words in heard(one, tmp_path)]
    assert len(every) > 100
    assert heard(lot, tmp_path) == every


def test_every_mark_of_a_page_leads_to_an_element_of_that_page(lot: bytes) -> None:
    with pikepdf.open(io.BytesIO(lot)) as pdf:
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        by_key = {int(key): of_key for key, of_key in zip(nums[::2], nums[1::2], strict=True)}
        assert list(by_key) == sorted(by_key)
        drawn = [page for page in pdf.pages if "/StructParents" in page.obj]
        assert len({int(page.obj.StructParents) for page in drawn}) == len(drawn), "no key twice"
        for page in drawn:
            for element in by_key[int(page.obj.StructParents)]:
                on = {element.Pg.objgen} if "/Pg" in element else set()
                kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
                on |= {kid.Pg.objgen for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Pg" in kid}
                assert page.obj.objgen in on


def test_it_says_its_title_and_language_and_nothing_of_anyone(lot: bytes) -> None:
    with pikepdf.open(io.BytesIO(lot)) as pdf:
        assert {str(key): str(value) for key, value in pdf.docinfo.items()} == {"/Title": TITLE}
        assert str(pdf.Root.Lang) == "fr-FR"
        assert bool(pdf.Root.MarkInfo.Marked)
    assert reading.unmarked(lot) == []


def test_it_is_sound_and_the_same_each_time(lot: bytes, tmp_path: Path) -> None:
    assert joined([PAPERS[name]() for name in NAMES], TITLE) == lot
    path = tmp_path / "lot.pdf"
    path.write_bytes(lot)
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_on_one_side_no_leaf_comes_out_blank(lot: bytes) -> None:
    """Of a printer of one side, the blank backs would be as many blank leaves."""
    with pikepdf.open(io.BytesIO(lot)) as pdf:
        every = [page.Contents.read_bytes() for page in pdf.pages]
    written = [words for words in every if words]
    assert len(every) == len(written) + 2, "the control: two papers of one page"
    kept = one_sided(lot)
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        assert [page.Contents.read_bytes() for page in pdf.pages] == written
        assert pdf.check_pdf_syntax() == []
    assert reading.tags(kept) == reading.tags(lot)
    assert one_sided(kept) is kept
