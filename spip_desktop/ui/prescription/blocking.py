"""What keeps a draft from being ready: one line a problem, with the way to its field where one field is at fault."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.labels import Section
from spip_desktop.ui.prescription import course
from spip_desktop.wording import sentence


class Blocking(Section):
    """Hidden while nothing blocks."""

    wanted = Signal(str)  # field

    def __init__(self) -> None:
        super().__init__("Pour la rendre prête", name="blocking", gap=4)

    def show_problems(self, found: Sequence[Problem]) -> None:
        self.empty()
        self.setVisible(bool(found))
        for number, one in enumerate(found, 1):
            self.add(course.told(sentence(one), self._way(number, one) if one.field else None))

    def _way(self, number: int, one: Problem) -> LinkButton:
        link = LinkButton("Y aller", name=f"blocking.{number}")
        link.setAccessibleName(f"Y aller{NBSP}: {sentence(one)}")
        link.clicked.connect(lambda: self.wanted.emit(one.field))
        return link
