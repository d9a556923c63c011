"""Fields to fill in, over what is drawn: text, note or box, in the font of the page (ISO 32000-1, 12.7).

reportlab's own fields take fonts that are not embedded, and fail on ’ and œ: these are written with pikepdf.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from spip_desktop.documents.kit import fonts

ON = "Oui"
"""The state of a ticked box; the other is /Off."""
_FONT, _SIZE = "AH", 9.5
_LOOK = f"/{_FONT} {_SIZE} Tf 0 g"
_HIDDEN, _PRINTED = 2, 4  # annotation flags
_READ_ONLY, _MANY_LINES = 1, 1 << 12  # field flags


class EntryKind(Enum):
    LINE = "line"
    NOTE = "note"
    BOX = "box"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One field: its name (no dot), what is said of it aloud, where it stands (points from the bottom left).

    `limit` in signs, 0 for none; `value` is what a hidden one holds.
    """

    name: str
    kind: EntryKind
    said: str = ""
    page: int = 0
    rect: tuple[float, float, float, float] = (0, 0, 0, 0)
    limit: int = 0
    value: str = ""


def put_fields(pdf: Pdf, entries: Sequence[Entry]) -> dict[str, Object]:
    """Write the fields into their pages; each widget by the name of its field."""
    if not entries:
        return {}
    resources = Dictionary(Font=Dictionary({f"/{_FONT}": _font(pdf)}))
    pages = [page.obj for page in pdf.pages]
    made = {one.name: pdf.make_indirect(_widget(pdf, one, pages[one.page], resources)) for one in entries}
    for one in entries:
        if Name.Annots not in pages[one.page]:
            pages[one.page].Annots = Array()
        pages[one.page].Annots.append(made[one.name])
    pdf.Root.AcroForm = Dictionary(Fields=Array(made.values()), DR=resources, DA=String(_LOOK))
    return made


def _widget(pdf: Pdf, entry: Entry, page: Object, resources: Object) -> Object:
    made = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        Rect=Array([round(edge, 2) for edge in entry.rect]),
        T=String(entry.name),
        P=page,
        F=_HIDDEN if entry.kind is EntryKind.HIDDEN else _PRINTED,
    )
    if entry.said:
        made.TU = String(entry.said)
    if entry.kind is EntryKind.BOX:
        _make_box(pdf, made, entry)
        return made
    made.FT, made.V, made.DA = Name.Tx, String(entry.value), String(_LOOK)
    if entry.limit:
        made.MaxLen = entry.limit
    if entry.kind is EntryKind.NOTE:
        made.Ff = _MANY_LINES
    if entry.kind is EntryKind.HIDDEN:
        made.Ff = _READ_ONLY
    made.AP = Dictionary(N=_drawn(pdf, entry, b"/Tx BMC EMC", resources))
    return made


def _make_box(pdf: Pdf, made: Object, entry: Entry) -> None:
    left, bottom, right, top = entry.rect
    far_x, far_y = right - left - 1.8, top - bottom - 1.8
    cross = f"q 1.1 w 1.8 1.8 m {far_x:.2f} {far_y:.2f} l 1.8 {far_y:.2f} m {far_x:.2f} 1.8 l S Q".encode()
    on = {f"/{ON}": _drawn(pdf, entry, cross), "/Off": _drawn(pdf, entry, b"")}
    made.FT, made.V, made.AS = Name.Btn, Name.Off, Name.Off
    made.AP = Dictionary(N=Dictionary(on))


def _drawn(pdf: Pdf, entry: Entry, code: bytes, resources: Object | None = None) -> Object:
    left, bottom, right, top = entry.rect
    box = Array([0, 0, round(right - left, 2), round(top - bottom, 2)])
    stream = pdf.make_stream(code, Type=Name.XObject, Subtype=Name.Form, BBox=box)
    if resources is not None:
        stream.Resources = resources
    return stream


@cache
def _packed() -> tuple[int, bytes]:
    """The whole font file, packed once: a partner may type any of its signs."""
    content = fonts.main_path("Regular").read_bytes()
    return len(content), zlib.compress(content)


def _font(pdf: Pdf) -> Object:
    """Atkinson Hyperlegible in the encoding that every reader of PDF fills in with."""
    main = fonts.main_face(False)
    face, (length, packed) = main.font.face, _packed()
    signs = [bytes([code]).decode("cp1252", errors="replace") for code in range(32, 256)]
    program = pdf.make_stream(packed, Filter=Name.FlateDecode, Length1=length)
    name = Name("/AtkinsonHyperlegible-Regular")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,
        FontBBox=Array([round(edge) for edge in face.bbox]),
        ItalicAngle=0,
        Ascent=round(face.ascent),
        Descent=round(face.descent),
        CapHeight=round(face.capHeight),
        StemV=80,
        FontFile2=program,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=name,
            FirstChar=32,
            LastChar=255,
            Widths=Array([round(main.signs.get(sign, 0)) for sign in signs]),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )
