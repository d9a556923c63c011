"""Make resources/theme/fonts/ from Noto Sans: two static faces with the Latin signs Atkinson lacks.

Needs fontTools and fontpkg-noto-sans in an environment of its own (they are no dependency of the program):

    python tools/fallback_font.py
"""

from pathlib import Path
from typing import Any

import fontpkg_noto_sans  # type: ignore[import-not-found]
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Noto Sans Latin"
SOURCE = Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"
TARGET = Path(__file__).parent.parent / "resources" / "theme" / "fonts"
FACES = {"Regular": 400, "Bold": 700}
# Latin with its extensions, phonetic letters, marks, Greek, Cyrillic, general punctuation, letterlike signs.
RANGES = (
    (0x20, 0x7E), (0xA0, 0x52F), (0x1AB0, 0x1AFF), (0x1C80, 0x1C88), (0x1D00, 0x1FFF), (0x2000, 0x20CF),
    (0x2100, 0x218F), (0x2C60, 0x2C7F), (0xA640, 0xA69F), (0xA700, 0xA7FF), (0xAB30, 0xAB6F), (0xFB00, 0xFB06),
)  # fmt: skip
_BOX = [[(80, 0), (680, 0), (680, 600), (80, 600)], [(140, 60), (140, 540), (620, 540), (620, 60)]]
_CROSS = [
    [(205, 165), (245, 125), (380, 260), (515, 125), (555, 165), (420, 300), (555, 435), (515, 475), (380, 340),
     (245, 475), (205, 435), (340, 300)],
]  # fmt: skip
_TICK = [[(190, 300), (235, 345), (335, 235), (535, 480), (585, 440), (340, 140)]]
_ARROW = [[(90, 330), (90, 270), (560, 270), (420, 130), (465, 85), (680, 300), (465, 515), (420, 470), (560, 330)]]
Contours = list[list[tuple[int, int]]]


def _turned(contours: Contours, quarters: int) -> Contours:
    """The same shape after that many quarter turns to the left, about the middle of its cell."""
    for _ in range(quarters):
        contours = [[(380 - (y - 300), 300 + (x - 380)) for x, y in contour] for contour in contours]
    return contours


DRAWN: dict[int, Contours] = {
    0x2610: _BOX,
    0x2611: _BOX + _TICK,
    0x2612: _BOX + _CROSS,
    0x2713: _TICK,
    0x2714: _TICK,
    0x2717: _CROSS,
    0x2192: _ARROW,
    0x2191: _turned(_ARROW, 1),
    0x2190: _turned(_ARROW, 2),
    0x2193: _turned(_ARROW, 3),
}


def make(style: str, weight: int) -> Path:
    """One static face: an instance of the variable font, its Latin signs, the boxes and arrows drawn here."""
    font = instancer.instantiateVariableFont(TTFont(SOURCE), {"wght": weight, "wdth": 100})
    options = Options()
    options.layout_features = ["ccmp", "mark", "mkmk", "locl"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[sign for first, last in RANGES for sign in range(first, last + 1)])
    subsetter.subset(font)
    for sign, contours in DRAWN.items():
        _add(font, sign, contours)
    _name(font, style)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0xA0 if bold else 0xC0  # typographic metrics; bold or regular
    font["head"].macStyle = int(bold)
    font["head"].modified = font["head"].created  # the same bytes each time
    font.recalcTimestamp = False
    path = TARGET / f"NotoSansLatin-{style}.ttf"
    font.save(path)
    return path


def _add(font: Any, sign: int, contours: Contours) -> None:
    pen = TTGlyphPen(None)
    for contour in contours:
        pen.moveTo(contour[0])
        for point in contour[1:]:
            pen.lineTo(point)
        pen.closePath()
    name = f"uni{sign:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (760, min(x for contour in contours for x, _ in contour))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[sign] = name


def _name(font: Any, style: str) -> None:
    names = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"NotoSansLatin-{style}"}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
        font["name"].setName(text, number, 1, 0, 0)
    if "STAT" in font:
        del font["STAT"]


if __name__ == "__main__":
    for face_style, face_weight in FACES.items():
        print(make(face_style, face_weight).stat().st_size)
