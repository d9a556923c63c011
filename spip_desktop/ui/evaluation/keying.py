"""Keying in what was written on paper, in its order: the trame d'entretien, or the person's own « Où j'en suis »."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.ids import grouped
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.evaluation.step_view import StepView
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.text import Text

if TYPE_CHECKING:
    from spip_desktop.ui.evaluation.page import EvaluationPage

#: What the search says of a code, and where it leads: the field of the place.
KEY_IN, KEYING = "Trame d’entretien, reprendre mes notes", "saisie"
KEY_IN_OWN, OWN_KEYING = "« Où j’en suis », reprendre les réponses de la personne", "reponses"
_KEYS = "Ctrl+Page suivante, bloc suivant. Une fois la date écrite, elle vaut pour les blocs qui suivent."


@dataclass(frozen=True, slots=True)
class Keyed:
    """A paper being keyed in: how it is called, its parts, and whether they are the person's own answers."""

    name: str
    part: str
    steps: tuple[str, ...]
    own: bool = False


class Keying(QWidget):
    """The head above the steps: which paper, which part of it, the way out. `paper` is None while none is keyed in."""

    def __init__(self, page: "EvaluationPage") -> None:
        super().__init__()
        self.setObjectName("keying")
        self._page = page
        self.paper: Keyed | None = None
        self.title = Text("", "bold", wrap=True)
        self.leave = LinkButton("Quitter la saisie", name="keying.leave", small=True)
        self.leave.clicked.connect(self.end)
        line = FlowRow(gap=16, line_gap=4)
        line.add(self.title, self.leave)
        inside = column(self, gap=4)
        inside.addWidget(line)
        inside.addWidget(SmallText(_KEYS))
        self.hide()
        for keys, steps in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(page.walk, steps))

    def begin(self, *, own: bool = False) -> None:
        """From the first part of the paper: the date of its notes when it is not known yet, else what is typed."""
        view = self._page.version()
        if view is None or view.evaluation.is_frozen:
            return
        paper = self._paper_of(view.evaluation.id, own=own)
        if not paper.steps:
            return
        self.paper = paper
        self._page.show_step(paper.steps[0])
        shown = self._page.step_shown()
        if shown and not own and shown.noted_on.value() is None:
            shown.noted_on.setFocus()

    def end(self) -> None:
        """Back to every step, at the first that is not complete."""
        if self._page.flush():
            self.paper = None
            self._page.show_again()

    def show_around(self, shown: StepView) -> None:
        """Around the step just shown, what keying in changes: « Trame 3GS ADQ : bloc 4 sur 11 »."""
        self.setVisible(self.paper is not None)
        if self.paper is None:
            return
        shown.key_in(own=self.paper.own)
        steps, code = self.paper.steps, shown.step.code
        number = steps.index(code) + 1 if code in steps else 0
        self.title.setText(f"{self.paper.name}{NBSP}: {self.paper.part} {number} sur {len(steps)}")

    def _paper_of(self, evaluation_id: UUID, *, own: bool) -> Keyed:
        evaluations = self._page.services.evaluations
        if own:
            return Keyed("« Où j’en suis »", "sujet", evaluations.own.steps(evaluation_id), own=True)
        guide = evaluations.guide.guide(evaluation_id)
        return Keyed(f"Trame {grouped(guide.code, 3)}", "bloc", tuple(block.step for block in guide.blocks))
