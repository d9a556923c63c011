"""Keying in what was written on the trame d'entretien: its blocks in its order, note and boxes only."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.ids import grouped
from spip_desktop.domain.interview_guide import InterviewGuide
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
_KEYS = "Ctrl+Page suivante, bloc suivant. Une fois la date écrite, elle vaut pour les blocs qui suivent."


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

    def show_block(self, guide: InterviewGuide, step: str) -> None:
        """« Trame 3GS ADQ, bloc 4 sur 11 »."""
        number = next((block.number for block in guide.blocks if block.step == step), 0)
        self.title.setText(f"Trame {grouped(guide.code, 3)}{NBSP}: bloc {number} sur {len(guide.blocks)}")
        self.show()


class EvaluationKeying(EvaluationVersions):
    """The page says how a step is shown; `_trame` is the paper being keyed in, None otherwise."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard)
        self._trame: InterviewGuide | None = None
        self.keying = KeyingHead()
        self.keying.left.connect(self._end_keying)
        self.inside.insertWidget(self.inside.indexOf(self.choice), self.keying)
        for part in (self.steps, self.choice):
            part.links.trame_asked.connect(partial(self._print_of, services.evaluations.guide.paper))
            part.links.own_view_asked.connect(partial(self._print_of, services.evaluations.guide.own_view))
        for keys, steps in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._walk, steps))

    def show_step(self, code: str) -> None:
        raise NotImplementedError

    def _resume(self) -> None:
        raise NotImplementedError

    def _begin_keying(self) -> None:
        """From the first block of the paper: the date of its notes when it is not known yet, else the note."""
        if self._view is None or self._shown is None or self._view.evaluation.is_frozen:
            return
        self._trame = self.services.evaluations.guide.guide(self._view.evaluation.id)
        self.show_step(self._trame.blocks[0].step)
        if self._shown and self._shown.noted_on.value() is None:
            self._shown.noted_on.setFocus()

    def _end_keying(self) -> None:
        if self.flush():
            self._trame = None
            self._forget_shown()
            self.reload()
            self._resume()

    def _show_keying(self) -> None:
        """Around the step just shown, what keying in changes."""
        self.keying.setVisible(self._trame is not None)
        if self._trame and self._shown:
            self._shown.key_in()
            self.keying.show_block(self._trame, self._shown.step.code)

    def _order(self) -> list[str]:
        """The steps to walk: those of the paper while it is keyed in, all of them otherwise."""
        if self._trame:
            return [block.step for block in self._trame.blocks]
        return [step.code for step in self._view.session.steps()] if self._view else []

    def _walk(self, steps: int) -> None:
        """To the next step or the one before."""
        order = self._order()
        if self._shown is None or self._shown.step.code not in order:
            return
        at = order.index(self._shown.step.code) + steps
        if 0 <= at < len(order):
            self.show_step(order[at])

    def _print_of(self, make: Callable[[UUID], Printable]) -> None:
        """A paper of the draft, whatever is shown."""
        if self._view is not None:
            self._print(partial(make, self._view.evaluation.id))

    def _printed(self) -> Callable[[], Printable] | None:
        """The paper of what is shown, else the trame of the draft."""
        found, view = super()._printed(), self._view
        if found is not None or view is None or view.evaluation.is_frozen:
            return found
        return partial(self.services.evaluations.guide.paper, view.evaluation.id)
