"""What a service decides on its first day: whether « À reporter » asks for what was noted before."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.text import french_spaces
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.remark import Remark
from spip_desktop.wiring import Services
from spip_desktop.wording import carrying as words


class StartChoice(QWidget):
    """Shown to who sets the service, until one of the two is chosen; « Régler » changes it later."""

    chosen = Signal(object)  # the day from which facts are asked for, or None

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        lines = column(self, gap=8)
        lines.addWidget(Remark(french_spaces(words.START), "body"))
        buttons = FlowRow(gap=8, line_gap=8)
        for text, icon, name in (
            ("Partir d’aujourd’hui", "calendar", "carrying.start"),
            ("Tout garder", "check", "carrying.keep"),
        ):
            button = Button(text, icon)
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, today=name == "carrying.start": self._choose(today=today))
            buttons.add(button)
        lines.addWidget(buttons)
        self.hide()

    def refresh(self) -> None:
        service = self._services.carrying
        self.setVisible(service.may_set() and not service.is_since_settled())

    def _choose(self, *, today: bool) -> None:
        self.chosen.emit(self._services.clock.today() if today else None)
