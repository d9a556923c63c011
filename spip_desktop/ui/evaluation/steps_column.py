"""The steps with their state: a column at the left, or a list to unfold where the page is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.evaluation import FieldState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.editors import Choice
from spip_desktop.ui.evaluation.step_view import STATE_ICONS
from spip_desktop.ui.layout import FlowRow, ScrollColumn, column, row, set_size
from spip_desktop.ui.steps import ListedStep, StepList
from spip_desktop.wording.evaluation import FIELD_STATES, NOT_REVIEWED

WIDTH = 212  # px at 100 %


def listed(view: EvaluationView) -> list[ListedStep]:
    """The steps of this version with their state in a word and an icon."""
    steps = []
    for step in view.session.steps():
        field = view.fields[step.code].value
        words = FIELD_STATES[field.state]
        if not field.reviewed and field.state is not FieldState.UNEXPLORED:
            words = NOT_REVIEWED.format(state=words)
        steps.append(ListedStep(step.code, step.label, words, STATE_ICONS[field.state]))
    return steps


def blocking_words(count: int) -> str:
    """« Ce qui bloque : 5 points »."""
    if not count:
        return f"Ce qui bloque{NBSP}: rien"
    return f"Ce qui bloque{NBSP}: {count} point{'s' if count > 1 else ''}"


class Links(QWidget):
    """« Ce qui bloque », « Versions », what is done with the person, and the officer's own confidences."""

    blocking_asked = Signal()
    versions_asked = Signal()
    trame_asked = Signal()
    with_person_asked = Signal()
    confidences_asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.blocking = LinkButton("", name=f"{name}.blocking")
        self.versions = LinkButton("", name=f"{name}.versions")
        self.with_person = LinkButton("Avec la personne", name=f"{name}.with_person")
        self.to_discuss = LinkButton("", name=f"{name}.to_discuss")
        self.trame = LinkButton("Imprimer la trame", name=f"{name}.trame")
        self.trame.setAccessibleName("Imprimer la trame d’entretien")
        self.confidences = LinkButton("Confidences", name=f"{name}.confidences")
        self.blocking.clicked.connect(self.blocking_asked)
        self.versions.clicked.connect(self.versions_asked)
        for link in (self.with_person, self.to_discuss):
            link.clicked.connect(self.with_person_asked)
        self.trame.clicked.connect(self.trame_asked)
        self.confidences.clicked.connect(self.confidences_asked)
        flow = FlowRow(gap=16, line_gap=4)
        flow.add(self.blocking, self.with_person, self.to_discuss, self.versions, self.confidences, self.trame)
        column(self).addWidget(flow)

    def show_counts(self, blocking: int, versions: int, to_discuss: int, *, frozen: bool) -> None:
        self.blocking.setText(blocking_words(blocking))
        self.blocking.setVisible(not frozen)
        self.trame.setVisible(not frozen)
        self.versions.setText(f"Versions{NBSP}: {versions}")
        self.to_discuss.setText(f"À discuter{NBSP}: {to_discuss}")
        self.to_discuss.setVisible(bool(to_discuss))


class StepsColumn(QWidget):
    """Every step in sight; below them, whatever the height, the links: they are never under the fold."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = StepList(name="steps", label="Étapes de l’évaluation")
        self.list.chosen.connect(self.chosen)
        self.links = Links("steps")
        self._steps = ScrollColumn(margins=(16, 12, 8, 0))
        self._steps.add(self.list)
        below = column(gap=0, margins=(16, 8, 8, 12))
        below.addWidget(self.links)
        inside = column(self, gap=0)
        inside.addWidget(self._steps, 1)
        inside.addLayout(below)
        set_size(self, width=WIDTH)
        self._shown: tuple[list[ListedStep], str] = ([], "")

    def show_steps(self, steps: Sequence[ListedStep], current: str) -> None:
        """Only when something changed: the focus in the list is not lost for nothing."""
        if self._shown != (list(steps), current):
            self._shown = (list(steps), current)
            self.list.set_steps(steps, current)
            # The new lines know where they are once the layouts are at rest.
            QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._scroll_to_current))

    def _scroll_to_current(self) -> None:
        """Where one is stands in sight."""
        current = self.list.current()
        if current is not None:
            self._steps.ensureWidgetVisible(current, 0, 0)


class StepsChoice(QWidget):
    """The same in one list that unfolds; the state of the step stands beside it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice((), empty="")
        self.choice.setObjectName("steps.choice")
        self.choice.setAccessibleName("Étape de l’évaluation")
        self.choice.chosen.connect(lambda: self.chosen.emit(self.choice.value()))
        self.links = Links("narrow")
        self.line = row(self, gap=8)
        self.line.addWidget(self.choice, 1)

    def show_steps(self, steps: Sequence[ListedStep], current: str) -> None:
        words = [(one.code, f"{n} sur {len(steps)}, {one.title}") for n, one in enumerate(steps, 1)]
        self.choice.set_options(words)
        self.choice.set_value(current)
