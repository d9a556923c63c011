"""Text on the screen: one role of the type scale, its exact line height, and hidden in discretion."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QShowEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from spip_desktop.domain.text import french_spaces
from spip_desktop.ui import theme

HIDDEN_WORD = "Masqué"


#: A stretch of a text (where it starts, how long it is, in UTF-16 units) and how it looks; never wider for it.
Look = tuple[int, int, QTextCharFormat]


def lay_out(
    text: str, font: QFont, width: int, line: int, *, wrap: bool = True, looks: Sequence[Look] = ()
) -> tuple[list[QTextLayout], int]:
    """Break text into lines of `line` pixels that hold in `width`; returns the paragraphs and the height."""
    paragraphs, top, begins = [], 0, 0
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if wrap else QTextOption.WrapMode.NoWrap)
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        units = _units(paragraph)
        if looks:
            layout.setFormats(_ranges(looks, begins, units))
        begins += units + 1
        layout.beginLayout()
        while (one := layout.createLine()).isValid():
            one.setLineWidth(width if wrap else 1 << 20)
            one.setPosition(QPointF(0, top + (line - one.height()) / 2))
            top += line
        layout.endLayout()
        paragraphs.append(layout)
    return paragraphs, top


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _ranges(looks: Sequence[Look], begins: int, units: int) -> list[QTextLayout.FormatRange]:
    """The looks that fall in one paragraph, counted from its start."""
    found = []
    for start, length, look in looks:
        first, last = max(start, begins), min(start + length, begins + units)
        if first < last:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = first - begins, last - first, look
            found.append(one)
    return found


def natural_width(text: str, font: QFont) -> int:
    """Width of the longest line of a text that is not broken, in pixels."""
    return _natural_width(text, tuple(font.families()), font.pixelSize(), font.bold())


@lru_cache(maxsize=4096)
def _natural_width(text: str, families: tuple[str, ...], pixels: int, bold: bool) -> int:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(pixels)
    font.setBold(bold)
    widest = 0.0
    for paragraph in lay_out(text, font, 0, 1, wrap=False)[0]:
        widest = max([widest, *(paragraph.lineAt(n).naturalTextWidth() for n in range(paragraph.lineCount()))])
    return int(widest) + 1


class Discreet:
    """What hides itself while discretion is on (F9); the window asks all of them at once."""

    hidden = False

    def set_hidden(self, hidden: bool) -> None:
        """Hide or show what tells who the person is."""
        self.hidden = hidden
        if isinstance(self, QWidget):
            self.update()


def discretion_of(widget: QWidget) -> bool:
    """Whether the window of this widget hides names now."""
    return bool(widget.window().property("discretion"))


class Text(QLabel, Discreet):
    """A sentence or a word in one role of the type scale; plain text, never markup.

    `role`: body, bold, small, small_bold, note, section, question, page. `colour`: a name of the palette.
    `wrap`: break into lines of at most `max_chars` characters. `discreet`: hidden by F9.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        colour: str = "texte",
        wrap: bool = False,
        max_chars: int = 0,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        discreet: bool = False,
    ) -> None:
        super().__init__()
        self.role, self.colour, self.max_chars = role, colour, max_chars
        self._measured: tuple[object, ...] = ()
        self._heights: dict[int, int] = {}
        self.discreet, self.aligned = discreet, align
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        across = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Minimum
        policy = QSizePolicy(across, QSizePolicy.Policy.Minimum if not wrap else QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802
        """Whatever wrote it, French spaces: a sign that stands alone at the start of a line is nobody's wish."""
        super().setText(french_spaces(text))

    def set_colour(self, colour: str) -> None:
        """Another colour of the palette."""
        self.colour = colour
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        if self.discreet:
            self.set_hidden(discretion_of(self))
        super().showEvent(event)

    def set_hidden(self, hidden: bool) -> None:
        if self.discreet:
            self.hidden = hidden
            self.setAccessibleName(HIDDEN_WORD if hidden else "")
            self.update()

    def sizeHint(self) -> QSize:
        worn = theme.current()
        width = natural_width(self.text(), worn.font(self.role))
        if self.wordWrap():
            width = min(width, worn.chars(self.max_chars or 70))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        if not self.wordWrap():
            return self.sizeHint()
        font = theme.current().font(self.role)
        longest = max(self.text().split() or [""], key=len)
        return QSize(natural_width(longest, font), theme.current().line(self.role))

    def hasHeightForWidth(self) -> bool:
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        """Layouts inside layouts ask the same many times: the answers are kept as long as the words are the same."""
        worn, wide = theme.current(), self._measure(width)
        said = (self.text(), self.role, worn.percent, self.wordWrap())
        if said != self._measured:
            self._measured, self._heights = said, {}
        if wide not in self._heights:
            font, line = worn.font(self.role), worn.line(self.role)
            self._heights[wide] = lay_out(self.text(), font, wide, line, wrap=self.wordWrap())[1]
        return self._heights[wide]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        worn = theme.current()
        painter = QPainter(self)
        font, width = worn.font(self.role), self._measure(self.width())
        wrap, looks = self.wordWrap(), self.looks()
        paragraphs, height = lay_out(self.shown(), font, width, worn.line(self.role), wrap=wrap, looks=looks)
        top = 0 if self.wordWrap() else (self.height() - height) // 2
        if self.hidden:
            self._paint_veil(painter, natural_width(self.shown(), font), height, top)
            return
        painter.setPen(worn.colour(self.colour if self.isEnabled() else "inactif"))
        for paragraph in paragraphs:
            paragraph.draw(painter, QPointF(self._left(paragraph), top))

    def shown(self) -> str:
        """What is painted of the text: all of it."""
        return self.text()

    def looks(self) -> Sequence[Look]:
        """Stretches that look otherwise than the rest, none by default."""
        return ()

    def _left(self, paragraph: QTextLayout) -> float:
        if self.aligned != Qt.AlignmentFlag.AlignRight:
            return 0
        return self.width() - paragraph.lineAt(0).naturalTextWidth()

    def _paint_veil(self, painter: QPainter, text_width: int, height: int, top: int) -> None:
        worn = theme.current()
        width = min(self.width(), max(text_width, worn.px(48)))
        rect = QRect(QPoint(0, top), QSize(width, height)).adjusted(0, worn.px(3), 0, -worn.px(3))
        paint_veil(painter, rect)

    def _measure(self, width: int) -> int:
        return min(width, theme.current().chars(self.max_chars)) if self.max_chars else width


class CutText(Text):
    """One line that takes the room that others leave, and ends with « … » where it is short; a reader has it all."""

    def __init__(self, role: str, *, colour: str = "texte", discreet: bool = False, least: int = 12) -> None:
        """`least`: characters for which there is always room."""
        super().__init__("", role, colour=colour, discreet=discreet)
        self._least = least
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        whole = super().sizeHint()
        return QSize(min(whole.width(), theme.current().chars(self._least)), whole.height())

    def shown(self) -> str:
        font = theme.current().font(self.role)
        if natural_width(self.text(), font) <= self.width():
            return self.text()
        return QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())


def paint_veil(painter: QPainter, rect: QRect) -> None:
    """The bar that stands where discretion hides words."""
    worn = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(worn.colour("filet"))
    painter.drawRoundedRect(rect, worn.shape("radius"), worn.shape("radius"))
    painter.restore()


class Veil(QWidget):
    """A bar of the height of a field, in its place while discretion is on."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(HIDDEN_WORD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(120), theme.current().shape("row"))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_veil(QPainter(self), self.rect())
