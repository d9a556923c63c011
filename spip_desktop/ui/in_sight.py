"""The lines of a note that are in sight, their words, and the wave under one of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTextBlock, QTextLine
from PySide6.QtWidgets import QPlainTextEdit

from spip_desktop.domain.spelling import Span, words_of
from spip_desktop.ui import theme
from spip_desktop.ui.spelling import Editor

_WAVE = 2  # px at 100 %
#: Qt counts two places for a sign beyond the first plane.
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Seen:
    """A line in sight: what it says, where that begins in the whole text, where its block is drawn."""

    line: QTextLine
    text: str
    start: int
    origin: QPointF

    def words(self) -> Iterator[Span]:
        """Its words, placed in the whole text."""
        for one in words_of(self.text):
            yield Span(self.start + one.start, one.word)

    def wave(self, span: Span) -> QPainterPath:
        """What is drawn under one of them."""
        step = theme.current().px(_WAVE)
        shift = self.line.textStart() - self.start
        left, right = (self.origin.x() + _across(self.line, shift + place) for place in (span.start, span.end))
        base = self.origin.y() + self.line.y() + self.line.ascent() + step
        path = QPainterPath(QPointF(left, base))
        count = 1
        while left + count * step <= right:
            path.lineTo(left + count * step, base + (step if count % 2 else 0))
            count += 1
        return path


def lines_in(editor: Editor, clip: QRect) -> Iterator[Seen]:
    """The lines that a rectangle of the viewport shows."""
    block = editor.cursorForPosition(QPoint(0, clip.top())).block()
    while block.isValid():
        origin = _origin(editor, block)
        if origin.y() > clip.bottom():
            return
        layout, text = block.layout(), text_of(block)
        for number in range(_first_line(block, clip.top() - origin.y()), layout.lineCount()):
            line = layout.lineAt(number)
            if origin.y() + line.y() > clip.bottom():
                return
            start = line.textStart()
            yield Seen(line, text[start : start + line.textLength()], block.position() + start, origin)
        block = block.next()


def blocks_of(editor: Editor) -> Iterator[QTextBlock]:
    """Its paragraphs, first to last."""
    block = editor.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def text_of(block: QTextBlock) -> str:
    """The text of a paragraph, with a place for each that Qt counts."""
    return _BEYOND.sub("  ", block.text())


def pen_on(editor: Editor) -> QPainter:
    """What underlines in an editor."""
    painter = QPainter(editor.viewport())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.current().colour("alerte"), 1.3))
    return painter


def _first_line(block: QTextBlock, top: float) -> int:
    """The first line of a block that reaches below a height in it: found by halves, a paragraph may be long."""
    layout = block.layout()
    low, high = 0, layout.lineCount()
    while low < high:
        middle = (low + high) // 2
        line = layout.lineAt(middle)
        if line.y() + line.height() < top:
            low = middle + 1
        else:
            high = middle
    return low


def _origin(editor: Editor, block: QTextBlock) -> QPointF:
    """Where a block is drawn in the viewport."""
    if isinstance(editor, QPlainTextEdit):
        return editor.blockBoundingGeometry(block).translated(editor.contentOffset()).topLeft()
    top = editor.document().documentLayout().blockBoundingRect(block).topLeft()
    return top - QPointF(editor.horizontalScrollBar().value(), editor.verticalScrollBar().value())


def _across(line: QTextLine, place: int) -> float:
    """PySide answers a pair, as Qt moves the place to a whole sign."""
    found: object = line.cursorToX(place)
    across = found[0] if isinstance(found, tuple) else found
    assert isinstance(across, float)
    return across
