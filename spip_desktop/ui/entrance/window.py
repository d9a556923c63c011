"""The window before anyone is in: a card in its middle, and the bar below that says what the program is."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from spip_desktop import __version__
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import QuietButton
from spip_desktop.ui.card import Card
from spip_desktop.ui.focus_ring import FocusRing
from spip_desktop.ui.labels import Rule, SmallText
from spip_desktop.ui.layout import FlowRow, column, paint_ground, row, set_size
from spip_desktop.ui.text import Text


class EntranceWindow(QWidget):
    """The window before anyone is in: it names nobody."""

    painted = Signal()  # once, when all of it stands on the screen for the first time

    def __init__(
        self, *, version_date: str, demonstration: bool, on_theme: Callable[[], object], on_size: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setWindowTitle("SPIP Desktop")
        self.setObjectName("entrance")
        paint_ground(self, "fond")
        outer = column(self, gap=0)
        self._scroll = QScrollArea()
        # Of our own: to hand us Qt's, PySide first makes every class of widget there is (15 ms).
        self._scroll.setViewport(QWidget())
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._holder = QWidget()
        paint_ground(self._holder, "fond")
        self._middle: QVBoxLayout = column(self._holder, gap=0, margins=(24, 32, 24, 32))
        self._scroll.setWidget(self._holder)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(Rule("filet"))
        outer.addWidget(self._foot(version_date, demonstration, on_theme, on_size))
        self.ring = FocusRing(self)
        self._card: Card | None = None
        self._seen = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)  # what it holds is painted after it

    @property
    def card(self) -> Card | None:
        return self._card

    def show_card(self, card: Card) -> None:
        """Put this card in place of the one before."""
        while item := self._middle.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._middle.addStretch(2)
        line = row(gap=0)
        line.addStretch(1)
        line.addWidget(card, 100)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        self._middle.addWidget(holder)
        self._middle.addStretch(3)
        self._card = card
        card.show()
        self._scroll.ensureVisible(0, 0, 0, 0)

    def _foot(
        self, version_date: str, demonstration: bool, on_theme: Callable[[], object], on_size: Callable[[], object]
    ) -> QWidget:
        foot = QWidget()
        line = row(foot, gap=24, margins=(24, 4, 24, 4))
        said = FlowRow(gap=24, line_gap=0)
        version = f"Version {__version__}, {version_date}"
        for sentence in (
            version,
            "Sans réseau\u00a0: rien ne sort de ce poste sans vous.",
            "Ce logiciel ne remplace ni APPI ni GENESIS.",
        ):
            said.add(SmallText(sentence, wrap=False))
        line.addWidget(said, 1, Qt.AlignmentFlag.AlignVCenter)
        self._size = QuietButton("", "text-size", name="entrance.size", small=True)
        self._theme = QuietButton("", "half-circle", name="entrance.theme", small=True)
        self._size.clicked.connect(lambda: on_size())
        self._theme.clicked.connect(lambda: on_theme())
        line.addWidget(self._size)
        line.addWidget(self._theme)
        if demonstration:
            line.addWidget(Text("DÉMONSTRATION", "small_bold", colour="texte_2"))
        self.show_look()
        set_size(foot, min_height=48)
        return foot

    def show_look(self) -> None:
        """Name the theme and the text size now worn."""
        worn = theme.current()
        self._size.setText(f"Texte {worn.percent}\u00a0%")
        self._theme.setText(f"Thème {theme.THEMES[worn.name].lower()}")
