"""Links to lines of the plan, from what serves them or what they come from."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.pacep_changes import What
from spip_desktop.domain.pacep_lines import PlanLine
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.layout import FlowRow, clear, column

_PLAN = "person.pacep"
_NAMES = {What.AXIS: "Axe", What.OBJECTIVE: "Objectif", What.ACTION: "Action"}
#: More signs than that would make the link wider than a narrow page.
_ON_A_LINE = 44


def line_words(line: PlanLine) -> str:
    """« Objectif 1.1, « reprendre en cuisine » », « Action, fiche pour la mission locale »."""
    name = " ".join(part for part in (_NAMES[line.what], line.number) if part).replace(" ", NBSP)
    words = " ".join(line.words.split())
    said = f"« {words} »" if line.what is What.OBJECTIVE and words else words
    return french_spaces(f"{name}, {said}" if said else name)


class PlanLinks(QWidget):
    """« Objectif 1.1 du PACEP », one click away; nothing is shown when there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._shown: tuple[PlanLine, ...] = ()
        self._inside = column(self)
        self.hide()

    def show_lines(self, person: UUID, lines: Sequence[PlanLine], go: Callable[[Place], object]) -> None:
        """One link a line, to the page of the plan; the same lines are left as they are."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        clear(self._inside)
        flow = FlowRow(gap=16, line_gap=4)
        for number, line in enumerate(lines, 1):
            words = line_words(line)
            short = words if len(words) <= _ON_A_LINE else f"{words[:_ON_A_LINE].rstrip()}…"
            link = LinkButton(short, name=f"{self.objectName()}.{number}", small=True)
            link.setAccessibleName(f"{words}, dans le PACEP")
            link.setToolTip(words)
            place = Place(_PLAN, person, str(line.id))
            link.clicked.connect(lambda _=False, there=place: go(there))
            flow.add(link)
        self._inside.addWidget(flow)
        self.setVisible(bool(lines))
