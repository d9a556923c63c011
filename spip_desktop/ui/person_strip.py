"""The strip that says whose dossier is open: name, age, milieu, title, level, next date, what waits."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.ui.icons import IconView
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, add_all, column, paint_ground, row, set_size
from spip_desktop.ui.text import CutText, Text


@dataclass(frozen=True, slots=True)
class StripFact:
    """One fact of the strip: « Niveau choisi », « Régulier »; `discreet` ones are hidden by F9."""

    key: str
    value: str
    icon: str = ""
    bold: bool = False
    tone: str = "texte"
    discreet: bool = True


@dataclass(frozen=True, slots=True)
class PersonStripValues:
    """What the strip shows of the open person."""

    id: UUID
    name: str
    detail: str
    facts: tuple[StripFact, ...] = ()


class _Fact(QWidget):
    def __init__(self, fact: StripFact) -> None:
        super().__init__()
        inside = column(self, gap=0)
        inside.addWidget(SmallText(fact.key, wrap=False))
        line = row(gap=8)
        if fact.icon:
            line.addWidget(IconView(fact.icon, fact.tone))
        role = "bold" if fact.bold or fact.tone == "alerte" else "body"
        line.addWidget(Text(fact.value, role, colour=fact.tone, discreet=fact.discreet))
        inside.addLayout(line)


class PersonStrip(QWidget):
    """Shown above every page of the open person; where the window is narrow, behind the « Fiche » button."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("person_strip")
        paint_ground(self, "surface_2")
        set_size(self, min_height=72)
        # The name comes before the facts, which go to a second line when both do not fit.
        self.name = CutText("page", discreet=True, least=52)
        self.detail = Text("", "small", colour="texte_2", discreet=True)
        self._facts = FlowRow(gap=24, line_gap=8)
        line = row(self, gap=24, margins=(24, 8, 24, 8))
        names = column(gap=0)
        add_all(names, None, self.name, self.detail, None)
        line.addLayout(names, 1)
        line.addWidget(self._facts, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_values(self, values: PersonStripValues) -> None:
        """Show another person, or the same with newer facts."""
        self.name.setText(values.name)
        self.detail.setText(values.detail)
        self._facts.empty()
        self._facts.add(*(_Fact(fact) for fact in values.facts))

    def empty(self) -> None:
        """Say nothing of anyone, hidden or not."""
        self.set_values(PersonStripValues(UUID(int=0), "", ""))

    def only_facts(self, only: bool) -> None:
        """Keep the facts only: the name then stands in the top bar."""
        self.name.setVisible(not only)
        self.detail.setVisible(not only)
