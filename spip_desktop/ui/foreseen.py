"""Below a date just typed: what it would move elsewhere, and whether to save it; asked for before it is saved."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.fields import Field
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.remark import Remark

_WAITS = french_spaces("Pas encore enregistré : cette date en change d’autres.")


@dataclass(frozen=True, slots=True)
class Foresight:
    """Sentences on what would move; `waits`: something known would, so that one is asked first."""

    sentences: tuple[str, ...] = ()
    waits: bool = False


class Foreseen(QWidget):
    """The sentences, then « Enregistrer cette date », « Remettre la date d’avant » as long as it is not saved."""

    kept = Signal()
    put_back = Signal()

    def __init__(self, foresight: Foresight, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}.foreseen")
        inside = column(self, gap=4)
        for one in foresight.sentences:
            inside.addWidget(Remark(one, "small", "calendar"))
        self._asked = QWidget()
        lines, links = column(self._asked, gap=4), FlowRow(gap=16, line_gap=4)
        lines.addWidget(SmallText(_WAITS, colour="texte"))
        self.links = tuple(
            self._link(text, f"{name}.{end}", signal, label)
            for text, end, signal in (
                ("Enregistrer cette date", "keep", self.kept),
                ("Remettre la date d’avant", "back", self.put_back),
            )
        )
        links.add(*self.links)
        lines.addWidget(links)
        inside.addWidget(self._asked)
        self._asked.setVisible(foresight.waits)

    def settle(self) -> None:
        """Saved: what moved is still read, nothing is asked any more."""
        self._asked.hide()

    def come_after(self, field: Field) -> None:
        """Tab goes from the field to what is asked of it."""
        before: QWidget = field.editor
        for link in self.links:
            QWidget.setTabOrder(before, link)
            before = link

    @staticmethod
    def _link(text: str, name: str, signal: SignalInstance, label: str) -> LinkButton:
        link = LinkButton(text, small=True, name=name)
        link.setAccessibleName(f"{text}{NBSP}: {label}")
        link.clicked.connect(signal)
        return link
