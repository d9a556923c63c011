"""The card: a framed column with a title, its parts, one line of message."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from spip_desktop.ui.buttons import PrimaryButton, paint_frame
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.labels import Paragraph
from spip_desktop.ui.layout import column, row, set_size
from spip_desktop.ui.text import Text

CARD_WIDTH = 448
WIDE_CARD = 760


class Card(QWidget):
    """A framed column: title, what it is for, its parts, one line of message."""

    def __init__(self, title: str, purpose: str = "", *, width: int = CARD_WIDTH, role: str = "page") -> None:
        super().__init__()
        self.setObjectName("card")
        set_size(self, max_width=width)
        self._column = column(self, gap=16, margins=(32, 32, 32, 32))
        head = column(gap=8)
        self.title = Text(title, role, wrap=True)
        head.addWidget(self.title)
        self.purpose = Paragraph(purpose, colour="texte_2")
        self.purpose.setVisible(bool(purpose))
        head.addWidget(self.purpose)
        self._column.addLayout(head)
        self._message_row = row(gap=8)
        self._icon = IconView("alert-circle", "alerte")
        self.message = Text("", "body", wrap=True)
        self._message_row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._message_row.addWidget(self.message, 1)
        self._column.addLayout(self._message_row)
        self.say("")

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_frame(QPainter(self), self.rect(), "surface", "filet")

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put parts above the message line."""
        for part in parts:
            place = self._column.count() - 1
            if isinstance(part, QLayout):
                self._column.insertLayout(place, part)
            else:
                self._column.insertWidget(place, part)

    def say(self, sentence: str, *, alert: bool = True) -> None:
        """Say one sentence at the foot of the card, or take it back (empty)."""
        self._icon.setVisible(bool(sentence))
        self._icon.set_icon("alert-circle" if alert else "check-circle", "alerte" if alert else "texte_2")
        self.message.setVisible(bool(sentence))
        self.message.set_colour("alerte" if alert else "texte_2")
        self.message.setText(sentence)


def actions(primary: PrimaryButton, *others: QWidget) -> QHBoxLayout:
    """The one filled button under the fields, what else can be done at its right."""
    line = row(gap=16)
    line.addWidget(primary)
    line.addStretch(1)
    for other in others:
        line.addWidget(other)
    return line
