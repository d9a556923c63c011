"""A paper shown page by page: the same bytes that print."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from spip_desktop.ui import theme
from spip_desktop.ui.printing import loaded
from spip_desktop.ui.text import Discreet, discretion_of

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

_A4 = 297 / 210


class PaperView(QWidget, Discreet):
    """One page, as large as its place allows, white in every theme; blank while discretion is on."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet.paper")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._kept: tuple[QBuffer, QPdfDocument] | None = None
        self._page, self._image = 0, QImage()

    def show_bytes(self, content: bytes) -> None:
        """Show another document, at the same page where it has one."""
        self._kept = loaded(content)
        self.show_page(min(self._page, max(0, self.pages() - 1)))

    def pages(self) -> int:
        return self._kept[1].pageCount() if self._kept else 0

    def show_page(self, number: int) -> None:
        """Show a page, from 0; its words are what a screen reader reads."""
        self._page, self._image = number, QImage()
        if self._kept:
            self.setAccessibleName(f"Page {number + 1} sur {self.pages()}")
            self.setAccessibleDescription(self._kept[1].getAllText(number).text())
        self.update()

    def set_hidden(self, hidden: bool) -> None:
        self.hidden = hidden
        self.update()

    def sizeHint(self) -> QSize:
        """Small: the page takes the room there is, so that it is seen whole."""
        return QSize(theme.current().px(200), theme.current().px(280))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paper = self._paper()
        painter.fillRect(paper, Qt.GlobalColor.white)
        if self._kept and not (self.hidden or discretion_of(self)):
            painter.drawImage(paper, self._drawn(paper.size()))
        painter.setPen(theme.current().colour("bord"))
        painter.drawRect(paper.adjusted(0, 0, -1, -1))

    def _paper(self) -> QRect:
        """The largest A4 page that holds, in the middle at the top."""
        width = min(self.width(), round(self.height() / _A4))
        return QRect((self.width() - width) // 2, 0, width, round(width * _A4))

    def _drawn(self, size: QSize) -> QImage:
        wanted = size * self.devicePixelRatio()
        if self._kept and (self._image.isNull() or self._image.size() != wanted):
            self._image = self._kept[1].render(self._page, wanted)
        return self._image
