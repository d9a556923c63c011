"""The sheet: one page and its back whatever is typed, exactly what the value discloses, nothing neutral leaks."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spip_desktop.db import codec
from spip_desktop.documents import prescription
from spip_desktop.domain.sheet import NEUTRAL_WORDS, SheetContent, SheetField, leaks
from spip_desktop.domain.text import fold
from tests.documents import reading, samples
from tests.documents.catalogue import sheet, sheet_draft, sheet_neutral


def ready(content: SheetContent, *, demo: bool = False) -> bytes:
    return prescription.render(
        content, issued=samples.DAY, number=samples.NUMBER, code=samples.CODE, draft=False, demo=demo
    )


def test_front_and_back() -> None:
    pages = reading.pages(sheet())
    assert len(pages) == 2
    assert pages[0].startswith("DÉMONSTRATION, personne fictive Fiche de prescription")
    assert "DÉMONSTRATION, personne fictive" in pages[1]
    for page in pages:
        assert "7K3M-9QXD" in page
        assert "F7K 3QX" in page
        assert "Version 1, établie le 22/11/2026" in page


def test_blocks_come_in_the_order_of_a_counsellors_reading() -> None:
    front = reading.pages(sheet())[0]
    titles = ["Ce que nous vous demandons", *(block.title for block in samples.BLOCKS), "Accord de la personne"]
    places = [front.index(title) for title in titles]
    assert places == sorted(places)


def test_a_draft_says_so_and_cannot_be_signed() -> None:
    for page in reading.pages(sheet_draft()):
        assert "PROJET, ne pas remettre" in page
        assert "en attente" in page
        assert samples.CODE[:3] not in page
    front = reading.pages(sheet_draft())[0]
    assert "Bloc de signature imprimé quand la fiche est prête." in front
    assert "Date et signature" not in front
    assert "Projet du 22/11/2026" in front


def test_a_draft_never_prints_the_number_it_is_given() -> None:
    content = prescription.render(
        samples.SHEET, issued=samples.DAY, number=samples.NUMBER, code=samples.CODE, draft=True, demo=False
    )
    assert "7K3M" not in reading.text(content)


def test_a_ready_sheet_needs_its_number_its_code_and_its_date() -> None:
    for missing in ({"issued": None}, {"number": ""}, {"code": ""}):
        given = {"issued": samples.DAY, "number": samples.NUMBER, "code": samples.CODE} | missing
        with pytest.raises(ValueError, match="ready"):
            prescription.render(samples.SHEET, draft=False, demo=False, **given)  # type: ignore[arg-type]


def test_every_field_is_printed_and_no_code_is() -> None:
    printed = reading.one_line(sheet())
    for field in samples.SHEET.fields():
        for value in field.values:
            assert " ".join(value.split()) in printed
        assert field.label in printed
        assert field.code not in printed or field.code in ("bank", "engaged")


def test_the_longest_texts_keep_one_front_and_go_whole_to_the_annex() -> None:
    content = samples.longest(300)
    pages = reading.pages(ready(content))
    assert "Date et signature de la personne" in pages[0]
    assert content.objective.strip() in pages[0]
    assert "Retour de la mission locale" in pages[1]
    assert all("Annexe" in pages[2] and "7K3M-9QXD" in page for page in pages[2:3])
    annex = " ".join(pages[2:])
    for field in content.fields():
        assert f"fin de {field.code}" in annex
    tail = reading.one_line(ready(content), "-f", "3")
    for field in content.fields():
        assert " ".join(field.values[0].split()) in tail.replace("page 3/5", "")


def test_a_field_too_long_begins_on_the_front() -> None:
    blocks = tuple(
        replace(block, left=(replace(block.left[0], values=("mot " * 200,)), *block.left[1:]))
        if block.code == "person"
        else block
        for block in samples.BLOCKS
    )
    pages = reading.pages(ready(replace(samples.SHEET, blocks=blocks)))
    assert "suite en annexe, n° 1" in pages[0]
    assert "n° 1. La personne : Civilité, nom, prénom" in pages[2]
    assert pages[2].count("mot ") == 200
    assert len(pages) == 3


def test_a_draft_breaks_where_the_ready_sheet_will() -> None:
    content = samples.longest(120)
    draft = prescription.render(content, issued=samples.DAY, number="", code="", draft=True, demo=False)
    assert len(reading.pages(draft)) == len(reading.pages(ready(content)))
    assert reading.pages(draft)[0].count("en annexe, n°") == reading.pages(ready(content))[0].count("en annexe, n°")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=400), min_size=30, max_size=30))
def test_the_front_is_one_page_whatever_the_lengths(lengths: list[int]) -> None:
    sizes = iter(lengths)

    def sized(fields: tuple[SheetField, ...]) -> tuple[SheetField, ...]:
        return tuple(replace(one, values=(f"{one.code} {'œuvre ' * (next(sizes) // 6)}",)) for one in fields)

    blocks = tuple(
        replace(block, left=sized(block.left), right=sized(block.right), sentences=sized(block.sentences))
        for block in samples.BLOCKS
    )
    content = replace(samples.SHEET, blocks=blocks)
    pages = reading.pages(ready(content))
    assert "Date et signature de la personne" in pages[0]
    assert "Retour de la mission locale" in pages[1]
    wanted = sum(value.count("œuvre") for one in content.fields() for value in one.values)
    whole = " ".join(pages).count("œuvre")
    assert whole >= wanted


def test_a_neutral_sheet_says_nothing_of_where_it_comes_from() -> None:
    content = sheet_neutral()
    everything = fold(reading.text(content) + content.decode("latin-1"))
    assert len(reading.pages(content)) == 1
    for word in ("spip", "justice", "penitentiaire", "ecrou", "ppaip", "detention"):
        assert word not in everything
    assert leaks(samples.NEUTRAL) == ()


@pytest.mark.parametrize("word", NEUTRAL_WORDS)
def test_a_neutral_sheet_that_leaks_is_refused_once_ready(word: str) -> None:
    said = replace(samples.NEUTRAL, objective=f"Depuis l’{word.upper()}, je veux cuisiner.")
    assert leaks(said) == (word,)
    with pytest.raises(ValueError, match="neutral"):
        ready(said)
    assert leaks(replace(said, neutral=False)) == ()


def test_the_value_comes_back_from_the_store_as_it_was() -> None:
    kept = codec.to_json(samples.SHEET)
    assert codec.from_json(SheetContent, kept) == samples.SHEET
    assert ready(codec.from_json(SheetContent, kept)) == ready(samples.SHEET)
