"""Papers as the eye sees them: pages and words read back, pages drawn, from memory."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

_POINTS_AN_INCH = 72


class Paper:
    """One PDF document, open as long as this object lives."""

    def __init__(self, content: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(content))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._buffer)

    @property
    def pages(self) -> int:
        """0 when it cannot be read."""
        return max(0, self._document.pageCount())

    def text(self) -> str:
        """Every word, page after page, with single spaces."""
        return " ".join(" ".join(self._document.getAllText(page).text() for page in range(self.pages)).split())

    def draw(self, page: int, dots_an_inch: int = 110) -> QImage:
        """A page on white."""
        points = self._document.pagePointSize(page)
        scale = dots_an_inch / _POINTS_AN_INCH
        size = QSize(round(points.width() * scale), round(points.height() * scale))
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.drawImage(0, 0, self._document.render(page, size))
        painter.end()
        return image
