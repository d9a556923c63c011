"""What draws: marked text, lines, boxes and shapes on A4 pages, points from the top left corner."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from spip_desktop.documents.kit import fonts, tags
from spip_desktop.documents.kit.fillable import Entry, EntryKind
from spip_desktop.documents.kit.text import Line

PAGE_WIDTH, PAGE_HEIGHT = A4
Rect = tuple[float, float, float, float]
rl_config.useA85 = 0  # streams in binary: a quarter smaller, and quicker than spelling them in ASCII


class Pen:
    """Draws on the current page and keeps the structure tree in step; every mark is content or artifact."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self._title = title
        size = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else A4
        self._height = size[1]
        self._buffer = BytesIO()
        name = fonts.main_face(False).font.fontName
        self._canvas: Any = Canvas(
            self._buffer, pagesize=size, pageCompression=1, invariant=1, initialFontName=name, lang="fr-FR"
        )
        self._root = tags.Node("Document")
        self._open = [self._root]
        self._page = 0
        self._marks = 0
        self._entries: list[Entry] = []

    def next_page(self) -> None:
        self._canvas.showPage()
        self._page += 1
        self._marks = 0

    def finished(self, outline: Sequence[tuple[int, str, int]] = ()) -> bytes:
        """The bytes of the document, the same for the same drawing; `outline` is (level, title, page from 1)."""
        self._canvas.save()
        pdf = tags.finish(self._buffer.getvalue(), self._root, self._title, self._entries)
        tags.bookmark(pdf, outline)
        out = BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()

    @contextmanager
    def group(self, tag: str | tags.Node) -> Iterator[tags.Node]:
        """An element that holds others; given an element, goes on inside it (a table over two pages)."""
        node = tag
        if isinstance(node, str):
            node = tags.Node(node)
        if node not in self._open[-1].kids:
            self._open[-1].kids.append(node)
        self._open.append(node)
        yield node
        self._open.pop()

    @contextmanager
    def content(self, tag: str, *, alt: str = "", bbox: Rect | None = None) -> Iterator[None]:
        """What is drawn inside is this new element."""
        turned = (bbox[0], self._height - bbox[3], bbox[2], self._height - bbox[1]) if bbox else None
        node = tags.Node(tag, alt=alt, bbox=turned)
        self._open[-1].kids.append(node)
        with self.inside(node):
            yield

    @contextmanager
    def inside(self, node: tags.Node) -> Iterator[None]:
        """What is drawn inside belongs to an element that is already in the tree."""
        node.kids.append((self._page, self._marks))
        self._write(f"/{node.tag} <</MCID {self._marks}>> BDC")
        self._marks += 1
        yield
        self._write("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is drawn inside is not read aloud: lines, repeated heads, page numbers."""
        self._write(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._write("EMC")

    def lines(self, lines: Sequence[Line], x: float, baseline: float, size: float, leading: float) -> None:
        for place, line in enumerate(lines, start=1):
            self.line(line, x, baseline, size, goes_on=place < len(lines))
            baseline += leading

    def line(self, line: Line, x: float, baseline: float, size: float, *, goes_on: bool = False) -> None:
        """One line of text; `baseline` in points from the top of the page.

        When the text `goes_on` below, a space is drawn too: read aloud, the two lines must not run together.
        """
        document = self._canvas._doc
        shown = [f"BT 1 0 0 1 {x:.2f} {self._height - baseline:.2f} Tm"]
        for piece in line.pieces:
            for font, signs in piece.face.parts(piece.text, document):
                shown.append(f"{font} {size:g} Tf ({_escaped(signs)}) Tj")
        if goes_on and not line.cut and line.pieces:
            shown.append("( ) Tj")
        shown.append("ET")
        self._write(" ".join(shown))

    def entry(self, entry: Entry, area: Rect) -> None:
        """A field to fill in over this area (left, top, right, bottom from the top of the page)."""
        left, top, right, bottom = area
        placed = replace(entry, page=self._page, rect=(left, self._height - bottom, right, self._height - top))
        self._entries.append(placed)
        if placed.kind is not EntryKind.HIDDEN:
            self._open[-1].kids.append(tags.Node("Form", kids=[placed]))

    def rule(self, x: float, y: float, width: float, thickness: float = 0.75) -> None:
        """A horizontal line, drawn as an artifact."""
        with self.artifact():
            y = self._height - y
            self._write(f"{thickness:g} w n {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def frame(self, x: float, y: float, width: float, height: float, thickness: float = 0.75) -> None:
        """The outline of a rectangle; the caller says what it belongs to."""
        self._write(f"{thickness:g} w {x:.2f} {self._height - y - height:.2f} {width:.2f} {height:.2f} re S")

    def cross(self, x: float, y: float, side: float) -> None:
        top, bottom = self._height - y, self._height - y - side
        strokes = f"{x:.2f} {top:.2f} m {x + side:.2f} {bottom:.2f} l {x:.2f} {bottom:.2f} m {x + side:.2f} {top:.2f} l"
        self._write(f"0.9 w n {strokes} S")

    def filled(self, rects: Sequence[Rect]) -> None:
        """Rectangles (x, y, width, height) as one black path."""
        path = " ".join(f"{x:.2f} {self._height - y - h:.2f} {w:.2f} {h:.2f} re" for x, y, w, h in rects)
        self._write(f"n {path} f")

    def _write(self, code: str) -> None:
        self._canvas._code.append(code)


_ESCAPES = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}
_BYTES = [_ESCAPES.get(byte, chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in range(256)]


def _escaped(signs: bytes) -> str:
    return "".join([_BYTES[byte] for byte in signs])
