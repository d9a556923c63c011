"""The PEP as copied from GENESIS, to read: on the Synthèse and on « Commissions »."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.pep import PepCard
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.ui.labels import Paragraph, SmallText
from spip_desktop.ui.layout import clear, column

_WHOSE = "Décidé par le chef d’établissement, avec le psychologue PEP. Ce n’est pas le PACEP."


class PepView(QWidget):
    """The last copy first, its source and its dates below; the earlier ones after it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pep")
        self._lines = column(self, gap=8)

    def show_cards(self, cards: Sequence[PepCard]) -> None:
        clear(self._lines)
        if not cards:
            self._lines.addWidget(Paragraph("Rien n’a été recopié de GENESIS.", colour="texte_2"))
        for one in cards:
            self._lines.addWidget(_card(one))
        self._lines.addWidget(SmallText(_WHOSE))


def _card(one: PepCard) -> QWidget:
    made = QWidget()
    inside = column(made, gap=0)
    inside.addWidget(Paragraph(french_spaces(one.text), discreet=True))
    again = f", réexamen prévu le {dates.short(one.next_review)}" if one.next_review else ""
    decided, copied = dates.short(one.decided_on), dates.short(one.copied_on)
    inside.addWidget(SmallText(f"Source{NBSP}: GENESIS, {decided}{again}. Recopié le {copied}."))
    return made
