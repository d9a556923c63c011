"""A text to read and to mask: the arrows go from word to word, Space masks the word or shows it, so does a click."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from spip_desktop.domain import dates
from spip_desktop.domain.held import HeldRecord, Passage
from spip_desktop.domain.word_mask import words_of
from spip_desktop.ui import theme
from spip_desktop.ui.editors import keep_to_itself
from spip_desktop.ui.text import HIDDEN_WORD, Discreet

Hidden = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A word on the screen: whose passage, which word of it, where it stands in the document."""

    key: str
    number: int
    start: int
    end: int


class MaskText(QTextEdit, Discreet):
    """What is masked stays readable here, dark; on the paper it is « [masqué] »."""

    changed = Signal(str, object)  # the key of a passage, the numbers of its hidden words

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        keep_to_itself(self)
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setMinimumHeight(theme.current().px(360))
        self._records: Sequence[HeldRecord] = ()
        self._hidden: dict[str, frozenset[int]] = {}
        self._words: list[_Place] = []
        self._at, self._frozen = 0, False

    def show_records(self, records: Sequence[HeldRecord], hidden: Hidden, *, frozen: bool) -> None:
        """The texts of a category; the cursor stays where it was while they are the same."""
        anew = records != self._records
        self._at = 0 if anew else self._at
        self._records, self._hidden, self._frozen = records, dict(hidden), frozen
        top = 0 if anew else self.verticalScrollBar().value()
        self._write()
        self.verticalScrollBar().setValue(top)

    def hidden_words(self, key: str) -> frozenset[int]:
        return self._hidden.get(key, frozenset())

    def current(self) -> str:
        """The key of the passage that the cursor is in, or nothing."""
        return self._words[self._at].key if self._words else ""

    def mask_passage(self, *, whole: bool) -> None:
        """Mask every word of the passage in hand, or none."""
        key = self.current()
        if key:
            numbers = frozenset(one.number for one in self._words if one.key == key)
            self._set(key, numbers if whole else frozenset())

    def set_hidden(self, hidden: bool) -> None:
        self.hidden = hidden
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: self._passage(1), Qt.Key.Key_Up: self._passage(-1),
            Qt.Key.Key_Home: -len(self._words), Qt.Key.Key_End: len(self._words),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Space and self._words:
            self._toggle(self._words[self._at])
        elif step is not None and self._words:
            self._move(step)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        at = self.cursorForPosition(event.position().toPoint()).position()
        found = next((n for n, one in enumerate(self._words) if one.start <= at <= one.end), None)
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = found
            self._toggle(self._words[found])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing is selected, nothing is dragged out."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._paint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._paint()

    # -- inside ----------------------------------------------------------------------------------------------

    def _passage(self, step: int) -> int:
        """How many words to the first of the next passage, or of the one before."""
        key = self.current()
        if step > 0:
            found = next((n for n in range(self._at, len(self._words)) if self._words[n].key != key), self._at)
            return found - self._at
        before = [n for n in range(self._at) if self._words[n].key != key]
        first = before[-1] if before else 0
        return next((n for n in range(first + 1) if self._words[n].key == self._words[first].key), 0) - self._at

    def _move(self, step: int) -> None:
        self._at = min(max(0, self._at + step), len(self._words) - 1)
        self._paint()
        self._see()

    def _see(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._words[self._at].start)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _toggle(self, word: _Place) -> None:
        self._set(word.key, self.hidden_words(word.key) ^ {word.number})

    def _set(self, key: str, numbers: frozenset[int]) -> None:
        if not self._frozen:
            self._hidden[key] = numbers
            self._paint()
            self.changed.emit(key, numbers)

    def _write(self) -> None:
        """The whole text anew: a day, then a label and its words."""
        self.clear()
        self._words = []
        if self.hidden:
            self.setPlainText(HIDDEN_WORD)
            return
        cursor = QTextCursor(self.document())
        worn = theme.current()
        small, bold = QTextCharFormat(), QTextCharFormat()
        small.setForeground(worn.colour("texte_2"))
        bold.setFont(worn.font("bold"))
        for number, record in enumerate(self._records):
            if number:
                cursor.insertText("\n", QTextCharFormat())
            if record.day:
                cursor.insertText(f"{dates.short(record.day)}\n", bold)
            for passage in record.passages:
                cursor.insertText(f"{passage.label}\u00a0: ", small)
                self._write_words(cursor, passage)
                cursor.insertText("\n", QTextCharFormat())
        self._at = min(self._at, max(0, len(self._words) - 1))
        self._paint()

    def _write_words(self, cursor: QTextCursor, passage: Passage) -> None:
        start = cursor.position()
        cursor.insertText(passage.words, QTextCharFormat())
        self._words += [
            _Place(passage.key, one.number, start + one.start, start + one.end) for one in words_of(passage.words)
        ]

    def _paint(self) -> None:
        """Masked words dark, the word in hand framed by the colour of the choice."""
        worn = theme.current()
        masked, here = QTextCharFormat(), QTextCharFormat()
        masked.setBackground(worn.colour("texte"))
        masked.setForeground(worn.colour("surface"))
        here.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        here.setBackground(worn.colour("choix"))
        here.setForeground(worn.colour("sur_choix"))
        shown = [self._marked(one, masked) for one in self._words if one.number in self.hidden_words(one.key)]
        if self._words and self.hasFocus():
            current = self._words[self._at]
            if current.number in self.hidden_words(current.key):
                here = QTextCharFormat(masked)
                here.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                here.setBackground(worn.colour("accent"))
                here.setForeground(worn.colour("sur_accent"))
            shown.append(self._marked(current, here))
            state = "masqué" if current.number in self.hidden_words(current.key) else "montré"
            self.setAccessibleDescription(f"{self._said(current)}, {state}")
        self.setExtraSelections(shown)

    def _said(self, word: _Place) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(word.start)
        cursor.setPosition(word.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _marked(self, word: _Place, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        marked = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(word.start)
        cursor.setPosition(word.end, QTextCursor.MoveMode.KeepAnchor)
        marked.cursor, marked.format = cursor, look
        return marked
