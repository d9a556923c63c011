"""Persons who may be the same: who, why, and a link to each dossier."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.person_list import Similar
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.text import Text
from spip_desktop.wording.person import LIKENESS


class SimilarList(QWidget):
    """One line a person; `asked` gives the id of the dossier to open."""

    asked = Signal(object)  # UUID

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._column = column(self, gap=8)

    def show_found(self, found: Sequence[Similar]) -> None:
        """Show these persons in place of the others."""
        clear(self._column)
        for number, one in enumerate(found, 1):
            self._column.addWidget(self._line(one, number))

    def _line(self, one: Similar, number: int) -> QWidget:
        made = QWidget()
        line = row(made, gap=16)
        texts = column(gap=0)
        born = f", naissance le {dates.short(one.birth_date)}" if one.birth_date else ""
        texts.addWidget(Text(f"{one.name}{born}", "body", wrap=True, discreet=True))
        appi = f"{NBSP}; APPI {one.appi_number}" if one.appi_number else ""
        texts.addWidget(SmallText(f"{LIKENESS[one.likeness].capitalize()}{appi}"))
        line.addLayout(texts, 1)
        link = LinkButton("Ouvrir ce dossier", name=f"{self.objectName()}.{number}")
        link.setAccessibleName(f"Ouvrir le dossier de {one.name}")
        link.clicked.connect(lambda _=False, id_=one.id: self.asked.emit(id_))
        line.addWidget(link)
        return made
