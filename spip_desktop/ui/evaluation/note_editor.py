"""The note: plain words, marks in the margin, a dotted line under the words already used."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextLine,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from spip_desktop.domain.evaluation import FindingKind, MarkKind, NoteMark
from spip_desktop.domain.note_marks import follow, settled, toggled
from spip_desktop.domain.text import clean
from spip_desktop.ui import spelling, theme
from spip_desktop.ui.editors import keep_to_itself, let_go_of_words, mark_frozen, mark_problem
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.positions import to_signs, to_units
from spip_desktop.ui.undo_steps import UndoSteps

MARK_ICONS = {MarkKind.WORDS: "own-words", MarkKind.KEEP: "star-full", MarkKind.AGAIN: "question-mark"}
#: Ctrl and a figure; the same keys without shift on a French keyboard.
_MARK_KEYS = {
    Qt.Key.Key_1: MarkKind.WORDS, Qt.Key.Key_Ampersand: MarkKind.WORDS,
    Qt.Key.Key_2: MarkKind.KEEP, Qt.Key.Key_Eacute: MarkKind.KEEP,
    Qt.Key.Key_3: MarkKind.AGAIN, Qt.Key.Key_QuoteDbl: MarkKind.AGAIN,
}  # fmt: skip
_MAKE_KEYS = {
    Qt.Key.Key_4: FindingKind.FACT, Qt.Key.Key_Apostrophe: FindingKind.FACT,
    Qt.Key.Key_5: None, Qt.Key.Key_ParenLeft: None,
    Qt.Key.Key_6: FindingKind.RESPONSIVITY,  # Ctrl+- makes the text smaller
}  # fmt: skip
_MARGIN = 24  # px at 100 %, left of the words: where the marks stand
_LINES, _MOST = 8, 18  # height at least and at most


class NoteEditor(QTextEdit):
    """Positions said and asked for are in signs of `text()`."""

    typed = Signal()
    marked = Signal()
    left = Signal()
    chosen = Signal(str)  # the words selected, or nothing
    bar_asked = Signal()  # Ctrl+Enter on selected words
    asked = Signal(object)  # FindingKind, or None for « un facteur »: a key was pressed on selected words

    def __init__(self, lines: int = _LINES) -> None:
        super().__init__()
        self._text, self._quiet, self._lines = "", False, lines
        self._steps = UndoSteps()
        self._marks: tuple[NoteMark, ...] = ()
        self._used: tuple[tuple[int, int], ...] = ()
        self.setAcceptRichText(False)
        keep_to_itself(self)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_changed)
        self.cursorPositionChanged.connect(spelling.rest)
        self.selectionChanged.connect(lambda: self.chosen.emit(self.words()))
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())

    # -- what it holds -----------------------------------------------------------------------------------------

    def text(self) -> str:
        """The words as typed, non-breaking spaces included (toPlainText would lose them)."""
        return self._text

    def set_note(self, text: str, marks: Sequence[NoteMark]) -> None:
        """Show a note without saying that it was typed; the cursor stays where it was in an unchanged text."""
        if text != self._text or not text:
            self._quiet = True
            self.setPlainText(text)
            self._dress()
            self._quiet = False
            self._text = text
        self._marks = settled(marks, text)
        self.viewport().update()

    def marks(self) -> tuple[NoteMark, ...]:
        return self._marks

    def set_used(self, spans: Sequence[tuple[int, int]]) -> None:
        """Draw a dotted line under these words (from, to): a finding was made of them."""
        self._used = tuple((to_units(self._text, start), to_units(self._text, end)) for start, end in spans)
        self.viewport().update()

    def select(self, first: int, last: int) -> None:
        """Choose the signs from one place to another, and bring them in sight."""
        cursor = self.textCursor()
        cursor.setPosition(to_units(self._text, first))
        cursor.setPosition(to_units(self._text, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def selection(self) -> tuple[int, int]:
        """The words selected, from where to where."""
        cursor = self.textCursor()
        return to_signs(self._text, cursor.selectionStart()), to_signs(self._text, cursor.selectionEnd())

    def words(self) -> str:
        start, end = self.selection()
        return self._text[start:end].strip()

    def place(self) -> int:
        return to_signs(self._text, self.textCursor().position())

    def set_place(self, signs: int) -> None:
        """Put the cursor there and bring it in sight."""
        cursor = self.textCursor()
        cursor.setPosition(to_units(self._text, min(signs, len(self._text))))
        self.setTextCursor(cursor)

    def toggle(self, kind: MarkKind) -> None:
        """Put a mark on the paragraph of the cursor, change it or take it off."""
        if self.isReadOnly():
            return
        self._marks = toggled(self._marks, self._text, self.place(), kind)
        self.viewport().update()
        self.marked.emit()

    def set_frozen(self, frozen: bool) -> None:
        """Without frame, to read and copy only."""
        self.setReadOnly(frozen)
        mark_frozen(self, frozen)

    def set_problem(self, problem: bool) -> None:
        mark_problem(self, problem)

    # -- typing ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key in _MARK_KEYS:
                self.toggle(_MARK_KEYS[key])
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.words():
                self.bar_asked.emit()
                return
            if key in _MAKE_KEYS and self.words():
                self.asked.emit(_MAKE_KEYS[key])
                return
        self._steps.before(event, self.document())
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste words only: no format, no control sign; markup stays as it is written."""
        self.insertPlainText(clean(source.text(), lines=True))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        return source.hasText()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spelling.show_menu(self, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        let_go_of_words(self, event)
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _on_changed(self) -> None:
        if self._quiet:
            return
        before, self._text = self._text, _raw(self)
        if self._text == before:
            return
        self._marks = follow(self._marks, before, self._text)
        self.viewport().update()
        self.typed.emit()

    # -- size and dress ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.current().chars(40), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().chars(16), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._dress()

    def _dress(self) -> None:
        """Line height, room for the marks, air between paragraphs; not an edit of the officer's."""
        worn, quiet = theme.current(), self._quiet
        self._quiet = True
        self.document().setUndoRedoEnabled(False)
        shape = QTextBlockFormat()
        shape.setLineHeight(worn.line("note"), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        shape.setBottomMargin(worn.px(6))
        shape.setLeftMargin(worn.px(_MARGIN))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(shape)
        self.document().setUndoRedoEnabled(True)
        self._quiet = quiet
        self._grow()

    def _height(self) -> int:
        worn = theme.current()
        line, around = worn.line("note"), worn.px(8) + worn.px(8) + 2
        wanted = round(self.document().size().height()) + worn.px(8) + 2
        return max(self._lines * line + around, min(wanted, _MOST * line + around))

    def _grow(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())
            self.updateGeometry()

    # -- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        spelling.underline(self, event.rect())
        painter = QPainter(self.viewport())
        painter.translate(0, -self.verticalScrollBar().value())
        self._paint_used(painter)
        self._paint_marks(painter)

    def _paint_marks(self, painter: QPainter) -> None:
        worn = theme.current()
        side = worn.px(14)
        for mark in self._marks:
            top = self._rect_of(self.document().findBlock(to_units(self._text, mark.start))).top()
            spot = QRect(worn.px(2), round(top) + (worn.line("note") - side) // 2, side, side)
            paint_icon(painter, MARK_ICONS[mark.kind], spot, worn.colour("accent"))

    def _paint_used(self, painter: QPainter) -> None:
        worn = theme.current()
        pen = QPen(worn.colour("accent"), worn.shape("evidence_underline"))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.01, 2])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        for start, end in self._used:
            block = self.document().findBlock(start)
            while block.isValid() and block.position() < end:
                self._paint_dots(painter, block, start - block.position(), end - block.position())
                block = block.next()

    def _paint_dots(self, painter: QPainter, block: QTextBlock, start: int, end: int) -> None:
        """The dotted line under the part of a paragraph that lies between two places in it."""
        top_left, layout = self._rect_of(block).topLeft(), block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if first < last:
                painter.drawLine(*(_below(line, place, top_left) for place in (first, last)))

    def _rect_of(self, block: QTextBlock) -> QRectF:
        return self.document().documentLayout().blockBoundingRect(block)


def _below(line: QTextLine, place: int, origin: QPointF) -> QPointF:
    """The point under a place of a line; PySide answers a pair, as Qt moves the place to a whole sign."""
    found: object = line.cursorToX(place)
    across = found[0] if isinstance(found, tuple) else found
    assert isinstance(across, float)
    return origin + QPointF(across, line.y() + line.height() - theme.current().px(2))


def _raw(editor: QTextEdit) -> str:
    """The document's own text: its line breaks as \\n, its non-breaking spaces kept."""
    return editor.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
