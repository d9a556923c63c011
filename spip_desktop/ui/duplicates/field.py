"""One field in which two dossiers differ: both values, and the one that is kept."""

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.duplicate import Side
from spip_desktop.services.duplicates import PairField
from spip_desktop.ui.choices import RadioRow
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.text import Text

_OPTIONS = ((Side.STAYS.value, "Garder la première"), (Side.OTHER.value, "Garder la seconde"))
FIRST, SECOND = "Premier dossier", "Second dossier"


class FieldPair(QWidget):
    """The name of the field, both values in their columns, the choice; what only one dossier says is chosen already."""

    def __init__(self, field: PairField) -> None:
        super().__init__()
        self.code, self.name = field.code, f"duplicate.{field.code}"
        inside = column(self, gap=4, margins=(0, 8, 0, 8))
        inside.addWidget(Text(field.label, "bold"))
        values = row(gap=16)
        for heading, value in ((FIRST, field.stays), (SECOND, field.other)):
            cell = column(gap=0)
            cell.addWidget(SmallText(heading))
            cell.addWidget(Text(value, "body", wrap=True, discreet=True))
            cell.addStretch(1)
            values.addLayout(cell, 1)
        inside.addLayout(values)
        self.choice = RadioRow(_OPTIONS, name=self.name)
        for button in self.choice.buttons():
            button.setAccessibleName(f"{field.label} : {button.text()}")
        self.choice.set_value(field.proposed.value if field.proposed else "")
        self.problem = Text("", "small", colour="alerte", wrap=True)
        self.problem.hide()
        inside.addWidget(self.choice)
        inside.addWidget(self.problem)
        self.choice.chosen.connect(lambda _: self.say(""))
        self.setFocusProxy(self.choice)

    def value(self) -> Side | None:
        code = self.choice.value()
        return Side(code) if code else None

    def say(self, words: str) -> None:
        """One sentence under the choice, or none."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
