"""Atkinson Hyperlegible on paper, and Noto Sans Latin for the signs it lacks."""

import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

from spip_desktop.paths import resource

UNKNOWN_SIGN = "[signe]"
# What French text uses beside ASCII: always in the first subset, so that every document embeds the same font file.
_USUAL = "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸ«»‘’“”–—…•·°€²³½×ºª§áíóúñãõåøßÁÍÓÚÑÅØìòšžŠŽčćČĆ"
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


class _Face(TTFontFace):  # type: ignore[misc, unused-ignore]
    """A font file that keeps its usual subset ready: cutting and packing it again took half of a sheet's time."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), validate=0)
        self._packed: dict[tuple[int, ...], tuple[int, bytes]] = {}

    def addSubsetObjects(self, doc: Any, fontname: str, subset: list[int]) -> Any:  # noqa: N802
        """As reportlab does, with the font file taken from the last ones packed."""
        length, packed = self._pack(tuple(subset))
        stream = pdfdoc.PDFStream()
        stream.content = packed
        stream.filters = []
        stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
        stream.dictionary["Length1"] = length
        descriptor = {
            "Type": "/FontDescriptor",
            "Ascent": self.ascent,
            "CapHeight": self.capHeight,
            "Descent": self.descent,
            "Flags": (self.flags & ~32) | 4,  # symbolic: the signs are numbered by us
            "FontBBox": pdfdoc.PDFArray(self.bbox),
            "FontName": pdfdoc.PDFName(fontname),
            "ItalicAngle": self.italicAngle,
            "StemV": self.stemV,
            "FontFile2": doc.Reference(stream, f"fontFile:{fontname}"),
            "MissingWidth": self.defaultWidth,
        }
        return doc.Reference(pdfdoc.PDFDictionary(descriptor), f"fontDescriptor:{fontname}")

    def _pack(self, subset: tuple[int, ...]) -> tuple[int, bytes]:
        if subset not in self._packed:
            if len(self._packed) > 8:
                self._packed.clear()
            content = self.makeSubset(list(subset))
            self._packed[subset] = (len(content), zlib.compress(content))
        return self._packed[subset]


class _Font(TTFont):  # type: ignore[misc, unused-ignore]
    """reportlab's font on our face: its own constructor would read the file with a face of its own."""

    def __init__(self, name: str, path: Path) -> None:
        self.fontName = name
        self.face = _Face(path)
        self.encoding = TTEncoding()
        self.state = WeakKeyDictionary()
        self._asciiReadable = 1
        self.shapable = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some signs in one face; width in thousandths of the size."""

    face: "Face"
    text: str
    units: float


class Face:
    """One of the four fonts: what it can draw, how wide, and its reportlab form."""

    def __init__(self, name: str, path: Path, usual: str = "") -> None:
        self.font: Any = _Font(name, path)
        pdfmetrics.registerFont(self.font)
        face: Any = self.font.face
        self.usual = [ord(sign) for sign in usual if ord(sign) in face.charToGlyph]
        self.signs: dict[str, float] = {chr(code): face.getCharWidth(code) for code in face.charToGlyph}
        self.space = Piece(self, " ", self.signs[" "])

    def has(self, text: str) -> bool:
        return self.signs.keys() >= set(text)  # sets are quicker than asking sign by sign

    def width(self, text: str) -> float:
        """In thousandths of the size."""
        return sum(map(self.signs.__getitem__, text))

    def parts(self, text: str, document: Any) -> list[tuple[str, bytes]]:
        """The text as (name of the font in the page, bytes to show)."""
        if document not in self.font.state:
            self._open(document)
        return [
            (self.font.getSubsetInternalName(subset, document), shown)
            for subset, shown in self.font.splitString(text, document)
        ]

    def _open(self, document: Any) -> None:
        """Number the usual signs first, always in the same order."""
        state: Any = TTFont.State(1, self.font)
        for offset, code in enumerate(self.usual):
            state.assignments[code] = 128 + offset
        if self.usual:
            state.subsets[0] += self.usual
            state.nextCode = 128 + len(self.usual)
        self.font.state[document] = state


@cache
def main_face(bold: bool) -> Face:
    """Atkinson Hyperlegible, read once."""
    style = "Bold" if bold else "Regular"
    return Face(f"Atkinson{style}", main_path(style), _USUAL)


def main_path(style: str) -> Path:
    """The font file of Atkinson Hyperlegible, « Regular » or « Bold »."""
    package = find_spec("fontpkg_atkinson_hyperlegible")
    if package is None or package.origin is None:
        raise FileNotFoundError("fontpkg_atkinson_hyperlegible")
    return Path(package.origin).parent / "files" / f"AtkinsonHyperlegible-{style}.ttf"


@cache
def spare_face(bold: bool) -> Face:
    """The wide-Latin fallback, read when a sign needs it."""
    style = "Bold" if bold else "Regular"
    return Face(f"Latin{style}", resource("theme", "fonts", f"NotoSansLatin-{style}.ttf"))


def pieces(text: str, bold: bool) -> tuple[Piece, ...]:
    """The text cut by font. A whole word goes to the fallback when it has one sign Atkinson lacks."""
    if not text:
        return ()
    main = main_face(bold)
    if main.has(text):
        return (Piece(main, text, main.width(text)),)
    spare = spare_face(bold)
    parts = [part for word in _split(text) for part in _faced(word, main, spare)]
    return tuple(Piece(face, part, face.width(part)) for face, part in parts)


def _split(text: str) -> Iterator[str]:
    """Words and the spaces between them, in order."""
    word = ""
    for sign in text:
        if sign in " \u00a0":
            if word:
                yield word
            yield sign
            word = ""
        else:
            word += sign
    if word:
        yield word


def _faced(word: str, main: Face, spare: Face) -> Iterator[tuple[Face, str]]:
    if main.has(word):
        yield main, word
    elif spare.has(word):
        yield spare, word
    else:
        for sign in clusters(word):
            yield (main if main.has(sign) else spare), sign


def clusters(text: str) -> list[str]:
    """The signs as a reader counts them: a letter with its marks, an emoji with what it is joined to."""
    found: list[str] = []
    for sign in text:
        follows = unicodedata.combining(sign) or sign in _JOINERS or "\U0001f3fb" <= sign <= "\U0001f3ff"
        if found and (follows or found[-1].endswith("\u200d")):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def drawable(text: str) -> str:
    """The text with « [signe] » in the place of each sign that no font has; nothing is dropped without a trace."""
    known = _known()
    if known.issuperset(text):
        return text
    return "".join(sign if _drawn(sign) else UNKNOWN_SIGN for sign in clusters(text))


def unknown_signs(text: str) -> tuple[str, ...]:
    """The signs of the text that paper cannot show, once each, in order: what a screen may warn about."""
    return tuple(dict.fromkeys(sign for sign in clusters(text) if not _drawn(sign)))


def _drawn(cluster: str) -> bool:
    return cluster == "\n" or main_face(False).has(cluster) or spare_face(False).has(cluster)


@cache
def _known() -> frozenset[str]:
    """What drawable() may let pass without a closer look: Atkinson's signs and line breaks."""
    return frozenset(main_face(False).signs) | {"\n"}
