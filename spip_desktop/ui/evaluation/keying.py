"""Keying in what was written on the trame d'entretien: its blocks in its order, note and boxes only."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.ids import grouped
from spip_desktop.domain.text import NBSP
from spip_desktop.services.printing import Printable
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.evaluation.versions import EvaluationVersions
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services

#: What the search says of a code, and where it leads: the field of the place.
KEY_IN, KEYING = "Trame d’entretien, reprendre mes notes", "saisie"
KEY_IN_OWN, OWN_KEYING = "« Où j’en suis », reprendre les réponses de la personne", "reponses"
_KEYS = "Ctrl+Page suivante, bloc suivant. Une fois la date écrite, elle vaut pour les blocs qui suivent."


@dataclass(frozen=True, slots=True)
class Keyed:
    """A paper being keyed in: how it is called, its parts, and whether they are the person's own answers."""

    name: str
    part: str
    steps: tuple[str, ...]
    own: bool = False


class KeyingHead(QWidget):
    """Which paper, which block of it, and the way out."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keying")
        self.title = Text("", "bold", wrap=True)
        self.leave = LinkButton("Quitter la saisie", name="keying.leave", small=True)
        self.leave.clicked.connect(self.left)
        line = FlowRow(gap=16, line_gap=4)
        line.add(self.title, self.leave)
        inside = column(self, gap=4)
        inside.addWidget(line)
        inside.addWidget(SmallText(_KEYS))
        self.hide()

    def show_block(self, paper: Keyed, step: str) -> None:
        """« Trame 3GS ADQ : bloc 4 sur 11 »."""
        number = paper.steps.index(step) + 1 if step in paper.steps else 0
        self.title.setText(f"{paper.name}{NBSP}: {paper.part} {number} sur {len(paper.steps)}")
        self.show()


class EvaluationKeying(EvaluationVersions):
    """The page says how a step is shown; `_keyed` is the paper being keyed in, None otherwise."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard)
        self._keyed: Keyed | None = None
        self.keying = KeyingHead()
        self.keying.left.connect(self._end_keying)
        self.inside.insertWidget(self.inside.indexOf(self.choice), self.keying)
        for part in (self.steps, self.choice):
            part.links.trame_asked.connect(partial(self.print_of, services.evaluations.guide.paper))
        for keys, steps in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._walk, steps))

    def show_step(self, code: str) -> None:
        raise NotImplementedError

    def _resume(self) -> None:
        raise NotImplementedError

    def begin_keying(self, *, own: bool = False) -> None:
        """From the first part of the paper: the date of its notes when it is not known yet, else what is typed."""
        if self._view is None or self._view.evaluation.is_frozen:
            return
        self._keyed = self._paper_of(self._view.evaluation.id, own=own)
        if not self._keyed.steps:
            self._keyed = None
            return
        self.show_step(self._keyed.steps[0])
        if self._shown and not own and self._shown.noted_on.value() is None:
            self._shown.noted_on.setFocus()

    def _paper_of(self, evaluation_id: UUID, *, own: bool) -> Keyed:
        evaluations = self.services.evaluations
        if own:
            return Keyed("« Où j’en suis »", "sujet", evaluations.own.steps(evaluation_id), own=True)
        guide = evaluations.guide.guide(evaluation_id)
        return Keyed(f"Trame {grouped(guide.code, 3)}", "bloc", tuple(block.step for block in guide.blocks))

    def _end_keying(self) -> None:
        if self.flush():
            self._keyed = None
            self._forget_shown()
            self.reload()
            self._resume()

    def _show_keying(self) -> None:
        """Around the step just shown, what keying in changes."""
        self.keying.setVisible(self._keyed is not None)
        if self._keyed and self._shown:
            self._shown.key_in(own=self._keyed.own)
            self.keying.show_block(self._keyed, self._shown.step.code)

    def _order(self) -> list[str]:
        """The steps to walk: those of the paper while it is keyed in, all of them otherwise."""
        if self._keyed:
            return list(self._keyed.steps)
        return [step.code for step in self._view.session.steps()] if self._view else []

    def _walk(self, steps: int) -> None:
        """To the next step or the one before."""
        order = self._order()
        if self._shown is None or self._shown.step.code not in order:
            return
        at = order.index(self._shown.step.code) + steps
        if 0 <= at < len(order):
            self.show_step(order[at])

    def print_of(self, make: Callable[[UUID], Printable]) -> None:
        """A paper of the draft, whatever is shown."""
        if self._view is not None:
            self._print(partial(make, self._view.evaluation.id))

    def _printed(self) -> Callable[[], Printable] | None:
        """The paper of what is shown, else the trame of the draft."""
        found, view = super()._printed(), self._view
        if found is not None or view is None or view.evaluation.is_frozen:
            return found
        return partial(self.services.evaluations.guide.paper, view.evaluation.id)
