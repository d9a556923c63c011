"""Something that deserves a look."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.ui.icons import IconView
from spip_desktop.ui.layout import row
from spip_desktop.ui.text import Text


class Remark(QWidget):
    """Something that deserves a look: an icon and a sentence that breaks into lines."""

    def __init__(self, text: str = "", role: str = "small", icon: str = "info-circle") -> None:
        super().__init__()
        line = row(self, gap=8)
        line.addWidget(IconView(icon, "texte_2" if role == "small" else "texte"), 0, Qt.AlignmentFlag.AlignTop)
        self.sentence = Text(text, role, colour="texte_2" if role == "small" else "texte", wrap=True)
        line.addWidget(self.sentence, 1)
