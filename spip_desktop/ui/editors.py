"""The bare editors inside the fields: a line, a note that grows, a list to choose from."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QStyledItemDelegate, QTextEdit, QWidget

from spip_desktop.domain.text import clean
from spip_desktop.ui import spelling, theme
from spip_desktop.ui.buttons import paint_frame
from spip_desktop.ui.icons import paint_icon
from spip_desktop.ui.text import natural_width
from spip_desktop.ui.undo_steps import UndoSteps

#: How a QTextDocument writes the end of a paragraph and of a line within one.
_LINE_BREAKS = str.maketrans({"\u2029": "\n", "\u2028": "\n"})


def mark_problem(widget: QWidget, problem: bool) -> None:
    """Give a control of the stylesheet its `alerte` outline, or take it back."""
    _set_flag(widget, "problem", problem)


def mark_frozen(widget: QWidget, frozen: bool) -> None:
    """Take the frame off what is only read."""
    _set_flag(widget, "frozen", frozen)


def _set_flag(widget: QWidget, name: str, value: bool) -> None:
    if bool(widget.property(name)) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def keep_to_itself(widget: QWidget) -> None:
    """What is typed about someone is not learnt by the dictionaries of keyboards."""
    hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    widget.setInputMethodHints(widget.inputMethodHints() | hints)


def let_go_of_words(note: QPlainTextEdit | QTextEdit, event: QMouseEvent) -> None:
    """Before a press is heard: words that are selected would be dragged out of the program, to any other one."""
    if event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier:
        cursor = note.textCursor()
        cursor.clearSelection()
        note.setTextCursor(cursor)


class LineEdit(QLineEdit):
    """One line of text; pasted control signs and line breaks become nothing or a space."""

    typed = Signal()

    def __init__(self, *, max_length: int = 0, placeholder: str = "") -> None:
        super().__init__()
        if max_length:
            self.setMaxLength(max_length)
        self.setPlaceholderText(placeholder)
        keep_to_itself(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._on_edited)

    def _on_edited(self, text: str) -> None:
        cleaned = clean(text)
        if cleaned != text:
            cursor = self.cursorPosition() - (len(text) - len(cleaned))
            self.setText(cleaned)
            self.setCursorPosition(max(0, cursor))
        self.typed.emit()


class NoteEdit(QPlainTextEdit):
    """Free text over several lines: grows from `lines` to `most` lines, then scrolls; Tab leaves it."""

    typed = Signal()
    left = Signal()

    def __init__(self, *, lines: int = 3, most: int = 14) -> None:
        super().__init__()
        self._lines, self._most, self._quiet = lines, max(lines, most), False
        self._steps = UndoSteps()
        keep_to_itself(self)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_changed)
        self.cursorPositionChanged.connect(spelling.rest)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())

    def text(self) -> str:
        """The text as typed. `toPlainText` would turn non-breaking spaces into plain ones."""
        return self.document().toRawText().translate(_LINE_BREAKS)

    def set_text(self, text: str) -> None:
        """Show a text without saying that it was typed."""
        if text == self.text():
            return
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False

    def set_frozen(self, frozen: bool) -> None:
        """To read only, its words at the left edge of the label, or to write again."""
        self._quiet = True  # for Qt another margin is a change of the document: nobody typed
        self.setReadOnly(frozen)
        self.document().setDocumentMargin(0 if frozen else 4)
        self._quiet = False

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """Paste words only: no format, no control sign."""
        self.insertPlainText(clean(source.text(), lines=True))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802
        return source.hasText()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().chars(40), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().chars(12), self._height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._steps.before(event, self.document())
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        spelling.underline(self, event.rect())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spelling.show_menu(self, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        let_go_of_words(self, event)
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._grow()

    def _height(self) -> int:
        shown = min(self._most, max(self._lines, round(self.document().size().height())))
        # Qt scrolls a text that does not leave one margin more, and a pixel, below it.
        margins = 3 * round(self.document().documentMargin()) + 1 + 2 * theme.current().px(4) + 2
        return shown * self.fontMetrics().lineSpacing() + margins

    def _grow(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())
            self.updateGeometry()

    def _on_changed(self) -> None:
        if not self._quiet:
            self.typed.emit()


class Choice(QComboBox):
    """A list to choose from; the wheel changes nothing by accident, Del takes the answer back.

    `icons`: code → icon, for a state, which is always an icon and a word. `empty`: "" where one must choose.
    """

    chosen = Signal()

    def __init__(
        self,
        options: Iterable[tuple[str, str]] = (),
        *,
        empty: str = "Non renseigné",
        icons: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.problem, self.read_only, self._empty, self._icons = False, False, empty, dict(icons or {})
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Not « to contents »: after each change Qt would size it by itself, over the room that its field has.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(14)
        self.setItemDelegate(QStyledItemDelegate(self))  # the one that heeds the stylesheet: rows of 32 px
        self.set_options(options)
        self.activated.connect(lambda _: self.chosen.emit())

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer other answers (code, words); what was chosen stays if it is among them."""
        kept = self.value()
        self.clear()
        if self._empty:
            self.addItem(self._empty, "")
        for code, label in options:
            self.addItem(label, code)
        self.set_value(kept)

    def value(self) -> str:
        """The code chosen, or nothing."""
        return str(self.currentData() or "")

    def set_value(self, code: str) -> None:
        """Choose a code; one that is no longer offered is still shown, as it was kept."""
        index = self.findData(code)
        if index < 0 and code:
            self.addItem(code, code)
            index = self.count() - 1
        self.setCurrentIndex(max(index, 0))

    def sizeHint(self) -> QSize:
        worn = theme.current()
        widest = max((natural_width(self.itemText(n), worn.font()) for n in range(self.count())), default=0)
        icon = worn.px(24) if self._icons else 0
        return QSize(widest + worn.px(8 + 8 + 16 + 8) + icon, worn.shape("row"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(96), theme.current().shape("row"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.read_only and event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._empty:
            self.setCurrentIndex(0)
            self.chosen.emit()
            return
        super().keyPressEvent(event)

    def showPopup(self) -> None:  # noqa: N802
        if not self.read_only:
            super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        worn = theme.current()
        painter = QPainter(self)
        side, pad = worn.shape("icon"), 0 if self.read_only else worn.px(8)
        if not self.read_only:
            outline = "alerte" if self.problem else "texte" if self.underMouse() and self.isEnabled() else "bord"
            paint_frame(
                painter, self.rect(), "surface", outline, dashed=not self.isEnabled(), width=2 if self.problem else 1
            )
            spot = QRect(self.width() - side - pad, (self.height() - side) // 2, side, side)
            paint_icon(painter, "chevron-down", spot, worn.colour("texte" if self.isEnabled() else "inactif"))
        painter.setFont(worn.font())
        words = "inactif" if not self.isEnabled() else "texte" if self.value() or not self._empty else "texte_2"
        painter.setPen(worn.colour(words))
        room = self.rect().adjusted(pad, 0, -(side + 2 * pad), 0)
        if icon := self._icons.get(self.value()):
            spot = QRect(pad, (self.height() - side) // 2, side, side)
            paint_icon(painter, icon, spot, worn.colour(words))
            room.setLeft(pad + side + worn.px(8))
        text = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
