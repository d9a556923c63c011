"""The line that says the window is in « mode entretien », and the way out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.ui.buttons import Button
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.layout import column, paint_ground, row
from spip_desktop.ui.text import Text

_SAID = "Mode entretien\u00a0: ce dossier seulement. Le programme se verrouille après 45\u00a0minutes sans activité."


class InterviewBar(QWidget):
    """Hidden until an interview begins; `leave` locks, and the officer comes back with their passphrase."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("interview")
        paint_ground(self, "choix")
        line = row(gap=16)
        said = Text(_SAID, "bold", colour="sur_choix", wrap=True, max_chars=200)
        self.leave = Button("Finir l’entretien", "lock", name="interview.leave")
        line.addWidget(IconView("lock", "sur_choix"), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(said, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignVCenter)
        column(self, gap=0, margins=(16, 4, 16, 4)).addLayout(line)
        self.hide()
