"""A card as two people compare it: eight words to read out, and a QR code for who stands beside."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from spip_desktop.services.transfer_contacts import Likeness
from spip_desktop.ui import theme
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.text import Text

_SIDE, _QUIET = 168, 4


class LikenessView(QWidget):
    """The words at the left; the code beside them, black on white whatever the theme."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.code = _Code()
        self.words = Text("", "section")
        beside = row(self, gap=24)
        left = column(gap=4)
        left.addWidget(Text("Huit mots, dans cet ordre", "small", colour="texte_2"))
        left.addWidget(self.words)
        left.addStretch(1)
        beside.addLayout(left)
        beside.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        beside.addStretch(1)

    def show_likeness(self, one: Likeness) -> None:
        half = len(one.words) // 2
        self.words.setText("\n".join("  ".join(part) for part in (one.words[:half], one.words[half:])))
        self.code.show_modules(one.modules)


class _Code(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._modules: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Code QR de la carte : les mêmes mots, à lire par un autre poste")

    def show_modules(self, modules: tuple[tuple[bool, ...], ...]) -> None:
        self._modules = modules
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(_SIDE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        if not self._modules:
            return
        unit = self.width() / (len(self._modules) + 2 * _QUIET)
        for line, modules in enumerate(self._modules, start=_QUIET):
            for place, dark in enumerate(modules, start=_QUIET):
                if dark:
                    painter.fillRect(QRectF(place * unit, line * unit, unit + 0.4, unit + 0.4), QColor("black"))
