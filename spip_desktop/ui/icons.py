"""Line icons of resources/theme/icons, drawn in the colour of the text, sharp at every text size."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from spip_desktop.paths import resource
from spip_desktop.ui import theme


@lru_cache(maxsize=512)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    source = resource("theme", "icons", f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def paint_icon(painter: QPainter, name: str, rect: QRect, colour: QColor) -> None:
    """Draw an icon of that name in a square, in that colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _drawing(name, colour.name()).render(painter, QRectF(rect))
    painter.restore()


def icon_names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(path.stem for path in resource("theme", "icons").glob("*.svg")))


class IconView(QWidget):
    """An icon beside words, as high as a line of their `role`; it says nothing by itself to a screen reader."""

    def __init__(self, name: str = "", colour: str = "texte", *, size: int = 16, role: str = "") -> None:
        super().__init__()
        self.name, self.colour, self.size_at_100, self.role = name, colour, size, role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, colour: str = "") -> None:
        """Show another icon, in another colour of the palette if one is given."""
        self.name, self.colour = name, colour or self.colour
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(self.size_at_100)
        return QSize(side, max(side, theme.current().line(self.role)) if self.role else side)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.name:
            return
        side = theme.current().px(self.size_at_100)
        rect = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        paint_icon(painter, self.name, rect, theme.current().colour(self.colour))
