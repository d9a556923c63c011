"""The same sheet as reportlab makes it by itself: platypus, its own form fields, its own QR code; no tags."""

from io import BytesIO
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from spip_desktop.documents.kit import fonts
from spip_desktop.domain.sheet import Answer, AnswerKind, Letterhead, SheetBlock, SheetContent

_MARGIN, _WIDE, _LINE = 40.0, 515.0, 16.0
for _name, _style in (("Plain", "Regular"), ("PlainBold", "Bold")):
    pdfmetrics.registerFont(TTFont(_name, str(fonts.main_path(_style))))
_TEXT = ParagraphStyle("text", fontName="Plain", fontSize=9, leading=12)
_HEAD = ParagraphStyle("head", parent=_TEXT, fontName="PlainBold", spaceBefore=6, spaceAfter=2)
_TITLE = ParagraphStyle("title", parent=_HEAD, fontSize=15, leading=18)


class _Field(Flowable):  # type: ignore[misc, unused-ignore]
    """A field of reportlab's: its fonts are those of the reader, and it fails on ’ and œ as a value."""

    def __init__(self, name: str, width: float, height: float, *, box: bool = False, many: bool = False) -> None:
        super().__init__()
        self.name, self.width, self.height, self.box, self.many = name, width, height, box, many

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        form: Any = self.canv.acroForm
        place = {"name": self.name, "tooltip": self.name, "x": 0, "y": 0, "relative": True, "borderWidth": 0.5}
        if self.box:
            form.checkbox(size=self.height, buttonStyle="cross", **place)
            return
        flags = "multiline" if self.many else ""
        form.textfield(width=self.width, height=self.height, fontSize=9, maxlen=400, fieldFlags=flags, **place)


class _Numbered(Canvas):  # type: ignore[misc, unused-ignore]
    """« page 1/2 »: the pages are kept until their number is known."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined, unused-ignore]

    def save(self) -> None:
        for number, page in enumerate(self._kept, 1):
            self.__dict__.update(page)
            self.setFont("Plain", 8)
            self.drawRightString(_MARGIN + _WIDE, 28, f"page {number}/{len(self._kept)}")
            super().showPage()
        super().save()


def render(sheet: SheetContent, number: str, code: str) -> bytes:
    """Front and back, to be filled in."""
    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title=sheet.title, lang="fr-FR", invariant=1)
    frame = Frame(_MARGIN, _MARGIN, _WIDE, A4[1] - 2 * _MARGIN, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build([*_front(sheet, number, code), PageBreak(), *_back(sheet, number, code)], canvasmaker=_Numbered)
    return out.getvalue()


def _front(sheet: SheetContent, number: str, code: str) -> list[Any]:
    story: list[Any] = [
        Paragraph(sheet.title, _TITLE),
        Paragraph(f"N° {number} Code de réponse {code}", _TEXT),
        Table([[_letterhead(sheet.sender), _letterhead(sheet.recipient)]], colWidths=[_WIDE / 2] * 2),
        Paragraph(sheet.asks_title, _HEAD),
        Paragraph("  ".join(f"[{'x' if one.ticked else ' '}] {one.label}" for one in sheet.asks), _TEXT),
        Paragraph(f"{sheet.objective_label} : {sheet.objective}", _TEXT),
        Paragraph(sheet.not_asked, _TEXT),
    ]
    for block in sheet.blocks:
        story += _block(block)
    signed = [["Date et signature de la personne", f"Date et signature : {sheet.referent}"]]
    return [*story, Paragraph(sheet.agreement_title, _HEAD), Paragraph(sheet.agreement, _TEXT), Table(signed)]


def _letterhead(part: Letterhead) -> list[Any]:
    return [Paragraph(part.heading, _TEXT), Paragraph(part.name, _HEAD), *(Paragraph(one, _TEXT) for one in part.lines)]


def _block(block: SheetBlock) -> list[Any]:
    sides = [[Paragraph(f"{one.label} : {one.sentence}", _TEXT) for one in side] for side in (block.left, block.right)]
    return [
        Paragraph(block.title, _HEAD),
        Table([[sides[0] or "", sides[1] or ""]], colWidths=[_WIDE / 2] * 2),
        *(Paragraph(one.sentence, _TEXT) for one in block.sentences),
    ]


def _back(sheet: SheetContent, number: str, code: str) -> list[Any]:
    answer = sheet.answer
    assert answer is not None
    scan = QrCodeWidget(code, barLevel="M")
    left, bottom, right, top = scan.getBounds()
    drawing = Drawing(54, 54, transform=[54 / (right - left), 0, 0, 54 / (top - bottom), 0, 0])
    drawing.add(scan)
    where = [Paragraph(f"À renvoyer avant le {answer.send_before}", _TEXT)]
    where += [Paragraph(one, _TEXT) for one in answer.send_to]
    head = [[where, Paragraph(f"Fiche n° {number}, code {code}", _HEAD), drawing]]
    story: list[Any] = [Paragraph(answer.title, _TITLE), Table(head, colWidths=[_WIDE / 2 - 30, _WIDE / 2 - 30, 60])]
    for place, part in enumerate(answer.parts, 1):
        story.append(Paragraph(part.title, _HEAD))
        for index, one in enumerate(part.answers, 1):
            story += _answer(one, f"r{place}_{index}")
    names = [[Paragraph(label, _TEXT), _Field(f"signe_{at}", 160, _LINE)] for at, label in enumerate(answer.signer, 1)]
    return [*story, Table(names, colWidths=[80, 200]), Spacer(1, 6), Paragraph(answer.foot, _TEXT)]


def _answer(answer: Answer, code: str) -> list[Any]:
    if answer.kind is AnswerKind.LINES:
        return [_Field(code, _WIDE, answer.count * 21, many=True)]
    if answer.kind is AnswerKind.BLANKS:
        cells = [
            cell
            for at, label in enumerate(answer.labels, 1)
            for cell in (Paragraph(label, _TEXT), _Field(f"{code}_{at}", 120, _LINE))
        ]
        return [Table([cells])]
    rows = []
    for at, label in enumerate(answer.labels, 1):
        line: Any = _Field(f"{code}_{at}", 260, _LINE) if label in answer.written else ""
        rows.append([_Field(f"{code}_c{at}", 10, 10, box=True), Paragraph(label, _TEXT), line])
    return [Table(rows, colWidths=[20, 180, 280])]
