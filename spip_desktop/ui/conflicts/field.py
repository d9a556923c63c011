"""One field in dispute: base, here, elsewhere, and what is kept."""

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.services.conflict import Choice, Field, Side
from spip_desktop.ui.choices import RadioRow
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.text import Text

_OPTIONS = ((Choice.MINE.value, "Garder ce qui est ici"), (Choice.THEIRS.value, "Prendre ce qui vient d’ailleurs"))
_BOTH = ((Choice.BOTH.value, "Garder les deux"),)
_HERE, _ELSEWHERE, _BEFORE = "Ici", "Ailleurs", "Avant"


class DisputedField(QWidget):
    """The three values side by side under the name of the field; without a default choice."""

    def __init__(self, field: Field, name: str, *, asks: bool) -> None:
        super().__init__()
        self.field, self.asks = field, asks
        inside = column(self, gap=8, margins=(0, 8, 0, 8))
        inside.addWidget(Text(field.label, "bold"))
        values = row(gap=16)
        sides = ((_HERE, field.mine), (_ELSEWHERE, field.theirs))
        shown = [(_said(words, side), side.text) for words, side in sides]
        if asks:
            shown.insert(0, (_BEFORE, field.base))
        for heading, value in shown:
            cell = column(gap=4)
            cell.addWidget(SmallText(heading))
            cell.addWidget(Text(value, "body", wrap=True, discreet=True))
            cell.addStretch(1)
            values.addLayout(cell, 1)
        inside.addLayout(values)
        self.choice = RadioRow(
            (*_OPTIONS, *(_BOTH if field.may_keep_both else ())), name=f"{name}.{field.leaf.field}.{field.leaf.key}"
        )
        for button in self.choice.buttons():
            button.setAccessibleName(f"{field.label} : {button.text()}")
        self.problem = Text("", "small", colour="alerte", wrap=True)
        self.problem.hide()
        inside.addWidget(self.choice)
        self.choice.setVisible(asks)  # in the layout: shown before, it would be a window
        inside.addWidget(self.problem)
        self.choice.chosen.connect(lambda _: self.say(""))
        self.setFocusProxy(self.choice)

    def value(self) -> Choice | None:
        code = self.choice.value()
        return Choice(code) if code else None

    def say(self, words: str) -> None:
        """One sentence under the choice, or none."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))


def _said(words: str, side: Side) -> str:
    """« Ailleurs, Claire Vasseur, le 22/11/2026 »."""
    on = f"le {dates.short(side.at.astimezone(PARIS).date())}" if side.at else ""
    return ", ".join(part for part in (words, side.by, on) if part)
