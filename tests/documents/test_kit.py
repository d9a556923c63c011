"""The kit: text exact, every sign drawn, tables one over many pages."""

import ast
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import spip_desktop.documents
from spip_desktop.documents import listing
from spip_desktop.documents.kit import fonts
from spip_desktop.documents.kit.flow import Block, Paragraph
from spip_desktop.documents.kit.look import Type, paper
from spip_desktop.documents.kit.marks import Option, ScanCode, Ticks
from spip_desktop.documents.kit.pages import Furniture, Paper
from spip_desktop.documents.kit.text import Span, broken, printable, quoted
from spip_desktop.domain.text import NBSP
from tests.documents import reading, samples

BODY = Type(9.75, 12.75)


def page_of(*blocks: Block) -> bytes:
    document = Paper("Essai")
    document.add(blocks, Furniture(margin=40, small=paper().foot, top=28))
    return document.rendered()


@pytest.mark.parametrize(
    "typed",
    [
        "Il a dit <non> à la mesure",
        '<img src="x.png"> et <img src=/etc/passwd>',
        "A&B &amp; &lt;script&gt; <b>jamais fermé",
        "(parenthèses) \\ antislash \\n %pour cent /Nom << >> BT ET",
        "« N’Diaye » — l’œuvre, 12 €, 1/2, n° 3…",
    ],
)
def test_markup_in_a_note_is_printed_sign_by_sign(typed: str) -> None:
    assert reading.one_line(page_of(Paragraph(typed, BODY))) == f"{typed} page 1/1"


@pytest.mark.parametrize(
    "name",
    [
        "Đặng Thị Hạnh",
        "İbrahim Şahin",
        "Ḥasan al-Ṭāhā",
        "Þórðr Ǿ",
        "Łukasz Žižka",
        "ʿAbd al-Ġanī",
        "vide ☐ plein ☑ ou ☒ bien ✓ vers → là",
        "Жан",
    ],
)
def test_a_name_of_any_latin_alphabet_is_drawn(name: str) -> None:
    assert fonts.unknown_signs(name) == ()
    for bold in (False, True):
        assert reading.one_line(page_of(Paragraph(Span(name, bold), BODY))) == f"{name} page 1/1"


def test_a_word_is_set_in_one_font() -> None:
    pieces = fonts.pieces("Ngô Hạnh", bold=False)
    assert [(piece.text, piece.face is fonts.main_face(False)) for piece in pieces] == [
        ("Ngô", True),
        (" ", True),
        ("Hạnh", False),
    ]


def test_a_sign_no_font_has_is_said_not_dropped() -> None:
    assert printable("Bon 👍🏽 travail 漢") == "Bon [signe] travail [signe]"
    assert fonts.unknown_signs("Bon 👍🏽 travail 👍🏽 漢") == ("👍🏽", "漢")


def test_control_signs_go_and_thin_spaces_stay_unbreakable() -> None:
    assert printable("a\u202e\x00b\u200bc 12\u202f000\u2011x\u00ad") == f"abc 12{NBSP}000-x"


@given(st.text(max_size=120))
def test_any_text_can_be_drawn(typed: str) -> None:
    text = printable(typed)
    assert printable(text) == text
    for part in text.split("\n"):
        pieces = fonts.pieces(part, bold=True)
        assert "".join(piece.text for piece in pieces) == part
        assert all(piece.face.has(piece.text) for piece in pieces)


@given(st.text(alphabet="abé ’-wĐ\u00a0\n", max_size=200), st.floats(min_value=30, max_value=500))
def test_lines_lose_no_word_and_stay_in_the_width(typed: str, width: float) -> None:
    lines = broken(typed, width, 10)
    assert all(line.units * 10 / 1000 <= width + 0.01 for line in lines)
    said = "".join(line.text + ("" if line.cut else " ") for line in lines)
    assert re.split("[ \n]+", said.strip(" \n")) == re.split("[ \n]+", printable(typed).strip(" \n"))


def test_words_are_quoted_once() -> None:
    assert quoted("Je veux") == f"«{NBSP}Je veux{NBSP}»"
    assert quoted("« Je veux »") == f"«{NBSP}Je veux{NBSP}»"
    assert quoted("« Oui » ou « non »") == f"«{NBSP}« Oui » ou « non »{NBSP}»"


def test_a_paragraph_over_two_pages_is_one_element() -> None:
    content = page_of(Paragraph("mot " * 2500, BODY))
    assert len(reading.pages(content)) > 1
    assert [node.marks for node in reading.nodes(content) if node.tag == "P"] == [len(reading.pages(content))]
    assert reading.one_line(content).count("mot") == 2500


def test_a_table_over_pages_is_one_table_whose_head_is_read_once() -> None:
    rows = [(f"Nom {place}", "12/02/2027") for place in range(120)]
    columns = [listing.Column("Nom"), listing.Column("Sortie")]
    content = listing.render("Liste", columns, rows, day=samples.DAY, demo=False)
    tags = reading.tags(content)
    assert (tags.count("Table"), tags.count("TR"), tags.count("TH"), tags.count("TD")) == (1, 121, 2, 240)
    assert [node.scope for node in reading.nodes(content) if node.tag == "TH"] == ["Column", "Column"]
    pages = reading.pages(content)
    assert len(pages) > 2
    assert all("Nom Sortie" in page for page in pages)
    assert "Aucune ligne." in reading.one_line(listing.render("Liste", columns, [], day=samples.DAY, demo=False))


def test_a_row_taller_than_a_page_is_cut_between_its_lines() -> None:
    rows = [("court", "x"), ("long " * 1500, "début"), ("fin", "y")]
    columns = [listing.Column("Texte", 3), listing.Column("Note")]
    content = listing.render("Liste", columns, rows, day=samples.DAY, demo=False)
    assert reading.one_line(content).count("long") == 1500
    assert reading.tags(content).count("TR") == 4


def test_a_box_is_said_and_its_words_stand_beside_it() -> None:
    content = page_of(Ticks([Option("oui", ticked=True), Option("non")], BODY))
    assert [node.alt for node in reading.nodes(content) if node.tag == "Figure"] == ["coché", "non coché"]
    assert "oui non" in reading.one_line(content)


def test_a_scan_code_is_one_figure_with_words() -> None:
    content = page_of(ScanCode("F7K3QX", 60, "Code QR de la fiche"))
    assert [node.alt for node in reading.nodes(content) if node.tag == "Figure"] == ["Code QR de la fiche"]


def test_french_spaces_in_what_the_papers_say() -> None:
    """A plain space before : ; ! ? » or after « would let a line break there."""
    folder = Path(next(iter(spip_desktop.documents.__path__)))
    loose = []
    for path in folder.glob("**/*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, _DOCUMENTED)}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if text not in docs and re.search(r" [:;!?»]|« ", text):
                loose.append((path.name, text))
    assert loose == []


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def test_laying_out_is_quick_enough_to_preview_while_typing() -> None:
    """A generous bound; benchmarks/ compares with LibreOffice."""
    page_of(Paragraph("chaud", BODY))
    started = time.perf_counter()
    page_of(*[Paragraph("Une ligne de texte ordinaire, avec des accents. " * 4, BODY) for _ in range(40)])
    assert time.perf_counter() - started < 0.5
