"""The PDF to fill in, as others read it: poppler, pdfium, pdf.js and pypdf show its fields, fill them and save them."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Name, Pdf

from spip_desktop.documents import prescription
from spip_desktop.domain.filled_form import IDENTITY, line_of, names_of
from spip_desktop.domain.sheet import NEUTRAL_WORDS, telling
from spip_desktop.domain.sheet_answer import fields_of
from spip_desktop.exchange import filled_form
from tests import form_fixtures as forms
from tests.documents import samples
from tests.documents.reading import nodes, one_line
from tests.rigs import pdfjs

NAMES = names_of(fields_of(samples.ANSWER))


def said(filled: bytes) -> dict[str, str]:
    values = filled_form.read(filled)
    assert values.pop(IDENTITY) == line_of(forms.IDENTITY)
    return {name: value for name, value in values.items() if value not in ("", "Off")}


#: What is read back of TYPED, whoever filled it in.
READ = {name: "Oui" if value is True else value for name, value in forms.TYPED.items()}


# -- filled in by others -------------------------------------------------------------------------------------


def test_pdf_js_shows_every_field_and_saves_accents(tmp_path: Path) -> None:
    filled, seen = pdfjs.fill(forms.form(), forms.TYPED, tmp_path)
    assert set(seen) == NAMES | {IDENTITY}
    assert {name: value.replace("\r", "\n") for name, value in said(filled).items()} == READ
    words = one_line(filled)
    for typed in ("Présente à l’heure", "garçon, œuvre, Œdème, 12 €", "Zoé Le Goff-N’Diaye", "12/01/2027"):
        assert typed in words, "poppler draws what pdf.js wrote"


def test_pypdf_fills_it_in_too() -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(forms.form()))
    values = {name: "/Oui" if value is True else str(value) for name, value in forms.TYPED.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    out = BytesIO()
    writer.write(out)
    assert {name: value.replace("\r", "\n") for name, value in said(out.getvalue()).items()} == READ
    assert "garçon, œuvre, Œdème, 12 €" in one_line(out.getvalue())


def test_pdfium_finds_a_field_at_the_place_of_each_and_draws_what_is_typed(tmp_path: Path) -> None:
    content = forms.form()
    filled, _ = pdfjs.fill(content, forms.TYPED, tmp_path)
    with Pdf.open(BytesIO(content)) as pdf:
        rects = {str(one.T): [float(edge) for edge in one.Rect] for one in pdf.Root.AcroForm.Fields}
    empty, written = _drawn(content), _drawn(filled)
    document = pypdfium2.PdfDocument(content)
    assert document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM
    document.init_forms()
    page = document[0]
    for name in NAMES:
        x, y = (rects[name][0] + rects[name][2]) / 2, (rects[name][1] + rects[name][3]) / 2
        kind = pdfium.FPDFPage_HasFormFieldAtPoint(document.formenv, page, x, y)
        assert kind == (pdfium.FPDF_FORMFIELD_CHECKBOX if "_c" in name else pdfium.FPDF_FORMFIELD_TEXTFIELD), name
        changed = _ink(written, rects[name]) - _ink(empty, rects[name])
        assert (changed > 0) == (name in forms.TYPED), f"{name}: what was typed shows in its place, nothing elsewhere"


def _drawn(content: bytes) -> bytes:
    """The first page in grey, a point a pixel, with its fields."""
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    bitmap = document[0].render(scale=1, grayscale=True, may_draw_forms=True, optimize_mode=None)
    rows = [bytes(bitmap.buffer)[row * bitmap.stride :][: bitmap.width] for row in range(bitmap.height)]
    return b"".join(rows)


def _ink(page: bytes, rect: list[float], width: int = 596, height: int = 842) -> int:
    """How dark the place of a field is, its outline left out."""
    left, bottom, right, top = (round(edge) for edge in rect)
    rows = range(height - top + 2, height - bottom - 2)
    return sum(255 - sign for row in rows for sign in page[row * width + left + 3 : row * width + right - 3])


# -- what it is made of --------------------------------------------------------------------------------------


def test_every_field_has_a_name_said_aloud_and_its_place_in_the_structure() -> None:
    content = forms.form()
    pdf = Pdf.open(BytesIO(content))
    fields = {str(one.T): one for one in pdf.Root.AcroForm.Fields}
    assert fields.keys() == NAMES | {IDENTITY}
    for name in NAMES:
        assert len(str(fields[name].TU)) > 3, name
        assert "/StructParent" in fields[name], name
    assert sum(node.tag == "Form" for node in nodes(content)) == len(NAMES)
    assert fields["r2_1_c1"].TU == "Suite donnée\u00a0: accompagnement commencé"
    assert int(fields["r6_1"].MaxLen) == 285


def test_its_fonts_are_all_inside_even_the_one_partners_type_with() -> None:
    pdf = Pdf.open(BytesIO(forms.form()))
    font = next(iter(pdf.Root.AcroForm.DR.Font.values()))
    assert font.FontDescriptor.FontFile2 is not None
    assert font.Encoding == Name.WinAnsiEncoding
    used = [one for page in pdf.pages for one in page.obj.Resources.Font.values() if "/FontDescriptor" in one]
    assert all("/FontFile2" in one.FontDescriptor for one in used)


def test_it_says_nothing_of_the_person() -> None:
    words = one_line(forms.form())
    assert samples.SHEET.answer is not None
    asked = {samples.SHEET.answer.send_before}
    told = {one for field in samples.SHEET.fields() for one in field.values if len(one) > 6} - asked
    assert told, "the control: the sheet itself tells"
    assert not {one for one in told if one in words}
    assert samples.SHEET.objective not in words


@pytest.mark.parametrize("word", ["fields", "metadata"])
def test_a_neutral_form_tells_of_no_service_nor_justice(word: str) -> None:
    assert samples.NEUTRAL.neutral
    answer = samples.SHEET.answer
    assert answer is not None
    neutral = replace(
        samples.NEUTRAL,
        answer=replace(answer, send_to=("À remettre à la personne",), foot="Ce bilan pourra être lu par la personne."),
    )
    content = forms.form(neutral)
    pdf = Pdf.open(BytesIO(content))
    if word == "fields":
        fields = list(pdf.Root.AcroForm.Fields)
        told = [str(one.get(key, "")) for one in fields for key in ("/T", "/TU", "/V")]
    else:
        told = [str(value) for value in pdf.docinfo.values()] + [bytes(pdf.Root.Metadata.read_bytes()).decode()]
    assert telling([*told, one_line(content)]) == ()
    assert telling(["fiche du spip"]) == ("spip",), f"the control: {len(NEUTRAL_WORDS)} words are looked for"


def test_the_whole_sheet_may_be_filled_in_too_and_a_paper_has_no_field() -> None:
    given = {"issued": samples.DAY, "number": forms.NUMBER, "code": forms.CODE, "draft": False, "demo": True}
    whole = prescription.render(samples.SHEET, **given, identity=line_of(forms.IDENTITY))  # type: ignore[arg-type]
    assert filled_form.read(whole).keys() == NAMES | {IDENTITY}
    assert "/AcroForm" not in Pdf.open(BytesIO(prescription.render(samples.SHEET, **given))).Root  # type: ignore[arg-type]
