"""The page « Situation »: civile, pénale, contacts."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.officer import Right
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.line_section import LineItem, LineSection
from spip_desktop.ui.person.civil import CivilPart
from spip_desktop.ui.person.contacts import ContactsPart
from spip_desktop.ui.person.penal import PenalPart
from spip_desktop.ui.tabs import Tab, Tabs
from spip_desktop.wiring import Services


class SituationPage(DossierPage):
    """Three parts, one in sight; everything is saved as one types."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Situation", "person.situation")
        self.tabs = Tabs(
            (Tab("civil", "Situation civile"), Tab("penal", "Situation pénale"), Tab("contacts", "Contacts et suivi")),
            name="situation.tabs",
        )
        self.civil, self.penal, self.contacts = CivilPart(self), PenalPart(self), ContactsPart(self)
        self._parts: dict[str, QWidget] = {"civil": self.civil, "penal": self.penal, "contacts": self.contacts}
        self.inside.addWidget(self.tabs)
        for part in self._parts.values():
            self.inside.addWidget(part)
        self.tabs.chosen.connect(self._turn_to)
        self._set_read_only()
        self._show_part("civil")

    def _set_read_only(self) -> None:
        """What this officer's roles may not write is shown without frame nor links."""
        actor = self.services.context.actor
        self.civil.set_read_only(not actor.may(Right.WRITE_PERSON))
        self.contacts.set_read_only(not actor.may(Right.WRITE_PERSON))
        self.penal.set_read_only(not actor.may(Right.WRITE_SITUATION))

    def show_values(self, person_id: UUID) -> None:
        self.civil.show_values(person_id)
        self.penal.show_values(person_id)
        self.contacts.show_values(person_id)

    def show_field(self, code: str) -> bool:
        """Show the part that holds a field, open its line, and give it the focus."""
        widget = self.field_of(code)
        if widget is None and code.count(".") >= 1:
            widget = self._open_line_of(code)
        if widget is None:
            return False
        for name, part in self._parts.items():
            if part.isAncestorOf(widget):
                self._show_part(name)
        return super().show_field(code)

    def flush(self) -> bool:
        flushed = (self.civil.flush(), self.penal.flush(), self.contacts.flush())
        return all(flushed)

    def undo(self) -> None:
        """Take back the last act, and show the forms that are open with their former values."""
        if not self.flush():
            return
        super().undo()
        for section in self.findChildren(LineSection):
            section.reset()

    def _open_line_of(self, code: str) -> QWidget | None:
        """« custodies.1.cell » names a field inside a line: its form is built when the line opens."""
        item = self.findChild(LineItem, code.rpartition(".")[0])
        if item is None:
            return None
        if not item.is_open():
            item.toggle()
        return self.findChild(QWidget, code)

    def _turn_to(self, name: str) -> None:
        """Another part, from its top."""
        self._show_part(name)
        self.body.verticalScrollBar().setValue(0)

    def _show_part(self, name: str) -> None:
        self.tabs.set_value(name)
        for code, part in self._parts.items():
            part.setVisible(code == name)
