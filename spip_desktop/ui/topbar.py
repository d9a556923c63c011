"""The top bar: name, search, when the work was saved, demonstration, date and hour, discretion."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.dates import hour, hour_with_seconds, short_with_day
from spip_desktop.ui import theme
from spip_desktop.ui.buttons import Button, QuietButton, icon_button
from spip_desktop.ui.labels import StateLabel
from spip_desktop.ui.layout import Margins, paint_ground, row, set_size
from spip_desktop.ui.search_box import SearchBox
from spip_desktop.ui.text import Text, natural_width


class SavedLabel(StateLabel):
    """« Enregistré à 14:02:31 », written only after the commit; « Non enregistré » when it failed."""

    def __init__(self) -> None:
        super().__init__("", "")
        self.setObjectName("saved")
        self.hide()

    def saved(self, at: datetime) -> None:
        """The work was committed at that instant."""
        self.set_state("check", f"Enregistré à {hour_with_seconds(at)}")
        self.show()

    def failed(self) -> None:
        """The last change is not committed."""
        self.set_state("alert-circle", "Non enregistré", "alerte")
        self.show()

    def follow(self, other: "SavedLabel") -> None:
        """Say the same as another one."""
        self.set_state(other.icon.name, other.word.text(), other.word.colour)
        self.setVisible(bool(other.word.text()))


class DiscretionButton(QuietButton):
    """« Discrétion », with its key in small text."""

    def __init__(self) -> None:
        super().__init__("Discrétion", "eye-off", name="discretion")
        self.setCheckable(True)

    def _aside(self) -> int:
        return natural_width("F9", theme.current().font("small")) + theme.current().px(8)

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        size.setWidth(size.width() + self._aside())
        return size

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        worn, painter = theme.current(), QPainter(self)
        painter.setFont(worn.font("small"))
        painter.setPen(worn.colour("sur_choix" if self.isChecked() else "texte_2"))
        room = self.rect().adjusted(0, 0, -worn.px(8), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "F9")

    def _colours(self) -> tuple[str, str, str]:
        if self.isChecked():
            return "choix", "choix", "sur_choix"
        return ("surface", "", "texte") if self._hovered() else ("", "", "texte")


class TopBar(QWidget):
    """What stays in sight whatever the page."""

    def __init__(self, search: SearchBox, *, demonstration: bool) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        paint_ground(self, "fond")
        set_size(self, height=47)
        margins: Margins = (16, 0, 16, 0)
        self._line = line = row(self, gap=16, margins=margins)
        self.menu = icon_button("menu", "Rubriques", "menu")
        self.name = set_size(Text("SPIP Desktop", "bold"), width=220)
        self.person = Text("", "bold", discreet=True)
        self.search = set_size(search, width=340)
        self.saved = SavedLabel()
        self.demonstration = Text("DÉMONSTRATION", "small_bold", colour="texte_2")
        self.day, self.hour = Text("", "body", colour="texte_2"), Text("", "bold")
        self.find_button = Button("Ctrl+K", "search", name="find")
        self.find_button.setAccessibleName("Chercher une personne, Ctrl+K")
        self.card = Button("Fiche", trailing="chevron-down", name="card")
        self.discretion = DiscretionButton()
        parts: tuple[QWidget, ...] = (self.menu, self.name, self.person, self.search, self.saved)
        for part in parts:
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.demonstration)
        when = row(gap=4)
        when.addWidget(self.day)
        when.addWidget(self.hour)
        line.addLayout(when)
        for button in (self.find_button, self.card, self.discretion):
            line.addWidget(button)
        self.demonstration.setVisible(demonstration)
        self._has_person = self._interview = False
        self.set_narrow(False)

    def set_now(self, now: datetime) -> None:
        """Show the date and hour of Paris."""
        self.day.setText(f"{short_with_day(now.astimezone(PARIS).date())},")
        self.hour.setText(hour(now))

    def set_person(self, name: str) -> None:
        """Whose dossier is open: written here when the strip is folded."""
        self.person.setText(name)
        self._has_person = bool(name)
        self.set_narrow(self.menu.isVisibleTo(self))

    def begin_interview(self) -> None:
        """Nobody else is looked for while a person sits there, and what is hidden stays hidden."""
        self._interview = True
        self.search.hide()
        self.find_button.hide()
        self.discretion.setEnabled(False)

    def take_search(self) -> None:
        """Put the search field back at its place in the bar."""
        self._line.insertWidget(3, self.search)

    def set_narrow(self, narrow: bool) -> None:
        """Fold to a menu, the name and three buttons, or lay everything out."""
        self.menu.setVisible(narrow)
        self.find_button.setVisible(narrow and not self._interview)
        self.day.setVisible(not narrow)
        self.hour.setVisible(not narrow)
        if not narrow and not self._interview:
            self.search.show()
        self.discretion.setVisible(not narrow)
        self.name.setVisible(not narrow or not self._has_person)
        self.person.setVisible(narrow and self._has_person)
        self.card.setVisible(narrow and self._has_person)
        self.saved.setVisible(not narrow and bool(self.saved.word.text()))
